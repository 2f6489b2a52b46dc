"""Pages of one site that have the same text under different headlines hold no article."""

import pytest

from index import index_paths
from index.store.reading import RECORD_NAME, RecordReader

FORM = "<p>" + "Käytämme evästeitä, jotta sivusto toimisi paremmin ja tietäisimme mitä lukijat haluavat. " * 4 + "</p>"
REPORT = "<p>" + "The ferry Halcyon ran aground off Selmouth on Tuesday with 214 passengers on board. " * 3 + "</p>"


@pytest.fixture
def index(tmp_path, embedding):
    def run(**pages):
        news = tmp_path / "news"
        news.mkdir(exist_ok=True)
        for name, (title, text) in pages.items():
            page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body>"
            (news / f"{name}.html").write_text(page, encoding="utf-8")
        return index_paths(tmp_path / "home", [news], embedding, passage_tokens=160)

    return run


def titles(tmp_path):
    with RecordReader(tmp_path / "home" / RECORD_NAME) as record:
        return {article.title for article in record.articles()}


def test_the_same_form_under_two_headlines_is_named_and_not_stored(tmp_path, index):
    summary = index(a=("Ferry runs aground", FORM), b=("Zoo closes its doors", FORM), c=("Ferry is towed", REPORT))
    assert [error.where.rpartition("/")[2] for error in summary.errors] == ["a.html", "b.html"]
    assert "2 pages of its site have the same text" in summary.errors[0].reason
    assert (summary.added, titles(tmp_path)) == (1, {"Ferry is towed"})
    assert len(index().errors) == 2


def test_one_report_under_two_headlines_stays(tmp_path, index):
    summary = index(a=("Ferry runs aground", REPORT), b=("Halcyon ferry: all are safe", REPORT))
    assert (summary.added, summary.errors) == (2, [])
