"""Texts that make a careless pattern or loop look at the same place again and again."""

NASTY = (
    *(" ", "\n", " \n", "\t\r", "a", "0", "-", "*", "[", '"', "“", "."),  # long runs of one thing
    *("0,1,", "A-", "a.b", "A1a", "Mr. ", "May 5 ", "2024 ", "and a half ", "A B, the ", "led by A "),
    *("*a ", "**a _b ", "`a`*b* ", "[a](b", "<a ", "<!-- ", "<svg></p>", "&#", "<?xml ", "<meta "),
    *("#\r\n", "# # ", '{"id": ', '"id"  ', "‘b ''", "not may ", "No. ! ", "… … ", "http:", "a@", "x://"),
    *("\U0001f1e6", "e\u0301", "\u2028", "ignore all ", "[1", "[[1, ", "he said. "),
)
"""Pieces to repeat: each alone has no end that a pattern waits for."""


def grown(piece: str, size: int, start: str = "") -> str:
    """A text of so many characters: the piece again and again, and something else at the end."""
    return (start + piece * (size // len(piece) + 1))[: size - 1] + "!"
