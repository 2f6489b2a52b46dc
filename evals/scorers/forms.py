"""Scorers of an answer as a whole against what the question set expects of it: form, lead, contents, days, claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.questions.question_set import Expects
from evals.scorers.answers import Ratio
from evals.scorers.observation import Observation
from evals.scorers.squad import contains, contains_any


def form_right(seen: Observation) -> Ratio | None:
    """Questions for which one form is right: the answer has it; a refusal has none."""
    expects = _expects(seen)
    if expects is None or expects.form is None:
        return None
    return float(seen.answered and (seen.answer or {}).get("form") == expects.form), 1.0


def leads_right(seen: Observation) -> Ratio | None:
    """Questions with an expected lead: it stands in the short answer, or without one, in the first statement."""
    expects = _expects(seen)
    if expects is None or not expects.leads_with:
        return None
    return float(contains_any(_lead(seen), expects.leads_with)), 1.0


def shows_expected(seen: Observation) -> Ratio | None:
    """How much of what an answer has to show is cited; where it has to be in order, the most that is."""
    expects = _expects(seen)
    if expects is None or not expects.shows:
        return None
    shown = _longest_in_order if expects.in_order else _shown
    wanted = expects.at_least or len(expects.shows)
    return min(shown(seen.citations, expects.shows), wanted) / wanted, 1.0


def dispute_right(seen: Observation) -> Ratio | None:
    """Questions for a number whose figures are a disagreement, or none: some of them are shown as disputed, or none."""
    expects = _expects(seen)
    if expects is None or expects.disputed is None:
        return None
    disputed = any(figure["standing"] == "disputed" for figure in _figures(seen))
    return float(seen.answered and disputed == expects.disputed), 1.0


def within_days(seen: Observation) -> Ratio | None:
    """Questions about some days: everything that is cited appeared on them; a refusal cites nothing, and is a miss."""
    expects = _expects(seen)
    if expects is None or not (expects.since or expects.until):
        return None
    first, last = expects.since or "", expects.until or "9999"
    inside = [first <= (citation["date"] or "")[:10] <= last for citation in seen.citations]
    return float(bool(inside) and all(inside)), 1.0


def withdrawn_shown(seen: Observation) -> Ratio | None:
    """Questions that invite a claim which articles withdrew or corrected: it is the answer, or stands without a notice.

    Behind the lead the claim may stand beside its correction: with a notice at its citation, in an article that the
    lead cites, or as a figure that is struck out. "Ten people, not eleven" denies the second and claims the first.
    """
    expects = seen.item.question.expects
    if expects is None or not expects.never:
        return None
    if seen.answer is None or not seen.answered:
        return 0.0, 1.0
    first, *others = seen.answer["statements"]
    noted = {notice["citation"] for notice in seen.answer.get("notices") or []}
    leading = {citation["article_id"] for citation in seen.citations if citation["marker"] in first["citations"]}
    beside = noted | {citation["marker"] for citation in seen.citations if citation["article_id"] in leading}
    alone = [statement["text"] for statement in others if not beside & set(statement["citations"])]
    alone += [f["text"] for f in _figures(seen) if f["citation"] not in noted and f["standing"] != "withdrawn"]
    return float(any(_claims(text, expects) for text in (_lead(seen), first["text"], *alone))), 1.0


def as_expected(seen: Observation) -> Ratio | None:
    """Questions of which more is expected than a sentence: all of it holds. Without an answer, that it is refused."""
    question = seen.item.question
    if question.expects is None:
        return None
    if not question.answerable:
        return float(seen.refused), 1.0
    withdrawn = withdrawn_shown(seen)
    scores = [scorer(seen) for scorer in (form_right, leads_right, shows_expected, dispute_right, within_days)]
    kept = all(ratio is None or ratio[0] == ratio[1] for ratio in scores) and (withdrawn is None or not withdrawn[0])
    return float(seen.answered and kept), 1.0


def _expects(seen: Observation) -> Expects | None:
    return seen.item.question.expects if seen.item.question.answerable else None


def _lead(seen: Observation) -> str:
    """What a reader takes for the answer at a glance."""
    if seen.answer is None or not seen.answered:
        return ""
    return str(seen.answer.get("short_answer") or seen.answer["statements"][0]["text"])


def _figures(seen: Observation) -> Sequence[Mapping[str, Any]]:
    return (seen.answer or {}).get("figures") or []


def _shown(citations: Sequence[Mapping[str, Any]], groups: Sequence[Sequence[str]]) -> int:
    """How many groups some citation shows."""
    return sum(any(_shows(citation, group) for citation in citations) for group in groups)


def _longest_in_order(citations: Sequence[Mapping[str, Any]], groups: Sequence[Sequence[str]]) -> int:
    """The most groups that citations show one after the other: a text on two days may be cited twice."""
    longest = [0] * (len(groups) + 1)  # by how many groups came into question so far
    for citation in citations:
        for n in reversed(range(len(groups))):
            if _shows(citation, groups[n]):
                longest[n + 1] = max(longest[n + 1], 1 + max(longest[: n + 1]))
    return max(longest)


def _shows(citation: Mapping[str, Any], group: Sequence[str]) -> bool:
    sentence = " ".join(citation["sentence"].split())
    return citation["article_id"] in group or any(text in sentence for text in group)


def _claims(text: str, expects: Expects) -> bool:
    claimed = any(contains(text, claim) and not contains(text, f"not {claim}") for claim in expects.never)
    return claimed and not contains_any(text, expects.leads_with)
