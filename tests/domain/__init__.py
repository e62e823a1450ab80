"""The rules, with nothing around them."""
