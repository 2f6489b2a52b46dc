"""The rules that decide whether a stop (a full stop, question mark, ...) ends a sentence.

`RULES` is an ordered chain. Each rule looks at one `Stop` and says True (a sentence ends here), False (none does) or
None (not my case). A rule looks only a bounded number of characters around the stop: splitting takes linear time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from index.language.sentences.stops import (
    BRANDS,
    DAY_OR_ZONE,
    NOUN_STARTERS,
    QUOTES,
    SPEECH_VERBS,
    STARTERS,
    STRONG,
    Kind,
    Stop,
)

_LOWER_NAME = re.compile(
    r"[a-z]{1,2}[A-Z]|(?:al|el|ash|an)-[A-Z]|(?:de|de la|del|di|da|du|van|van der|von|bin|ibn|al) [A-Z]"
)
_DASHED = re.compile(r"(?:--+|[-–—])\s*[\"'“‘]?[^\W\d_]")
_BULLET = frozenset("•·▪●◦■▶►‣★☆→*")
_LEADING_DOTS = re.compile(r"(?:\.\.\.|…)\s*[^\W\d_]")
_DATELINE = re.compile(r"\([A-Z][\w .&/-]{1,30}\)\s*(?:--|[-–—])")
_SPEECH_TAG = re.compile(
    rf"(?:[A-Z][\w.'’-]*\s+){{1,4}}(?:{SPEECH_VERBS})"
    r"(?:[.,;:]|\s+(?:in|at|on|during|as|to|after|when|with|before|him|her|them|me|us|of)\b)"
)
_ROMAN_OR_NUMBER = re.compile(r"[\W\d]*\d|(?:[IVXLC]{2,}|[VX])\b")
_GERMAN_ORDINAL = re.compile(r"(?:Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Jahrhundert|Jahrhunderts)\b")
_BEFORE_ORDINAL = re.compile(
    r"(?:^|\s)(?:der|die|das|dem|den|des|am|im|vom|zum|zur|beim|ins|ein|eine|einen|einem|einer|ihr|ihre|ihren|ihrem|sein|"
    r"seine|seinen|seinem|seiner|jeder|jeden|dieser|diesem|und|bis)\s+\d{1,3}$",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"\b(?:und|ist|sind|waren|wird|wurden?|nicht|mit|auf|von|für|dem|des|eine?[mnr]?|sich|zum|zur|beim|vom|ihm|kam|kamen|"
    r"hat|hatte|nach|über|bis|beginnt|gewann|verlor|stieg|feierte?)\b|[äöüß]"
)
_SPACED_LETTERS = re.compile(r"\s\w\.")  # `z. B.`, `т. е.`
_ARABIC_LETTERS = re.compile(r"[\u0621-\u064a](?:\.[\u0621-\u064a])*\u0640?")
_ARABIC_SPEECH = frozenset("قال قالت سأل سألت أضاف أضافت تابع تابعت صرح أكد أجاب يقول تقول".split())


def ends_sentence(stop: Stop) -> bool:
    """Whether a sentence ends at `stop`: what the first rule with an opinion says; True if none has one."""
    for rule in RULES:
        verdict = rule(stop)
        if verdict is not None:
            return verdict
    return True


def _strong(stop: Stop) -> bool | None:
    """Full-width and other unambiguous marks end a sentence, but a Japanese quote may go on: 「…。」と述べた."""
    if not any(mark in STRONG for mark in stop.mark):
        return None
    return not (stop.close and stop.after[:1] in {"と", "っ"})


def _glued(stop: Stop) -> bool | None:
    """No space: `ended.The next`, `ended."She`, but not `Booking.com`, `U.S.-led`, `J.Crew`, a URL."""
    if stop.next > stop.end:
        return None
    if (
        stop.mark[0] == "…"
        or ".." in stop.mark
        or (stop.text[stop.next] == "(" and _DATELINE.match(stop.text, stop.next))
    ):
        return False
    if stop.close.endswith('"') and _is_opening(stop.text, stop.end):
        stop.reopen()
    follows = stop.after
    if not follows or not follows[0].isalpha() or follows[0].islower():
        return False
    if stop.close:
        return stop.close[0] in QUOTES or stop.close[0] in ")]"
    if not (len(follows) > 1 and follows[1:2].islower()) and follows not in STARTERS:
        return False
    before = stop.text[stop.at - 1]
    if not (before.islower() or before.isdigit() or before in "%)") or stop.word in BRANDS or len(stop.word) < 2:
        return False
    if stop.kind is not Kind.PLAIN and follows not in STARTERS:
        return False
    left = stop.text[max(stop.start, stop.at - 40) : stop.at].split()[-1]
    right = stop.text[stop.after_end : stop.after_end + 2]
    return not (any(sign in left for sign in "/@._") or right[:1] in {"/", "@", "_", "="} or _dotted(right))


def _is_opening(text: str, at: int) -> bool:
    """Whether the straight quote before `at`, glued on both sides, opens: then the next one comes behind a stop."""
    closing = text.find('"', at, at + 300)
    return closing > 0 and text[closing - 1] in ".,!?…"


def _dotted(right: str) -> bool:
    return len(right) == 2 and right[0] == "." and right[1].isalnum()


def _label(stop: Stop) -> bool | None:
    """`1. Open the door`, `A. Yes`, `IV. The fall`: a label at the head of a sentence belongs to it."""
    if stop.mark != "." or stop.close or stop.at - stop.start > 6 or len(stop.word) > 4:
        return None
    head = stop.text[stop.start : stop.at].strip("\"'“‘([#*")
    if head != stop.word:
        return None
    if head.isdigit() and len(head) <= 3:
        return False
    return False if (len(head) == 1 and head.isalpha()) or head.strip("IVXLC") == "" else None


def _bracketed(stop: Stop) -> bool | None:
    """Within brackets that stand inside a sentence, no sentence ends: `the storm (the third. Or fourth?) knocked`."""
    if "(" not in stop.text[max(stop.start, stop.at - 300) : stop.at]:
        return None
    if ")" in stop.close:
        return None
    opened = stop.text.rfind("(", max(stop.start + 1, stop.at - 300), stop.at)
    if opened < 0 or stop.text.find(")", opened, stop.at) >= 0:
        return None
    if opened - stop.start < 4 and not stop.text[stop.start : opened].strip("\"'“‘["):
        return None  # the bracket is the head of the sentence
    closed = stop.text.find(")", stop.next, min(stop.next + 200, stop.limit))
    return False if closed > 0 else None


def _continues(stop: Stop) -> bool | None:
    """What follows is no beginning: lower case, a dash, a sign; unless it is a name that is written small."""
    first = stop.after[:1]
    if not first:
        return _before_sign(stop)
    if not first.islower():
        return False if stop.opener == "(" and _DATELINE.match(stop.text, stop.next, stop.limit) else None
    if stop.mark != "." or stop.kind is not Kind.PLAIN or stop.opener[:1] in {"(", "["}:
        return False
    return _LOWER_NAME.match(stop.text, stop.after_end - len(stop.after)) is not None


def _before_sign(stop: Stop) -> bool | None:
    sign = stop.text[stop.next + len(stop.opener) : min(stop.next + len(stop.opener) + 1, stop.limit)]
    if sign in _BULLET:
        return True
    if stop.opener and _LEADING_DOTS.match(stop.text, stop.next + len(stop.opener), stop.limit):
        return stop.kind is Kind.PLAIN and stop.opener[0] in QUOTES
    if sign in "-–—" and sign:
        found = _DASHED.match(stop.text, stop.next)
        upper = found is not None and stop.text[found.end() - 1].isupper()
        return upper and stop.kind is Kind.PLAIN and not stop.opener
    if sign and (unicodedata.category(sign) in {"Sc", "So"} or sign in "@<+−") and stop.kind is Kind.PLAIN:
        return None
    return False


def _ellipsis(stop: Stop) -> bool | None:
    """`trailing off... The next` ends; `the law ... Article 5`, `well... I think` and `[...]` go on."""
    if stop.mark[-1] not in ".…" or (len(stop.mark) == 1 and stop.mark != "…"):
        return None
    if "!" in stop.mark or "?" in stop.mark:
        return None
    if stop.after[:1].isdigit():
        return False
    before = stop.text[stop.at - 1]
    if before in "[(":
        return _starter(stop) or (_after_stop(stop, stop.at - 1) and stop.after[:1].isupper())
    if stop.close or stop.opener:
        return None
    if before.isspace() and _after_stop(stop, stop.at):
        return True
    if stop.after.partition("'")[0].partition("’")[0] == "I":
        return False
    return stop.after in STARTERS if before.isspace() else None


def _after_stop(stop: Stop, at: int) -> bool:
    """Whether a sentence had ended before `at`: `They left. ... The next day`."""
    return stop.text[max(stop.start, at - 4) : at].rstrip()[-1:] in {".", "!", "?", "”", '"'}


def _asked(stop: Stop) -> bool | None:
    """A question or exclamation mark: names (`Yahoo! News`), titles in quotes, and `"Why?" Smith asked.` go on."""
    if not ("?" in stop.mark or "!" in stop.mark or stop.mark[0] in "‼⁇⁈⁉‽؟"):
        return None
    if stop.close[:1] == ")" and stop.text[stop.at - 1] == "(":
        return False
    if not stop.close and stop.word in BRANDS and stop.mark == "!":
        return stop.after in STARTERS
    if stop.close[-1:] in QUOTES and stop.after in _ARABIC_SPEECH:
        return False
    if stop.close[-1:] in QUOTES and not stop.opener and _SPEECH_TAG.match(stop.text, stop.next, stop.next + 120):
        return False
    return not (not stop.close and not stop.opener and _in_quoted_title(stop))


def _in_quoted_title(stop: Stop) -> bool:
    """`the musical "Help! I Sing" was`: quoted after a word, closed soon, and the sentence goes on in lower case."""
    window = stop.text[max(stop.start, stop.at - 40) : stop.at]
    for opening, closing in (("“", "”"), (' "', '"'), ("‘", "’")):
        opened = window.rfind(opening)
        if opened < 1 or window.find(closing, opened + len(opening)) >= 0 or not window[opened - 1].islower():
            continue
        closed = stop.text.find(closing, stop.next, stop.next + 40)
        if closed < 0 or stop.text[closed - 1] in ",.!?":
            return False
        tail = stop.text[closed + 1 : closed + 3].lstrip()
        return tail[:1].islower()
    return False


def _abbreviated(stop: Stop) -> bool | None:
    """A full stop that may belong to an abbreviation: by the kind of the abbreviation and by what follows."""
    kind = stop.kind
    if kind is Kind.PLAIN:
        return False if stop.word.isdigit() and len(stop.word) <= 3 and _german_ordinal(stop) else None
    if kind is Kind.TITLE:
        return stop.close[:1] in QUOTES
    if kind is Kind.NUMBERED:
        return not _ROMAN_OR_NUMBER.match(stop.text, stop.next)
    if stop.close and stop.close[-1] in QUOTES:
        return True
    if not stop.after[:1].isalpha() or (stop.opener[:1] == "(" and not _starter(stop)):
        return False
    if kind is Kind.CLOCK:
        zone = stop.after in DAY_OR_ZONE or (stop.after[-1] == "T" and stop.after.isupper() and len(stop.after) < 5)
        return not (zone or stop.text.startswith(" time", stop.after_end))
    if stop.opener[:1] in QUOTES:
        return True
    if kind is Kind.STATE and stop.after_lower and stop.after.istitle():
        return True
    return _starter(stop)


def _german_ordinal(stop: Stop) -> bool:
    """`am 7. August`, `die 1. Bundesliga`: not `Es war der 21. Er ging`, nor `I am 21. John left`."""
    if _GERMAN_ORDINAL.match(stop.text, stop.next):
        return True
    before = stop.text[max(stop.start, stop.at - 20) : stop.at]
    if stop.mark != "." or stop.after in STARTERS or not stop.after[:1].isupper() or not _BEFORE_ORDINAL.search(before):
        return False
    around = stop.text[max(0, stop.at - 120) : min(stop.at + 120, stop.limit)]
    return _GERMAN.search(around) is not None


def _letters(stop: Stop) -> bool | None:
    """Letters with points: `z. B.` and `т. е.` go on, and so does a title in Arabic, but not `9 ص.`, an hour."""
    if stop.mark != "." or not stop.word:
        return None
    if len(stop.word) == 1 and stop.word.islower() and _SPACED_LETTERS.match(stop.text, stop.end):
        return False
    if not _ARABIC_LETTERS.fullmatch(stop.word):
        return None
    before = stop.text[max(stop.start, stop.at - 12) : stop.at - len(stop.word)].rstrip()
    return before[-1:].isdigit()


def _starter(stop: Stop) -> bool:
    """Whether the next word hardly ever stands inside a sentence with a capital."""
    base = stop.after.partition("'")[0].partition("’")[0]
    if not base:
        return False
    if base in STARTERS or (not base[0].islower() and not base[0].isupper()):
        # Not "On-Line", and not "No." or "A.", but "Mr."
        behind = stop.text[stop.after_end : stop.after_end + 1]
        return behind != "-" and (behind != "." or base in {"Mr", "Mrs", "Ms"})
    if base.isupper() and len(base) > 1 and base.capitalize() in STARTERS:
        # In a line of capitals, which the word before the abbreviation tells.
        return stop.word.isupper() and not stop.opener and not stop.after_lower and base not in {"US", "IT", "WHO"}
    return base in NOUN_STARTERS and stop.after_lower


Rule = Callable[[Stop], "bool | None"]
RULES: tuple[Rule, ...] = (_strong, _glued, _label, _bracketed, _continues, _ellipsis, _asked, _letters, _abbreviated)
