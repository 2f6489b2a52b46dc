"""Text that was made visible holds nothing that a terminal obeys, and JSON still says the same."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistant.visible import json_visible, one_line, visible

HIDDEN = ["\x1b]0;owned\x07", "\x9b2J", "\u202e", "\u200b", "\ufeff", "\u2028", "\ud800", "\U000e0041", "\r"]
texts = st.lists(st.one_of(st.text(), st.sampled_from(HIDDEN))).map("".join)


def hides(text):
    return any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text)


@given(texts)
def test_a_line_is_one_line_and_hides_nothing(text):
    line = one_line(text)
    assert not hides(line)
    assert line == " ".join(line.split())


@given(texts)
def test_line_breaks_and_tabs_stay_where_layout_matters(text):
    shown = visible(text)
    assert not hides(shown.replace("\r\n", "").replace("\n", "").replace("\t", ""))
    assert visible("one\n\ttwo\r\n") == "one\n\ttwo\r\n"


def test_what_is_spelled_out_can_be_read():
    assert one_line("a \x1b[2J b\u202ec") == "a \\x1b[2J b\\u202ec"
    assert visible("a\rb\ud800") == "a\\x0db\\ud800".replace("\\x0d", "\\r")


@given(st.recursive(texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=5))
def test_json_says_what_it_said(document):
    shown = json_visible(json.dumps(document, ensure_ascii=False, indent=2))
    assert json.loads(shown) == document
    assert not hides(shown.replace("\n", ""))
    assert not set("\u202e\u200b\ufeff\U000e0041") & set(shown)
