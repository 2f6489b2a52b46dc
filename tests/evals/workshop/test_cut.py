"""Articles from which the answer was taken out: none of it is left, and the rest is as it was."""

from evals.workshop.cut import with_answers_cut
from tests.index.articles import FLOOD

ITEM = {
    "id": "q",
    "question": "How many people died?",
    "answers": ["Four"],
    "answerable": True,
    "evidence": [{"doc_id": "flood", "start": FLOOD.index("Four people"), "end": FLOOD.index("Four people") + 11}],
}
CORPUS = {"flood": {"id": "flood", "title": "Flood", "text": FLOOD}}


def test_every_third_question_is_asked_without_its_answer() -> None:
    text = " ".join([FLOOD, "The river fell.", "The school is open.", "Rain is expected.", "The mayor was not there."])
    items, corpus = with_answers_cut([ITEM] * 6, {"flood": {**CORPUS["flood"], "text": text}})
    assert [item["answerable"] for item in items] == [True, True, False, True, True, False]
    left = corpus[items[2]["context_doc"]]["text"]
    assert "Four" not in left
    assert left.endswith("The river fell. The school is open. Rain is expected. The mayor was not there.")
    assert items[2]["about"] == "flood"  # the half that judges it is that of the whole article
    assert items[0] == ITEM
    assert corpus["flood"]["text"] == text


def test_where_next_to_nothing_is_left_the_question_stays() -> None:
    short = {"flood": {**CORPUS["flood"], "text": FLOOD[: ITEM["evidence"][0]["end"]]}}  # type: ignore[index]
    items, corpus = with_answers_cut([ITEM] * 3, short)
    assert items == [ITEM] * 3
    assert corpus == short
