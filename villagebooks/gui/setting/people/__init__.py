"""人员与钥匙: posts and their terms, keys, hand-overs of posts, near relatives, the root key ceremony."""
