"""Conversations for the tests."""

from typing import Any

DISPLACED = "how many displaced?"
DISPLACED_ANSWER = "The United Nations estimates that 14,000 residents of Aleppo fled. [1]"


def turns(*texts: str) -> list[dict[str, Any]]:
    """Turns, the user's first, one after the other."""
    return [{"speaker": "agent" if number % 2 else "user", "text": text} for number, text in enumerate(texts)]
