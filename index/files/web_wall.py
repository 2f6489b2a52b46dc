"""Text that stands where an article should: consent forms, subscriptions, checks for robots."""

from __future__ import annotations

import re

from index.files.fields import letters

_SAYINGS = re.compile(
    r"""
    \b(?: uses?\ cookies | cookie\ (?:policy|settings|notice) | privacy\ (?:policy|choices|notice) | accept\ all
    | personal\ data | (?:your|our)\ (?:consent|preferences) | our\ (?:\d[\d,]*\ )?(?:\w+\ )?partners
    | legitimate\ interests? | precise\ geolocation | (?:store|access)\ .{0,40}\ on\ (?:a|your)\ device | browsing\ data
    | subscribers?\ only | for\ (?:\w+\ )?subscribers | subscribe\ (?:now|today|to) | continue\ reading
    | cancel\ any\s?time
    | already\ a\ (?:subscriber|member) | (?:log|sign)\ in\ to | unlimited\ (?:digital\ )?access | free\ trial
    | choose\ a\ plan | billed\ (?:monthly|annually|yearly) | create\ (?:a\ free\ |an\ )?account
    | sign\ up\ (?:to|for)\ our | our\ (?:\w+\ )?newsletter
    | verify\ (?:that\ )?you\ are\ (?:a\ )?(?:human|not) | enable\ javascript | checking\ your\ browser
    | unusual\ traffic
    | wir\ verwenden\ cookies | cookies\ zu | datenschutz\w* | einwilligung | jetzt\ abonnieren | alle\ akzeptieren
    | utilisons\ des\ cookies | votre\ consentement | politique\ de\ confidentialité | abonnez-vous
    | tout\ accepter
    | utilizamos\ cookies | política\ de\ privacidad | suscríbete | aceptar\ todo
    | utilizziamo\ i\ cookie | accetta\ tutto
    | gebruiken\ cookies | alles\ accepteren )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORT = 5  # letters of a word by which its forms are the same


def without_walls(text: str, title: str) -> str:
    """The lines of a text that are the article's; none if all of it is a form.

    A line is a form's where it has two sayings of such forms, or one beside such a line, and no word of the headline:
    what is reported about cookies or subscriptions has the headline's words, and stays.
    """
    lines = text.split("\n")
    headline = _stems(title)
    hits = [0 if _stems(line) & headline else len(set(map(str.lower, _SAYINGS.findall(line)))) for line in lines]
    if not _mostly(lines, hits):  # a line with one saying alone may be the article's
        near = [max(hits[max(0, at - 1) : at + 2]) for at in range(len(hits))]
        hits = [found if most > 1 else 0 for found, most in zip(hits, near, strict=True)]
    kept = [line for line, found in zip(lines, hits, strict=True) if not found]
    # What is left of a form is its own, too: "Choose what you like", "Settings".
    rest = [line for line in kept if " ".join(line.split()) != " ".join(title.split())]
    if not any(_stems(line) & headline for line in rest) and _mostly(lines, hits):
        return ""
    return "\n".join(kept)


def speaks_of(text: str, title: str) -> bool:
    """Whether a text has a word of a headline, in whatever form."""
    return bool(_stems(text) & _stems(title))


def _mostly(lines: list[str], hits: list[int]) -> bool:
    """Whether most of what is said is a form's."""
    forms = sum(letters(line) for line, found in zip(lines, hits, strict=True) if found)
    return forms * 2 > sum(map(letters, lines))


def _stems(text: str) -> set[str]:
    return {word[:_SHORT] for word in _WORD.findall(text.casefold())}
