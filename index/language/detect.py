"""Which language a text is in: by its script, and in Latin and Cyrillic letters by its commonest words.

Made for questions and the openings of articles: where it cannot be told (names alone, a word or two, as much of one
language as of another) it says so, rather than guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from index.language.words import list_lines

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LIKELY = 0.8  # how likely letters have to make a language that few words speak for
_POSSIBLE = 0.3  # ... and one that a word of its own speaks for
_FEW = 4  # words, of which one has to be of the language itself: else they may be names
_SHARE = 0.05  # of the words of a text, as many have to speak for its language
_READ = 2000  # code points of a text that are looked at
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[dlnscjmt]|qu|[dn]ell|all|un|quell)['’](?=\w)")

_SCRIPTS = {  # the language that has a script to itself, or the commonest of those that share it
    "LATIN": "en", "CYRILLIC": "ru", "ARABIC": "ar", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "hi", "THAI": "th", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am", "KHMER": "km", "MYANMAR": "my", "LAO": "lo",
    "GUJARATI": "gu", "GURMUKHI": "pa", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "TIBETAN": "bo",
}  # fmt: skip
_ARABIC_SIGNS = {"ur": "ٹڈڑںےھہ", "fa": "پچژگیک"}
_CYRILLIC_SIGNS = {"uk": "іїєґ", "be": "ў", "sr": "ђћџљњј", "mk": "ѓќѕ", "kk": "қңғүұһө"}
_BULGARIAN = frozenset(
    "се на и за от са че ще със като който която които какво кога къде защо колко кой след бе".split()
)
_RUSSIAN = frozenset(
    "и в не на что с по как это из за от для когда где кто сколько почему который после был была".split()
)
_LATIN_SIGNS = {
    "ß": "de", "ä": "de sv fi", "ö": "de sv tr hu fi", "ü": "de tr hu", "å": "sv da no", "ø": "da no", "æ": "da no",
    "ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt", "ç": "fr pt tr", "ê": "fr pt", "è": "fr it", "à": "fr it pt",
    "ò": "it", "ì": "it", "ù": "it fr", "é": "fr es pt hu", "î": "fr ro", "ô": "fr pt", "ł": "pl", "ż": "pl",
    "ź": "pl", "ś": "pl", "ć": "pl", "ń": "pl", "ą": "pl", "ę": "pl", "ó": "pl es pt hu", "í": "es pt cs hu",
    "ğ": "tr", "ı": "tr", "ş": "tr", "ţ": "ro", "ț": "ro", "ș": "ro", "ă": "ro vi", "ř": "cs", "ě": "cs", "ů": "cs",
    "ő": "hu", "ű": "hu", "ơ": "vi", "ư": "vi", "đ": "vi",
}  # fmt: skip


def language_of(text: str) -> str | None:
    """The language of a text as its ISO 639-1 code ("en", "de", "ar", ...); None where that cannot be told.

    Another than "en" is said only where most of the text speaks for it: foreign names in English are English, and names
    alone are of no language.
    """
    head = unicodedata.normalize("NFC", text[:_READ])
    scripts = Counter(script for letter in head if (script := _script(letter)) is not None)
    latin = scripts.pop("LATIN", 0)
    others = sum(map(_weight, scripts, scripts.values()))
    if others * 4 < latin or (latin * 4 >= others and _has_english(head)):
        return _of_latin(head)
    if not scripts:
        return None
    script = scripts.most_common(1)[0][0]
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return "ja"
    if script == "CYRILLIC":
        return _of_cyrillic(head.lower())
    if script == "ARABIC":
        return next((code for code, signs in _ARABIC_SIGNS.items() if _has(head, signs)), "ar")
    return _SCRIPTS[script]


def _weight(script: str, count: int) -> int:
    """Letters as letters of an alphabet: a sign of these scripts is a syllable or a word."""
    return count * 3 if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") else count


def _has_english(text: str) -> bool:
    """Whether there are English words in it, so that what is in another script is a name."""
    certain, _ = _known_words()
    return any("en" in certain.get(word.lower(), ()) for word in _WORD.findall(text) if word.isascii())


@cache
def _script(letter: str) -> str | None:
    if not letter.isalpha():
        return None
    script = unicodedata.name(letter, "").partition(" ")[0]
    return script if script in _SCRIPTS else None


def _has(text: str, signs: str) -> bool:
    return any(sign in text for sign in signs)


def _of_cyrillic(text: str) -> str:
    words = _WORD.findall(text)
    if _has(text, "ыэё"):
        return "be" if "ў" in text else "ru"
    marked = next((code for code, signs in _CYRILLIC_SIGNS.items() if _has(text, signs)), None)
    if marked:
        return marked
    bulgarian, russian = (sum(word in known for word in words) for known in (_BULGARIAN, _RUSSIAN))
    return "bg" if bulgarian > russian or ("щ" in text and "ъ" in text and bulgarian == russian) else "ru"


def _of_latin(text: str) -> str | None:
    certain, doubtful = _known_words()
    scores: defaultdict[str, float] = defaultdict(float)
    weak: defaultdict[str, float] = defaultdict(float)
    found = _WORD.findall(text)
    for word in found:
        lower = word.lower().replace("’", "'")
        bare = _ELISION.sub("", lower)
        codes = certain.get(lower) or certain.get(bare) or set()
        if bare != lower:
            weak["fr"] += 0.5
            weak["it"] += 0.5
        for code in codes:
            scores[code] += 1 / len(codes)
        for code in doubtful.get(bare, ()):
            weak[code] += 0.25
        if word[0].islower():  # names keep their letters in every language
            _add_signs(lower, weak)
    _add_signs("".join(sign for sign in "¿¡" if sign in text), weak)
    return _decided(text, scores, weak, len(found))


def _add_signs(word: str, weak: defaultdict[str, float]) -> None:
    """Add what the letters of a word say."""
    for sign in set(word):
        codes = _LATIN_SIGNS.get(sign, "").split()
        for code in codes:
            weak[code] += 1 / len(codes)


def _decided(text: str, scores: Mapping[str, float], weak: Mapping[str, float], words: int) -> str | None:
    """The language that the words speak for, or else the letters, where the words do not speak against it."""
    english = scores.get("en", 0.0)
    ranked = sorted(((score, code) for code, score in scores.items() if code != "en"), reverse=True)
    (most, best), (second, _) = [*ranked, (0.0, ""), (0.0, "")][:2]
    if english and english >= most + weak.get(best, 0.0):
        return "en"
    if most >= 1.5 and most >= 2 * second and most >= 2 * english:
        return best
    guess, likely = _by_letters(text)
    if guess == "en":
        return "en" if english or likely >= _LIKELY else None
    sure = scores.get(guess, 0.0)
    said = sure + weak.get(guess, 0.0)
    # Names of one language in a text of another have no more than a word or two that it could be told by.
    if said < english or said / max(words, 1) < _SHARE:
        return "en" if english >= 1 else None
    if sure > 0:  # letters choose among the languages that words of their own speak for
        return guess if likely >= _LIKELY or (likely >= _POSSIBLE and sure >= max(most / 2, 2 * english)) else None
    return guess if likely >= _LIKELY and words >= _FEW else None


def _by_letters(text: str) -> tuple[str, float]:
    """What runs of letters say: a language and how likely it is, from 0 to 1."""
    code, likely = _identifier().classify(text.lower() if text.isupper() else text)
    return str(code), float(likely)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted({code for codes in _known_words()[0].values() for code in codes}))
    return identifier


@cache
def _known_words() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The languages that each word tells, and those that a word of names may tell."""
    certain: dict[str, set[str]] = {}
    doubtful: dict[str, set[str]] = {}
    for line in list_lines("function_words"):
        code, _, words = line.partition(":")
        sure, _, unsure = words.partition("~")
        for word in sure.split():
            (certain if len(word) > 1 else doubtful).setdefault(word, set()).add(code)
        for word in unsure.split():
            doubtful.setdefault(word, set()).add(code)
    for word in doubtful.keys() & certain.keys():
        doubtful[word] |= certain.pop(word)
    return certain, doubtful
