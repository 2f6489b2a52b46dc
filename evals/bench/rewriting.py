"""How well follow-ups are told from other questions: `python -m evals.bench.rewriting QUESTIONS`.

QUESTIONS is a set whose questions have a `rewrite`: the question as a person made it independent of its conversation.
Only the rules on words are measured; where they leave it open, the search asks the articles, of which there are none
here. Prints a table of what the rules said against whether the person changed the question, and how near the rewrites
come to the person's (F1 over words by the rules of SQuAD), beside the question as typed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.conversation import Standalone, stand_alone
from evals.measures import summarise
from evals.scorers.squad import f1, normalize

_KINDS = ("none", "open", "certain")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A question of a conversation, as a person and as the rules made it independent."""

    conversation: str
    human: str
    ours: Standalone

    @property
    def changed(self) -> bool:
        """Whether the person found it necessary to change more than case, articles and punctuation."""
        return normalize(self.human) != normalize(self.ours.typed)


def load(path: Path) -> list[Rewrite]:
    """The questions of a set that have earlier turns and a rewrite."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    entries: list[dict[str, Any]] = [json.loads(line) for line in text.split("\n") if line.strip()]
    return [
        Rewrite(e["conversation"][0]["text"], e["rewrite"], stand_alone(e["question"], e["conversation"]))
        for e in entries
        if e.get("conversation") and e.get("rewrite")
    ]


def table(rewrites: Sequence[Rewrite]) -> str:
    """How many questions of each kind a person changed and left as they were."""
    lines = ["| by the rules | changed by a person | left as it was |", "|---|---|---|"]
    for kind in _KINDS:
        of_kind = [each.changed for each in rewrites if each.ours.dependence == kind]
        lines.append(f"| {kind} | {sum(of_kind)} | {len(of_kind) - sum(of_kind)} |")
    return "\n".join(lines)


def likeness(name: str, rewrites: Sequence[Rewrite], *, ours: bool) -> str:
    """The mean F1 of the rewrites, or of the questions as typed, with the person's; by conversation."""
    scores = [f1(each.ours.question if ours else each.ours.typed, [each.human]) for each in rewrites]
    mean = summarise([{"f1": (score, 1.0)} for score in scores], [each.conversation for each in rewrites])["f1"]
    return f"{name}: {mean.value:.3f} (95 % {mean.low:.3f} to {mean.high:.3f}), n = {mean.n}"


def main() -> None:
    """Measure one set."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("questions", type=Path, help=".jsonl or .jsonl.gz, each question with its `rewrite`")
    path = parser.parse_args().questions
    if not path.exists():
        sys.exit(f"{path}: not there; give the path of a question set with rewrites.")
    rewrites = load(path)
    if not rewrites:
        sys.exit(f"{path}: no question in it has earlier turns and a `rewrite`; give a set that has.")
    changed = [each for each in rewrites if each.changed]
    sys.stdout.write(
        f"{table(rewrites)}\n\nF1 with the person's rewrite, where the person changed the question\n"
        f"{likeness('as typed', changed, ours=False)}\n{likeness('rewritten', changed, ours=True)}\n"
    )


if __name__ == "__main__":
    main()
