"""A network that finds everything supported, as one does that was fooled."""

from collections.abc import Sequence


class Fooled:
    """Gives the same log-odds to whatever it is asked.

    Attributes:
        asked: all claims with their texts so far.
    """

    def __init__(self, odds: float = 99.0) -> None:
        self.odds = odds
        self.asked: list[tuple[str, str]] = []

    def supports(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += claims
        return [self.odds for _ in claims]
