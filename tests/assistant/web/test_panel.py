"""The source panel: the cited sentence in its place, or the reason why it is not shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Citation
from assistant.addresses import safe_url
from assistant.web.panel import source_document
from index import Article, Sentence, split_sentences


class Shelf(dict[str, Article]):
    """Articles by id."""

    def article(self, article_id: str) -> Article | None:
        return self.get(article_id)

    def sentences(self, article_id: str) -> list[Sentence]:
        return split_sentences(self[article_id].text)


def shown(article: Article, start: int, end: int) -> list[list[tuple[str, bool]]]:
    document = source_document(Shelf({article.id: article}), Citation.to(article, Sentence(start, end), 1))
    return [[(piece["text"], "mark" in piece["styles"]) for piece in paragraph] for paragraph in document["paragraphs"]]


@given(st.text(alphabet="Ab. \n\r\t!\u2028é", max_size=60))
def test_every_sentence_can_be_marked_and_nothing_is_lost(text: str) -> None:
    article = Article("a", "Title", text)
    for sentence in split_sentences(text):
        paragraphs = shown(article, sentence.start, sentence.end)
        marked = [piece for paragraph in paragraphs for piece, is_marked in paragraph if is_marked]
        assert marked == [text[sentence.start : sentence.end]]
        everything = "".join(piece for paragraph in paragraphs for piece, _ in paragraph)
        assert "".join(everything.split()) == "".join(text.split())


def test_paragraphs() -> None:
    article = Article("a", "T", "One. Two.\nThree.\n\n\nFour.\n")
    assert shown(article, 5, 9) == [[("One. ", False), ("Two.", True)], [("Three.", False)], [("Four.", False)]]


def test_lines_that_were_broken_because_they_were_full_flow() -> None:
    line = "words that fill a line of a file that was wrapped at seventy or so"
    text = f"{line}\n{line}.\n\n{line}\n{line}."
    article = Article("a", "T", text)
    assert [len(paragraph) for paragraph in shown(article, 0, 2 * len(line) + 2)] == [1, 1]
    document = source_document(Shelf(a=article), Citation.to(article, Sentence(0, len(line)), 1))
    assert document["wrapped"] is True


def test_header_lines_are_left_out_unless_they_are_cited() -> None:
    text = "The headline\nThe body."
    article = Article("a", "The headline", text, body=13)
    assert shown(article, 13, 22) == [[("The body.", True)]]
    assert shown(article, 0, 12) == [[("The headline", True)], [("The body.", False)]]


def test_origin_and_address() -> None:
    article = Article("a", "T", "One.", date=date(2024, 6, 2), source="The  Paper", url="https://paper.example/1")
    document = source_document(Shelf(a=article), Citation.to(article, Sentence(0, 4), 1))
    assert (document["source"], document["date"]) == ("The Paper", "2024-06-02")
    assert document["url"] == "https://paper.example/1"
    assert document["remark"] is None


def test_what_changed_or_went_is_not_shown_as_if_it_had_not() -> None:
    citation = Citation.to(Article("a", "T", "One. Two."), Sentence(5, 9), 1)
    for shelf, reason in ((Shelf(a=Article("a", "T", "One, two.")), "changed"), (Shelf(), "removed")):
        document = source_document(shelf, citation)
        assert reason in document["reason"]
        assert document["sentence"] == [{"text": "Two.", "styles": []}]
        assert "paragraphs" not in document


def test_a_sentence_that_moved_is_marked_where_it_is_now() -> None:
    citation = Citation.to(Article("a", "T", "One. Two."), Sentence(5, 9), 1)
    document = source_document(Shelf(a=Article("a", "T", "Two. Then three.")), citation)
    assert document["paragraphs"][0][0] == {"text": "Two.", "styles": ["mark"]}
    assert "another place" in document["remark"]


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("https://paper.example/a?b=c#d", True),
        (" HTTP://paper.example ", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://paper.example/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("https:///no-host", False),
        ("//paper.example/a", False),
        ("https://[broken", False),
        ("https://paper.example/a\nb", False),
        ("https://paper.example/a b", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, usable: bool) -> None:
    assert (safe_url(url) is not None) == usable
