"""Attacks in articles and questions, wherever they are shown: terminal, JSON, exports. Each is shown as text.

For the page see tests/browser/test_markup.py.
"""

import io
import json
import re
import sys
import unicodedata
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from assistant.cli.terminal import Printer
from assistant.memory import Conversation, as_html, as_markdown
from assistant.visible import one_line, visible
from tests.security.attacks import ATTACKS

STYLES = re.compile(r"\x1b\[[012]m")
INVISIBLE = set("\u200b\u200d\u2060\ufeff\u202e\u202c\u2066\u2069\u180e\u2028\u2029") | {
    chr(0xE0000 + n) for n in range(128)
}

every_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
both = pytest.mark.parametrize("which", [0, 1], ids=["answer", "refusal"])


def commands(text):
    """What a terminal would obey, or nobody sees."""
    return [c for c in text if (unicodedata.category(c) in ("Cc", "Cs") and c != "\n") or c in INVISIBLE]


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@every_attack
@both
def test_terminal(attack, which, answers, monkeypatch):
    answer, plain = answers[attack.name][which], answers["plain"][which]
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    Printer().answer(answer)
    shown = STYLES.sub("", screen.getvalue())
    assert commands(shown) == []
    lines = shown.splitlines()
    # Nothing of an article begins a line of its own, such as a footnote that is none.
    if which == 0:
        statements, notes = lines[: len(answer.statements)], lines[len(answer.statements) + 1 :]
        assert all(line.endswith(f" [{n}]") for n, line in enumerate(statements, start=1))
        marked = [re.fullmatch(r"(?:\[\d+\])+", line.split()[0]) for line in notes]
        assert all(marked)
        assert sorted(re.findall(r"\d+", " ".join(line.split()[0] for line in notes)), key=int) == [
            str(citation.marker) for citation in answer.citations
        ]
    else:
        assert len(lines) == 3 + 2 * len(answer.closest)
    assert plain.status == answer.status


@every_attack
@both
def test_json(attack, which, answers, monkeypatch):
    answer = answers[attack.name][which]
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    Printer().json(answer.to_dict())
    shown = screen.getvalue()
    assert commands(shown) == []
    assert json.loads(shown) == json.loads(json.dumps(answer.to_dict()))
    assert list(json.loads(shown)) == list(answers["plain"][which].to_dict())


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


@every_attack
@both
def test_exported_page(attack, which, answers):
    answer = answers[attack.name][which]
    tags, plain = Tags(), Tags()
    tags.feed(as_html(Conversation().with_turn(answer)))
    plain.feed(as_html(Conversation().with_turn(answers["plain"][which])))
    assert set(tags.tags) <= {*plain.tags, "a", "blockquote", "li", "mark", "p", "sup"}
    assert "script" not in tags.tags
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name in ("src", "srcdoc", "style")]
    for name, value in tags.attributes:
        assert name != "href" or re.match(r"#source-\d+-\d+$|https?://", value or "")
    for citation in (*answer.citations, *answer.closest):
        assert visible(citation.sentence).split() == visible(citation.sentence).split()
        assert "".join(visible(citation.sentence).split()) in "".join(tags.text.split())
    assert commands(tags.text.replace("\t", "").replace("\r", "")) == []


@every_attack
@both
def test_exported_markdown(attack, which, answers):
    answer = answers[attack.name][which]
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    exported = as_markdown(Conversation().with_turn(answer))
    assert commands(exported) == []
    tokens = renderer.parse(exported)
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "table_open", "fence", "hr", "code_inline"}
    assert sum(token.type == "heading_open" for token in tokens) == sum(
        token.type == "heading_open"
        for token in renderer.parse(as_markdown(Conversation().with_turn(answers["plain"][which])))
    )
    text = "".join(child.content for token in tokens for child in token.children or () if child.type == "text")
    for citation in (*answer.citations, *answer.closest):
        assert "".join(one_line(citation.sentence).split()) in "".join(text.split())


@every_attack
def test_as_a_question(attack, attacked, monkeypatch):
    answer = attacked.ask(attack.text)
    assert answer.question == attack.text.strip()
    for statement in answer.statements:
        article = attacked.article(statement_source(answer, statement).article_id)
        assert statement.verbatim
        assert statement.text in article.text
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    Printer().json(answer.to_dict())
    Printer().answer(answer)
    assert commands(STYLES.sub("", screen.getvalue())) == []


def statement_source(answer, statement):
    return answer.citations[statement.citations[0] - 1]
