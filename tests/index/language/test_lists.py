"""The word lists: each says what it is, and holds no word twice in a group."""

from collections import Counter
from pathlib import Path

import pytest

from index.language import lists
from index.language.lists import list_lines, word_groups, word_list

FILES = sorted((Path(lists.__file__).parent / "data").iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_list_says_what_it_is_and_no_line_stands_twice(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")
    lines = list_lines(path.stem)
    assert lines
    assert [line for line, times in Counter(lines).items() if times > 1] == []


def test_words_and_groups():
    assert {"the", "don't"} <= word_list("stop_words")
    units = word_groups("units")
    assert units["km"][:2] == ["km", "kms"]
    assert "Mr" in word_groups("sentence_words")["titles"]
