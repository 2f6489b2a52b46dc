"""How well articles are grouped into stories: B-cubed, against the stories that a person labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BCubed:
    """Means over all labelled articles.

    Attributes:
        precision: of the articles in the same group as it, itself among them, how many tell its story.
        recall: of the articles that tell its story, how many are in its group.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(found: Mapping[str, str], labels: Mapping[str, str]) -> BCubed:
    """How well groups match stories.

    Args:
        found: article to the group that it was put into. An article that is not in it is a group by itself; articles
            without a label do not count.
        labels: article to the story that it tells; at least one.
    """
    groups = {article: (True, found[article]) if article in found else (False, article) for article in labels}
    of_group = Counter(groups.values())
    of_story = Counter(labels.values())
    together = Counter((groups[article], story) for article, story in labels.items())
    shared = {article: together[groups[article], story] for article, story in labels.items()}
    precision = sum(shared[article] / of_group[groups[article]] for article in labels)
    recall = sum(shared[article] / of_story[story] for article, story in labels.items())
    return BCubed(precision / len(labels), recall / len(labels))
