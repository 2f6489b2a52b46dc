"""The list of questions: what was answered with its sentence in context, and the gold evidence beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.report.text import escape, in_context, tag

Record = Mapping[str, Any]

_EVIDENCE = 2  # pieces that are shown; the others are counted


def question_entry(record: Record) -> str:
    """One question, folded; its line says what became of it."""
    outcome = record["outcome"]
    good = outcome in ("right", "right refusal")
    label = tag("span", escape(outcome), class_=f"badge {'good' if good else 'bad'}")
    line = (
        f"{label}{tag('span', escape(record['question']), class_='asked')}{tag('span', _facts(record), class_='facts')}"
    )
    inside = f"{_conversation(record)}{tag('div', _answer(record) + _gold(record), class_='sides')}"
    return tag(
        "details",
        tag("summary", line) + inside,
        class_="question",
        data_outcome=outcome,
        data_type=record["type"],
        data_text=f"{record['id']} {record['question']}".lower(),
    )


def _facts(record: Record) -> str:
    parts = [record["id"], record["type"], f"asked on {record['asked_on']}" if record["asked_on"] else ""]
    return escape(" · ".join(part for part in parts if part))


def _conversation(record: Record) -> str:
    turns = [
        tag("p", tag("b", "User: " if turn["speaker"] == "user" else "Dateline: ") + escape(turn["text"]))
        for turn in record["conversation"]
    ]
    earlier = (record["answer"] or {}).get("follow_up_to")
    if earlier is not None:
        turns.append(tag("p", tag("b", "Read as a follow-up to: ") + escape(str(earlier))))
    return tag("div", "".join(turns), class_="turns") if turns else ""


def _answer(record: Record) -> str:
    answer = record["answer"]
    if answer is None:
        return _side("Failed", tag("p", escape(record["error"] or "")))
    if answer["status"] == "answered":
        said = "Said that this may answer it" if answer.get("tentative") else "Answered"
        heading = f"{said}, confidence {answer['confidence']:.2f}"
        listed = answer["citations"]
    else:
        heading = f"Refused, confidence {answer['confidence']:.2f}; the closest sentences"
        listed = answer["closest"]
    shown = [
        _source(citation, in_context(citation["sentence"], context, _short(answer, citation)))
        for citation, context in zip(listed, record["context"], strict=False)
    ]
    written = [
        tag("p", escape(statement["text"]), class_="written")
        for statement in answer["statements"]
        if not statement["verbatim"]
    ]
    reason = answer.get("reason")
    why = [tag("p", escape(reason["text"]), class_="written")] if reason else []
    return _side(heading, "".join([*why, *written, *shown]) or tag("p", "Nothing came close."))


def _short(answer: Mapping[str, Any], citation: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the short answer is in the cited sentence, if the statement is that sentence."""
    for statement in answer["statements"]:
        if statement["span"] and statement["text"] == citation["sentence"]:
            return int(statement["span"][0]), int(statement["span"][1])
    return None


def _gold(record: Record) -> str:
    if not record["answerable"]:
        return _side("Expected", tag("p", "A refusal: the articles do not say."))
    answers = " / ".join(record["answers"]) or "(no answer given)"
    shown = [
        _source(
            {"marker": None, "title": span["title"], "date": None, "source": span["doc_id"]},
            in_context(span["text"], span) if span["text"] else tag("i", "anywhere in this article"),
        )
        for span in record["evidence"][:_EVIDENCE]
    ]
    more = len(record["evidence"]) - _EVIDENCE
    rest = [tag("p", f"and {more} more", class_="where")] if more > 0 else []
    return _side(
        "Expected",
        "".join([tag("p", escape(answers), class_="gold"), *shown, *rest, tag("p", _rank(record), class_="where")]),
    )


def _rank(record: Record) -> str:
    if record["found"] is None or not record["evidence"]:
        return ""
    rank = next((rank for rank, found in enumerate(record["found"], start=1) if found["evidence"]), None)
    if rank is None:
        return f"The search did not bring the evidence among {len(record['found'])} passages."
    return f"The search brought the evidence at rank {rank}."


def _source(citation: Mapping[str, Any], quoted: str) -> str:
    parts = [citation["title"], citation["source"], citation["date"]]
    marker = f"[{citation['marker']}] " if citation["marker"] else ""
    where = escape(marker + " · ".join(str(part) for part in parts if part))
    return tag("blockquote", quoted + tag("div", where, class_="where"))


def _side(heading: str, content: str) -> str:
    return tag("section", tag("h4", escape(heading)) + content)
