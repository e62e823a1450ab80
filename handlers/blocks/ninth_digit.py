"""What is said of mobiles with ten digits: that they are there, and that they were mended."""

from handlers.blocks.words import Words


def say_ten_digits(n: int, words: Words) -> str:
    """Say how many may lack their ninth digit; empty where none does."""
    if not n:
        return ""
    return words.count(
        n,
        "{n} number has ten digits and may lack the ninth digit of today's mobiles.",
        "{n} numbers have ten digits and may lack the ninth digit of today's mobiles.",
    )


def say_ninth_added(n: int, words: Words) -> str:
    """Say how many an edit gave their ninth digit; empty where none."""
    if not n:
        return ""
    return words.count(n, "{n} number got its ninth digit", "{n} numbers got their ninth digit")
