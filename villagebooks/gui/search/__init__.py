"""查找: vouchers of all books and months, by what people know of them."""
