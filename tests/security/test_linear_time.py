"""No text of an article, a question or a file holds the program: ten times the text takes ten times as long."""

import ast
import datetime as dt
import gc
import importlib
import json
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assistant
import evals
import index
from assistant.answering.questions import candidates
from assistant.memory.export import as_code, as_text
from assistant.memory.rows import fits, query_of
from assistant.verifier.quotations import unsupported_links
from assistant.verifier.verifier import unsupported_parts
from assistant.visible import json_visible, one_line, visible
from assistant.writer.reply import Reply
from assistant.writer.sources import as_data, is_instruction, without_markers
from evals.scorers.squad import f1
from index import Article, split_sentences
from index.files import read_file
from index.files.dates import parse_date
from index.files.encoding import decode_page
from index.files.markup import text_of_html
from index.language.moments import moments
from index.language.names import names
from index.language.numbers import quantities
from index.language.seen_days import seen_days
from index.language.text import quotations
from index.language.words import content_words
from index.search.fusion import fold_duplicates
from tests.security.nasty import NASTY, grown

# Each is about to go, or is made for texts that the project itself brings.
_LEFT_OUT = ("assistant.conversation", "assistant.reader", "evals.workshop.bench")
_ANCHORED = {"match", "fullmatch"}
_METHODS = "match|fullmatch|search|finditer|findall|sub|subn|split"
_SHORT = 0.003  # seconds, below which nothing is compared
_TIMES = 15


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Processor seconds of this thread, so that nothing else on the machine counts; the least of some repeats."""
    found = []
    gc.disable()  # it looks at whatever else there is
    for _ in range(repeats):
        started = time.thread_time()
        work()
        found.append(time.thread_time() - started)
    gc.enable()
    return min(found)


def too_slow(work: Callable[[str], object], piece: str, size: int, start: str = "") -> str | None:
    """What is wrong with the growth of time from `size` to ten times `size`, if anything is."""
    small, large = grown(piece, size, start), grown(piece, 10 * size, start)
    before = seconds(lambda: work(small))
    if before > 0.5:
        return f"{piece!r}: {size:,} characters take {before:.1f} s"
    after = seconds(lambda: work(large))
    if after > _TIMES * max(before, _SHORT):
        before = seconds(lambda: work(small), 5)
    if after > _TIMES * max(before, _SHORT):
        after = min(after, seconds(lambda: work(large), 2)) if after < 5 else after
    if after > _TIMES * max(before, _SHORT):
        return f"{piece!r}: {size:,} characters take {1000 * before:.1f} ms, ten times as many {1000 * after:.1f} ms"
    return None


def modules() -> Iterator[ModuleType]:
    for package in (index, assistant, evals):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(_LEFT_OUT):
                try:
                    yield importlib.import_module(found.name)
                except ImportError:  # it needs an extra that is not installed
                    continue


def patterns_in(value: object, name: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, list | tuple | set | frozenset):
        for number, inner in enumerate(value):
            yield from patterns_in(inner, f"{name}[{number}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from patterns_in(inner, f"{name}[{key}]")


def written_out(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The calls of `re` with a pattern that is no constant of a module: its method, and the pattern or ""."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "re" and re.fullmatch(_METHODS, node.func.attr):
                first = node.args[0]
                yield node.func.attr, str(first.value) if isinstance(first, ast.Constant) else ""


def all_patterns() -> dict[str, tuple[re.Pattern[Any], bool]]:
    """Every pattern by its place, with whether it is only ever tried at one place of a text."""
    found: dict[str, tuple[re.Pattern[Any], bool]] = {}
    seen = set()
    for module in modules():
        assert module.__file__ is not None
        source = Path(module.__file__).read_text(encoding="utf-8")
        for name, value in list(vars(module).items()):
            for place, pattern in patterns_in(value, name):
                used = set(re.findall(rf"(?<![\w.]){name}\.({_METHODS})\b", source))
                if (pattern.pattern, pattern.flags) not in seen or not used <= _ANCHORED:
                    seen.add((pattern.pattern, pattern.flags))
                    found[f"{module.__name__}.{place}"] = (pattern, bool(used) and used <= _ANCHORED)
        for number, (method, literal) in enumerate(written_out(ast.parse(source))):
            if literal:
                found[f"{module.__name__}, re.{method} {number}"] = (re.compile(literal), method in _ANCHORED)
    return found


PATTERNS = all_patterns()


def test_the_patterns_are_found():
    assert len(PATTERNS) > 80
    for known in (
        "answering.questions._PATTERNS[3][0]",
        "memory.export._ADDRESS",
        "verifier.quotations._LINK",
    ):
        assert f"assistant.{known}" in PATTERNS
    assert "index.language.days, re.split 0" in PATTERNS


@pytest.mark.parametrize("place", PATTERNS)
def test_every_pattern(place):
    pattern, anchored = PATTERNS[place]
    is_bytes = isinstance(pattern.pattern, bytes)
    source = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern

    def work(text):
        subject = text.encode("latin-1", "replace") if is_bytes else text
        if anchored:
            pattern.match(subject)
            pattern.fullmatch(subject)
        else:
            for _ in pattern.finditer(subject):
                pass

    letters = sorted({letter for letter in source if not letter.isspace()})[:12]
    for piece in dict.fromkeys((*NASTY, *letters)):
        assert too_slow(work, piece, 2_000) is None, pattern.pattern


def streamed(text):
    reply = Reply()
    list(reply.feed(text))
    list(reply.end())


def parsed(suffix, template="{}"):
    return lambda text: read_file(Path(f"a{suffix}"), template.replace("{}", text).encode("utf-8", "replace"))


def ignoring(work):
    def tried(text):
        try:
            work(text)
        except ValueError:
            return

    return tried


FEED = "<rss><channel><item><guid>a</guid><description><![CDATA[{}]]></description></item></channel></rss>"
TEXTS: dict[str, Callable[[str], object]] = {
    "split_sentences": split_sentences,
    "content_words": content_words,
    "fold_duplicates": lambda text: fold_duplicates([text, text[1:], text[:-1]], 3),
    "parse_date": ignoring(parse_date),
    "text_of_html": text_of_html,
    "decode_page": lambda text: decode_page(Path("a.html"), text.encode("latin-1", "replace") + b"\xff"),
    "text files": parsed(".txt"),
    "Markdown files": parsed(".md"),
    "front matter": parsed(".md", "---\ntitle: a\n{}"),
    "JSON lines": parsed(".jsonl"),
    "JSON": lambda text: read_file(Path("a.json"), json.dumps([{"uri": "a", "body_html": text}]).encode()),
    "feeds": parsed(".rss", FEED),
    "candidates": lambda text: list(candidates(Article("a", "Title", text))),
    "visible": lambda text: (one_line(text), visible(text), json_visible(text)),
    "export": lambda text: (as_text(text), as_code(text)),
    "finding": lambda text: (query_of(text), fits("flood", text)),
    "scores": lambda text: f1(text, ["flood"]),
}
# No sentence has more than 2,000 characters, and no statement.
SENTENCES: dict[str, Callable[[str], object]] = {
    "moments": moments,
    "seen days": lambda text: seen_days(text, dt.date(2031, 3, 19)),
    "quantities": quantities,
    "names": names,
    "quotations": quotations,
    "links": lambda text: unsupported_links(text, [""]),
    "parts": lambda text: unsupported_parts(text, [""]),
    "markers": without_markers,
    "reply": streamed,
    "is_instruction": is_instruction,
    "as_data": as_data,
}


SIZES = dict.fromkeys(TEXTS, 10_000) | dict.fromkeys(SENTENCES, 3_000)


@pytest.mark.parametrize("name", SIZES)
def test_what_sees_text(name):
    for piece in NASTY:
        assert too_slow((TEXTS | SENTENCES)[name], piece, SIZES[name]) is None


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=st.text(max_size=8), piece=st.text("aA0 .,-\n*_`[]()<>&\"'“”‘’#!", min_size=1, max_size=8))
def test_what_hypothesis_makes(start, piece):
    for name, work in (TEXTS | SENTENCES).items():
        assert too_slow(work, piece, SIZES[name], start) is None, name
