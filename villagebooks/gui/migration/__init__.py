"""转换制度: the guided page on which a book of the 2004 standard becomes one of 2023."""
