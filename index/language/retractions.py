"""How outlets say that something was wrong: corrections and withdrawals in a headline and in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

RetractionKind = Literal["corrected", "withdrawn"]

_REPORT = (
    r"(?:articles?|reports?|story|stories|dispatch(?:es)?|items?|posts?|pieces?|headlines?|texts?|accounts?|bulletins?"
    r"|broadcasts?|programmes?|tweets?|videos?|captions?|photographs?|graphics?|tables?|interviews?|columns?|alerts?)"
)
_STATEMENT = r"(?:claims?|statements?|allegations?|accusations?|figures?|estimates?|assertions?|announcements?)"
_SAID = (
    r"(?:said|stated|reported|wrote|claimed|gave|put|named|identified|described|quoted|suggested|implied|indicated"
    r"|misstated|misspelled|misspelt|misidentified|misquoted|alleged|listed|attributed|(?:given|left)\sthe\simpression)"
)
_WRONGLY = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|falsely|in\serror|by\smistake)"
_WITHDRAWN = r"(?:withdrawn|retracted|taken\sdown|disowned)"
_NOTE = r"correction|corrections|clarification|clarifications|corrected|erratum|editor['’]?s?\snote"
_WORDS = r"(?:[\w’'-]{1,20}\s)"
_CLAUSE = r"[^.;!?]"

_HEADING = re.compile(
    rf"^\W*+(?:(?P<withdrawn>withdrawn|withdrawal|retraction|retracted)|(?:{_NOTE})(?:\sof\s(?:a|our)\scorrection)?|apology)\s*+[:—–-]",
    re.I,
)
_MARK = re.compile(r"\b(?:CORRECTED|CORRECTION|(?P<withdrawn>WITHDRAWN|RETRACTED))\b")
_OPENS = re.compile(
    rf"^\W{{0,3}}(?:(?P<withdrawn>retraction|withdrawn|withdrawal)|{_NOTE})(?:\s\([^()]{{1,40}}\))?\s*+[:—–-]", re.I
)
_WITHDRAWS = re.compile(
    rf"""(?<!\w)(?:(?:has|have|had|is|are)\s(?:(?:now|since)\s)?(?:{_WITHDRAWN}|withdrawing|retracting|taking\sback
             |taken\sback)|withdrew|retracted|withdraws?|retracts?)
           \s(?:(?:its|his|her|their|our|an?|the|this|that|earlier)\s)?{_WORDS}{{0,3}}?(?:{_REPORT}|{_STATEMENT})(?!\w)
      | (?<!\w)(?:{_REPORT}|{_STATEMENT})(?!\w){_CLAUSE}{{0,80}}?
           \s(?:has|have|was|were|is|are)\s(?:(?:been|now)\s)?{_WITHDRAWN}(?!\w)""",
    re.I | re.X,
)
_EARLIER = re.compile(
    rf"""(?<!\w)(?:earlier|previous|original|first|prior|initial)\s(?:versions?|editions?|headline)
         (?:\sof\s(?:this|the|our|an?)\s{_WORDS}{{0,2}}?{_REPORT})?(?!\w){_CLAUSE}{{0,60}}?\s(?:{_SAID}|had)(?!\w)""",
    re.I | re.X,
)
_WRONGLY_SAID = re.compile(
    rf"""(?<!\w)(?:we|{_REPORT}|it|which)\s(?:{_CLAUSE}{{0,60}}?\s)?{_WRONGLY}\s{_SAID}(?!\w)
      | (?<!\w)(?:we|{_REPORT})\s(?:{_CLAUSE}{{0,60}}?\s)?{_SAID}\s{_WRONGLY}(?!\w)
      | (?<!\w)(?:was|were)\s{_WRONGLY}\s(?:reported|stated|given|described|identified|named|listed|quoted)(?!\w)""",
    re.I | re.X,
)
_FIRST_SAID = re.compile(
    r"(?<!\w)(?:had|was|were)\s(?:first|initially|originally|earlier|previously)\s(?:been\s)?(?:given|put|estimated|reported)(?!\w)",
    re.I,
)
_REVISED = re.compile(r"(?<!\w)revis(?:ed|es|ing)(?!\w)[^.;!?]{1,160}?\sto\s", re.I)
_OWN_NOTICE = re.compile(
    r"(?<!\w)our\s(?:earlier\s)?(?:correction|clarification|retraction)(?!\w)[^.;!?]{0,60}?\s(?:was|is)\s(?:itself\s)?"
    r"(?:wrong|incorrect|mistaken|an?\s(?:error|mistake))(?!\w)",
    re.I,
)
_AMENDED = re.compile(rf"(?<!\w)(?:this|our)\s{_WORDS}?{_REPORT}\s(?:has\sbeen|was)\s(?:corrected|amended)(?!\w)", re.I)
_WE_SAID = re.compile(
    rf"""(?<!\w)(?:we|(?:our|this\snewspaper['’]s)\s{_WORDS}{{0,4}}?{_REPORT})(?!\w)(?:{_CLAUSE}{{0,160}}?\s)??{_SAID}(?!\w)
      | ^\W*+(?:the|that|this)\s{_WORDS}?{_REPORT}\s(?:{_CLAUSE}{{0,60}}?\s)??{_SAID}(?!\w)""",
    re.I | re.X,
)
_WRONG = re.compile(
    r"""^\W*+(?:that|this|it|the\s(?:claim|statement|figure|number|name|date)|(?:both|neither)\s(?:statements?|claims?))
        \s(?:is|was|were)\s(?:\w{1,20}ly\s)?(?:wrong|incorrect|untrue|false|inaccurate|mistaken|an?\s(?:error|mistake)
        |not\s(?:true|correct|accurate|the\scase|so)|supported|true)(?!\w)""",
    re.I | re.X,
)
_THAT = re.compile(
    r"\s(?:that(?!\s(?:it|we|he|she|they)\s(?:had\s)?(?:published|ran|carried|printed|posted|aired))"
    r"|under\sthe\sheadline|saying)\s",
    re.I,
)
_RIGHT = re.compile(
    r"""(?<!\w)(?:the\s(?:correct|right|actual|true)|in\s(?:fact|reality)|it\sshould\s(?:have|read)
        |should\shave\s(?:said|read|been)|instead|actually|rather\sthan|(?:and|,)\snot)(?!\w)""",
    re.I | re.X,
)
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{8,200})[”\"»]")
_CUE = re.compile(
    rf"correct|clarif|withdr|retract|revis|{_WRONGLY}|erratum|editor['’]?s?\snote|apolog|disown|taken\s(?:down|back)|taking\sback"
    r"|(?:earlier|previous|original|first|prior|initial)\s(?:version|edition|headline)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a headline says.

    Attributes:
        kind: whether it announces a correction or a withdrawal.
        alone: whether the article is nothing but the notice ("Correction: the mayor"), rather than the article that was
            corrected ("Flood kills nine (CORRECTED)").
    """

    kind: RetractionKind
    alone: bool


@dataclass(frozen=True, slots=True)
class Retraction:
    """What a sentence says of something that was wrong.

    Attributes:
        kind: of the notice that it is; None where only the sentences around it can make it one.
        claim: where the words begin that repeat what was wrong; None where it does not.
        bare: whether it says only what was wrong: neither that it was withdrawn nor what is right.
        here: whether it is about the text that it stands in ("An earlier version of this article").
        judges: whether it says that what stands before it is wrong: "That was not true".
        undoes: whether it says that an earlier notice is wrong: "Our correction of Tuesday was wrong".
    """

    kind: RetractionKind | None
    claim: int | None = None
    bare: bool = False
    here: bool = False
    judges: bool = False
    undoes: bool = False


def has_cue(text: str) -> bool:
    """Whether a text may have a notice, at a glance."""
    return _CUE.search(text) is not None


def heading_of(title: str) -> Heading | None:
    """What a headline says of a correction; None of most."""
    alone = _HEADING.match(title)
    found = alone or _MARK.search(title)
    return Heading("withdrawn" if found["withdrawn"] else "corrected", alone is not None) if found else None


def quoted(text: str) -> list[str]:
    """What stands in quotation marks and is long enough for a headline."""
    return [match[1] for match in _QUOTED.finditer(text)]


def retraction_in(text: str, *, within: bool = False) -> Retraction | None:
    """What a sentence says of something that was wrong; None of most.

    Args:
        within: whether it stands in a notice: then "we wrote that" and "the article said that" are of what was wrong.
    """
    opens, withdraws, earlier = _OPENS.match(text), _WITHDRAWS.search(text), _EARLIER.search(text)
    wrongly, amended = _WRONGLY_SAID.search(text), _AMENDED.search(text)
    kind: RetractionKind | None = "corrected" if _REVISED.search(text) else None
    undoes = _OWN_NOTICE.search(text) is not None
    if opens or withdraws or earlier or wrongly or amended or undoes:
        kind = "withdrawn" if withdraws or (opens and opens["withdrawn"]) else "corrected"
    said = earlier or wrongly or ((_WE_SAID.search(text) or _FIRST_SAID.search(text)) if within or opens else None)
    if said is None and withdraws:
        said = _THAT.search(text, withdraws.start())
    judges = within and _WRONG.match(text) is not None
    if kind is None and said is None and not judges:
        return None
    bare = said is not None and not withdraws and not _RIGHT.search(text)
    here = bool(earlier or amended or opens)
    return Retraction(kind, said.end() if said else None, bare, here, judges, undoes)
