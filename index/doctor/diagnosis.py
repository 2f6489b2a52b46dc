"""What the doctor says of a store."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Part = Literal["record", "articles", "keywords", "vectors", "generation", "run", "space"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        part: of the store: the SQLite file itself, the articles with their sentences and passages, the keyword index,
            the stored vectors, the vector index, a run of indexing, or space that is taken for nothing.
        what: what is wrong.
        advice: what to do.
        mendable: whether `dateline doctor --fix` mends it.
        harmless: whether every answer is right nevertheless.
    """

    part: Part
    what: str
    advice: str
    mendable: bool = True
    harmless: bool = False


@dataclass(slots=True)
class Diagnosis:
    """What was looked at, and what is wrong.

    Attributes:
        checked: numbers of articles, sentences, passages, citations and vectors that were compared.
        findings: what is wrong.
        articles: ids of the articles whose sentences or passages are not those of their text.
        altered: ids of the articles whose text is not the one that was stored, or cannot be read.
        damaged_vectors: text hashes of vectors that are no vectors.
    """

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    damaged_vectors: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong that could make an answer wrong or incomplete."""
        return all(finding.harmless for finding in self.findings)

    def of(self, part: Part) -> list[Finding]:
        """The findings about one part."""
        return [finding for finding in self.findings if finding.part == part]

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        return {"sound": self.sound, "checked": self.checked, "findings": [asdict(found) for found in self.findings]}
