"""Words of English text as keyword search and the Readers compare them: stop words, stems, numbers."""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import Stemmer

from index.language.lists import word_list

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

STOP_WORDS = word_list("stop_words")
"""Words that say how a question is put rather than what it is about."""

_local = threading.local()


def words(text: str) -> list[str]:
    """The words of a text in lower case, in order; numbers without separators (`14,000` is `14000`)."""
    return [_POSSESSIVE.sub("", _THOUSANDS.sub("", word)) for word in _WORD.findall(text.lower())]


def content_words(text: str) -> list[str]:
    """The stems of the words that are not stop words, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS and word.replace("’", "'") not in STOP_WORDS]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of an English word in lower case."""
    stemmer: Stemmer.Stemmer | None = getattr(_local, "stemmer", None)
    if stemmer is None:  # a stemmer is not safe to share between threads
        stemmer = _local.stemmer = Stemmer.Stemmer("english")
    return str(stemmer.stemWord(word))
