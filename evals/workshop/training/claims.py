"""Training examples of claims: whether the sentences that a claim cites support it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.workshop.training.newsroom import Text
from evals.workshop.training.records import read_lines
from evals.workshop.training.windows import Example
from evals.workshop.training.written import written_claims

_NUMBER = re.compile(
    r"\b\d[\d,.]*\d\b|\b\d\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|dozens)\b"
)
_NAME = re.compile(r"(?<!^)(?<![.?!\"“] )\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*")
_BE = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|did|does)\b(?! not\b)")
_CONTRADICTED = frozenset({"num", "date", "ent", "role", "neg"})
_SHARE_CONTEXT = 0.35
_SHARE_CHANGED = 0.2


def claims(folder: Path, texts: Mapping[str, Text], chance: random.Random) -> Iterator[list[Example]]:
    """The claims of newsroom and those written here, each with what rules make of it, as groups that belong together.

    A supported claim gives wrong ones (a number or a name of the article put in place of its own; a "not" put in), and
    the sentences that it cites are claims that they support themselves, with and without such a change.

    Args:
        folder: holds `newsroom`.
        texts: its articles.
        chance: decides everything.
    """
    own = written_claims({key: text.text for key, text in texts.items()})
    for item in (*read_lines(folder / "newsroom" / "claims.jsonl.gz"), *own):
        text = texts[item["context_doc"]]
        supported = item["answers"] == ["supported"]
        places = sorted((one["start"], one["end"]) for one in item["cited"])
        wider = chance.random() < _SHARE_CONTEXT and (supported or item["type"] in _CONTRADICTED)
        cited = _with_context(text, places, chance) if wider else " ".join(text.text[a:b] for a, b in places)
        group = [_claim(item["type"], item["question"], cited, supported=supported)]
        if supported and chance.random() < _SHARE_CHANGED:
            group += _changed(item["question"], cited, text, chance)
            start, end = chance.choice(places)
            sentence = text.text[start:end]
            if chance.random() < 0.4:
                group.append(_claim("verbatim", sentence, cited, supported=True))
                group += _changed(sentence, cited, text, chance)
        yield group


def _claim(kind: str, claim: str, cited: str, *, supported: bool) -> Example:
    return Example(f"claim:{kind}", claim, "", cited, (), (), supported)


def _with_context(text: Text, places: list[tuple[int, int]], chance: random.Random) -> str:
    """What is cited among the sentences around it."""
    held = [n for n, (a, b) in enumerate(text.sentences) if any(a < end and b > start for start, end in places)]
    if not held:
        return " ".join(text.text[a:b] for a, b in places)
    shown = {n + step for n in held for step in range(-chance.randint(0, 2), chance.randint(0, 2) + 1)}
    return " ".join(text.text[slice(*text.sentences[n])] for n in sorted(shown) if 0 <= n < len(text.sentences))


def _changed(claim: str, cited: str, text: Text, chance: random.Random) -> list[Example]:
    """One wrong claim by rule, where one can be made."""
    makers = [_other_number, _other_name, _negated]
    chance.shuffle(makers)
    for make in makers:
        wrong = make(claim, text.text, chance)
        if wrong is not None and wrong != claim:
            return [_claim(make.__name__.strip("_"), wrong, cited, supported=False)]
    return []


def _other_number(claim: str, article: str, chance: random.Random) -> str | None:
    found = list(_NUMBER.finditer(claim))
    if not found:
        return None
    place = chance.choice(found)
    others = [n for n in set(_NUMBER.findall(article)) if n not in claim and n[0].isdigit() == place[0][0].isdigit()]
    if not others:
        return None
    other: str = chance.choice(sorted(others))
    return f"{claim[: place.start()]}{other}{claim[place.end() :]}"


def _other_name(claim: str, article: str, chance: random.Random) -> str | None:
    found = list(_NAME.finditer(claim))
    if not found:
        return None
    place = chance.choice(found)
    words = len(place[0].split())
    others = sorted(
        {n for n in _NAME.findall(article) if n not in claim and place[0] not in n and len(n.split()) == words}
    )
    if not others:
        return None
    other: str = chance.choice(others)
    return f"{claim[: place.start()]}{other}{claim[place.end() :]}"


def _negated(claim: str, _article: str, _chance: random.Random) -> str | None:
    found = list(_BE.finditer(claim))
    if not found:
        return None
    place = found[0]
    return f"{claim[: place.end()]} not{claim[place.end() :]}"
