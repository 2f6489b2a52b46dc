"""How a question and a piece of text become the numbers that the span model reads; training and reading share it.

A window is `[CLS] question [SEP] title | body [SEP]`. Before the question stand the last exchanges of its conversation,
`EARLIER QUESTION : SHORT ANSWER | EARLIER QUESTION : SHORT ANSWER | QUESTION`. Only `[CLS]` (which stands for "no
answer") and tokens of the body can be chosen; offsets are code points of the body's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from assistant.conversation import Exchange
from index.errors import ModelError

MAX_QUESTION_TOKENS = 64
MAX_TITLE_TOKENS = 24

_EXCHANGES = 2  # of the conversation that stand before the question
_ANSWER = 90  # code points of an earlier answer
_NO_ANSWER = "no answer"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def asked_after(question: str, exchanges: Sequence[Exchange]) -> str:
    """A question with the last exchanges before it, as the network reads it."""
    before = [f"{one.question} : {one.answer[:_ANSWER] or _NO_ANSWER}" for one in exchanges[-_EXCHANGES:]]
    return " | ".join([*before, question])


def clean(text: str) -> str:
    """The same text, code point for code point, with lone surrogates (which no tokenizer takes) replaced by U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Body:
    """The tokens of a text, and where each stands in it.

    Attributes:
        offsets: `[start, end)` of each token in code points of the text.
    """

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """One sequence for the model.

    Attributes:
        ids: all token numbers, special ones included.
        second: position where the second segment (title and body) starts.
        body: position where the body's tokens start.
        first: which token of the `Body` stands there.
        count: how many tokens of the `Body` the window holds.
    """

    ids: tuple[int, ...]
    second: int
    body: int
    first: int
    count: int


class WindowEncoder:
    """Tokenises questions, titles and texts, and lays them out as windows."""

    def __init__(self, tokenizer_file: Path) -> None:
        try:
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer_file))
        except Exception as error:  # the library raises bare Exception for a file it cannot read
            raise ModelError(f"{tokenizer_file}: not a tokenizer ({error}); install the model again") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in an article is text
        self._cls = self._special("[CLS]")
        self._sep = self._special("[SEP]")
        self._bar = self._special("|")

    def _special(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ModelError(f"the tokenizer of the reader has no token {token}; install the model again")
        return int(number)

    def question(self, text: str) -> tuple[int, ...]:
        """The tokens of a question, of a long one the last: what is asked comes last. Without words there are none."""
        return self.bodies([text])[0].ids[-MAX_QUESTION_TOKENS:]

    def title(self, text: str) -> tuple[int, ...]:
        """The tokens that stand before the body; none where there is no title."""
        ids = self.bodies([text])[0].ids[:MAX_TITLE_TOKENS]
        return (*ids, self._bar) if ids else ()

    def bodies(self, texts: Sequence[str]) -> list[Body]:
        """The tokens of some texts."""
        found = self._tokenizer.encode_batch([clean(text) for text in texts], add_special_tokens=False)
        return [Body(tuple(one.ids), tuple((int(a), int(b)) for a, b in one.offsets)) for one in found]

    def window(self, question: Sequence[int], title: Sequence[int], body: Body, first: int, count: int) -> Window:
        """Lay out the tokens `first` to `first + count` of a body behind its question and title."""
        second = len(question) + 2
        ids = (self._cls, *question, self._sep, *title, *body.ids[first : first + count], self._sep)
        return Window(ids, second, second + len(title), first, min(count, len(body.ids) - first))
