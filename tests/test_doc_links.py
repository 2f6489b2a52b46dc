"""Every picture, page and section that a page of the project links to is there; the pages together stay short."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "seeds", ROOT / "assistant", ROOT / "index", ROOT / "evals")
    for path in (folder.glob("*.md") if folder in (ROOT, ROOT / "docs") else folder.rglob("*.md"))
]
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?")
_HEADING = re.compile(r"^#+ (.+)$", re.M)
_TABLE = re.compile(r"<!-- table: .*?<!-- /table -->", re.S)


def anchors(page):
    """The sections of a page, as GitHub names them in an address."""
    titles = (re.sub(r"[^\w\- ]", "", title.lower()) for title in _HEADING.findall(page.read_text(encoding="utf-8")))
    return {title.replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page):
    for target, section in _LINK.findall(page.read_text(encoding="utf-8")):
        linked = page.parent / target if target else page
        assert linked.exists(), target
        assert not section or section in anchors(linked), f"{target}#{section}"


def test_the_documentation_is_short():
    """Without the reference of the API, the lines of tables, and what is generated."""
    words = {
        path.name: len([word for word in _TABLE.sub("", path.read_text(encoding="utf-8")).split() if word.strip("|-")])
        for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        if path.name != "http.md"
    }
    assert words["README.md"] <= 1200
    assert sum(words.values()) <= 9000
