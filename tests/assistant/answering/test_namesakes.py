"""Names that are nearly the same are not of one person."""

import pytest

from assistant.answering.namesakes import without_namesakes
from index import Article, Hit, Passage, split_sentences

HEAD = "Mara Ellin, the head of the service, with whom Ellins is often confused, said nothing."
WATER = "Dr. Mara Ellins, who measures the river, told Mara Ellin that it rises."


def kept(question: str, text: str) -> list[str]:
    sentences = tuple(split_sentences(text))
    hit = Hit(Passage("p", "a", 0, len(sentences) - 1, 0, len(text), text), Article("a", "River", text), sentences)
    return [text[one.start : one.end] for found in without_namesakes(question, [hit]) for one in found.sentences]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Who is Mara Ellins?", [WATER]),
        ("Who is Mara Ellin?", [HEAD]),
        ("What did Ellins say?", [WATER]),
        ("Who is Mara Elins?", [HEAD, WATER]),  # misspelt
        ("who said nothing?", [HEAD, WATER]),
    ],
)
def test_a_sentence_about_a_namesake_is_not_read(question: str, left: list[str]) -> None:
    assert kept(question, f"{HEAD} {WATER}") == left


def test_other_names_are_left_alone() -> None:
    text = "Ansel Royd is the mayor of Upper Soll, and Hedda Kroll that of Lower Soll."
    assert kept("Who is the mayor of Lower Soll?", text) == [text]
