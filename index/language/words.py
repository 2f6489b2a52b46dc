"""Words as search, the Reader and the Verifier compare them: letters, stems, stop words, synonyms; and the lists."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

# Letters that Unicode does not take apart, as they are typed where there is no key for them.
_LETTERS = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "æ": "ae", "Æ": "AE", "œ": "oe",
    "Œ": "OE", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n",
    "Ŋ": "N", "ĸ": "k", "ə": "e", "Ə": "E", "ƒ": "f", "ɓ": "b", "Ɓ": "B", "ɗ": "d", "Ɗ": "D", "ƙ": "k", "Ƙ": "K",
    "ƴ": "y", "Ƴ": "Y", "ɨ": "i", "ʉ": "u", "ɔ": "o", "Ɔ": "O", "ɛ": "e", "Ɛ": "E", "ʼ": "'", "ʻ": "'", "ʿ": "",
    "ʾ": "", "ـ": "",
}  # fmt: skip
# Seen as nothing, and found within words: soft hyphen, zero-width space, word joiner, byte order mark, marks of
# direction, variation selectors. Not the joiners, which Persian and Indian scripts write with.
_UNSEEN = frozenset("\u00ad\u200b\u200e\u200f\u2060\ufeff\ufe0e\ufe0f\u034f")
_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"  # accents of Latin, Greek and Cyrillic letters
_ARABIC_MARKS = frozenset(map(chr, range(0x064B, 0x0653))) | {"\u0670"}


class _Table(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded(chr(code))
        return found


def without_possessive(text: str) -> str:
    """A word or a name without a possessive at its end."""
    return _POSSESSIVE.sub("", text)


def folded(text: str) -> str:
    """A text whose letters are those that it may be typed with: "Łódź" and "Lodz" are the same, "ﬁre" and "fire".

    Two texts that look alike (composed or decomposed accents, full-width letters, soft hyphens within words) are the
    same when folded. Case stays. Marks that are letters of their own in their script (Devanagari, Thai, Japanese) stay.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_TABLE))


def _folded(letter: str) -> str:
    if letter in _UNSEEN or _FIRST_MARK <= letter <= _LAST_MARK or letter in _ARABIC_MARKS:
        return ""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if not (letter.isalpha() or letter.isdecimal()):
        return letter
    # Taken apart, without the marks; others (dakuten, the parts of Hangul) come together again.
    parts = (part for part in unicodedata.normalize("NFKD", letter) if not _FIRST_MARK <= part <= _LAST_MARK)
    return unicodedata.normalize("NFC", "".join(_LETTERS.get(part, part) for part in parts))


_TABLE = _Table()


_DATA = Path(__file__).parent / "data"


def list_lines(name: str) -> list[str]:
    """The lines of a list, without comments."""
    text = (_DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def word_list(name: str) -> frozenset[str]:
    """The words of a list, whatever line they are in."""
    return frozenset(" ".join(list_lines(name)).split())


def word_groups(name: str) -> dict[str, list[str]]:
    """The words of a list whose lines are `group: word word`; a group may go on in the next line."""
    groups: dict[str, list[str]] = {}
    for line in list_lines(name):
        group, _, words = line.partition(": ")
        groups.setdefault(group, []).extend(words.split())
    return groups


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


@cache
def _concept_of() -> dict[str, frozenset[str]]:
    """For each stem, the numbers of the groups that it stands in."""
    found: dict[str, set[str]] = {}
    for number, group in enumerate(list_lines("thesaurus")):
        for word in group.split():
            found.setdefault(stem(word), set()).add(f"#{number}")
    return {word: frozenset(numbers) for word, numbers in found.items()}


def concepts(text: str) -> list[frozenset[str]]:
    """The content words of a text, in order, each as the set of its stem and the groups that it stands in.

    Two words mean about the same where their sets have something in common.
    """
    return [meanings(word) for word in content_words(text)]


def meanings(stem: str) -> frozenset[str]:
    """A stem and the groups that it stands in, as `concepts` has them."""
    return frozenset((stem, *_concept_of().get(stem, ())))


_GROUPS = [[name.strip() for name in line.split(",")] for line in list_lines("aliases")]
_NAME_OF = {name: group for group in _GROUPS for name in group}
_ANY = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(_NAME_OF, key=len, reverse=True))})(?!\w)", re.I
)
# As a word of the language rather than a name: "us", "who".
_ONLY_IN_CAPITALS = {"us", "who"}


def aliases(text: str) -> list[str]:
    """The other names of what the list has and the text names."""
    found = []
    for match in _ANY.finditer(text):
        name = match[0].lower()
        if name not in _ONLY_IN_CAPITALS or match[0].isupper():
            found += [other for other in _NAME_OF[name] if other != name]
    return found
