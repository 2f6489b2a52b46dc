"""What a question wants to look at: one fact, a figure, the whole of a story, or how it went day by day."""

from __future__ import annotations

import re

from assistant.answer import Form
from index.language.moments import moments
from index.language.words import content_words, stem

WHOLE: tuple[Form, ...] = ("briefing", "timeline")
"""The forms that look at the whole of something rather than at one thing of it."""

_POLITE = (
    r"^\W*+(?:i\s(?:was|have\sbeen|['’]ve\sbeen)\s[\w\s]{1,40},\s)?"
    r"(?:(?:please|can\syou|could\syou|would\syou|so|and|ok|now|just|i\swant|i\sneed)\W+)*"
)
_WHAT_IS = r"what(?:s|'s|’s|\sis|\swas|\sare|\shas\sbeen|\shad\sbeen)?"
_KIND = (
    r"(?:overview|summary|summaries|briefing|brief|gist|recap|rundown|digest|background|tl;?dr"
    r"|(?:key|main|important|essential)\s(?:points?|facts|events|developments|findings|bits|parts|things))"
)
_HAPPENED = r"(?:happened|went\son|has\sgone\son|took\splace|occurred)"
# What news is made of: "harbour dispute" alone asks for all of it.
_EVENT = r"""(?:fires?|floods?|storms?|earthquakes?|quakes?|landslides?|eruptions?|explosions?|blasts?|crash|collapse
    |attacks?
    |shootings?|riots?|protests?|strikes?|disputes?|rows?|affairs?|scandals?|crisis|wars?|coups?|trials?|elections?|mergers?
    |outbreaks?|epidemics?|droughts?|negotiations|talks)"""

_OVERVIEW = re.compile(
    rf"""{_POLITE}
    (?: (?:tell\sme\s)?what(?:\shas|'s|’s|s)?\s(?:actually\s|just\s|all\s)?{_HAPPENED}\b
      | {_WHAT_IS}\s(?:actually\s|just\s)?(?:happening|going\son|new\s(?:in|at|on|with|about)|new\W*$)
      | {_WHAT_IS}\s(?:the|any)\s(?:latest|newest)(?:\W*$|\s(?:news|stor\w+|developments?|updates?|on|about|in|from|with
          |at|regarding|concerning)\b)
      | what(?:s|'s|’s|\sis|\swas|\sare)\s(?:in\s)?(?:the\s)?(?:news|headlines|(?:top|main|big)\sstor\w+|story
          |gist|situation)
          (?:\W*$|\s(?:on|of|with|about|in|at|from|around|today|now|there|here)\b)
      | what\s(?:do|does|did)\s(?:we|you|the\s(?:articles?|papers?|archive|news)|it|they)\s(?:know|say|have|report)
          (?:\s(?:about|on|by|as\sof|until|before)\b|\W*$)
      | what\s(?:is|was)\s(?:known|said|reported)\s(?:(?:so\sfar|now|until\snow)\s)?(?:about|of|on)\b
      | what\s(?:do|should|must)\s(?:i|we)\s(?:need\sto\s|have\sto\s)?know\b
      | what\s(?:did|have)\s(?:i|we)\smiss(?:ed)?\b
      | {_WHAT_IS}\s(?:the|all\sthe)\s(?:row|fuss|dispute|controversy|scandal|argument|affair|matter)
          \s(?:about|over|with)\b
      | {_WHAT_IS}\s(?:this|that|the)\s(?:[\w'’-]+\s){{1,6}}+thing\W*$
      | how(?:'s|’s|\sis|\sare)\s(?:things|(?:[\w'’-]+\s){{1,5}}?going)\b
      | (?:everything|all)\s(?:that\s(?:is|we)\sknown?\s)?about\b
      | (?:the\s)?story\sof\b
      | in\s(?:a\snutshell|short|brief)\b
      | {_WHAT_IS}\s(?:this|it|these|they|that|the|all)\b(?:\s(?!about\b)[\w'’-]+){{0,8}}+(?<!ing)(?<!ed)(?<!angry)
          (?<!happy)(?<!sorry)(?<!upset)(?<!sure)(?<!serious)\sabout\W*$
      | {_WHAT_IS}\s(?:this|all\sthis)\s(?:all\s)?about\b
      | (?:tell|inform|brief|update|fill|catch)\s(?:me|us)\W*(?:$|more\W*$|(?:in|up)\W*$|(?:in\s|up\s)?(?:more\s
          |something\s|all\s|everything\s)?(?:about|on|in)\b)
      | (?:bring|get|keep)\s(?:me|us)\sup\sto\s(?:date|speed)\b
      | (?:walk|talk|run|take|lead)\s(?:me|us)\sthrough\b
      | (?:give|write|make|get|show|read|have|want)\s(?:(?:me|us)\s)?(?:the\s|an?\s|some\s)?(?:\w+\s)?{_KIND}\b
      | (?:summari[sz]e|sum\sup|recap|describe\s(?:what|the\ssituation)|explain\s(?:this|the|what\shappened)\b)
      | (?:(?:an?|the|short|brief|quick|general)\s)*{_KIND}(?:\W*$|\s(?:of|on|about|for|to|in|from|please)\b)
      | (?:is\sthere\s|are\sthere\s)?(?:any|some|the\slatest|latest|newest|recent|what)\s(?:news|updates?|developments?)
          (?:\W*$|\s(?:on|about|of|from|in|with|regarding|since|there|today|yesterday|this|last|is|are)\b)
      | (?:the\s)?latest\s(?:on|about|from|in)\b
      | (?:overview|summary|recap|rundown|tl;?dr)\s[^,?]*$
      | (?:the\s)?(?:top|main|big|latest|other)\s(?:news|headlines|stories)\b
      | (?:the\s)?(?:news|headlines)\W*$ | (?:the\s)?(?:news|headlines)\s(?:of|from|on|about|in)\b
      | (?:today|yesterday|this\sweek|last\sweek)['’]?s?\s(?:news|headlines)\b
      | articles\s(?:of|from|on|about|up\sto|until|since|before)\b
      | (?:the\s|that\s)?(?:(?!(?:who|what|when|where|why|how|is|are|was|were|did|does|do|in|of|on|at|to|by|for)\b)
          [\w'’-]+\s){{1,3}}+(?<=\s)(?:{_EVENT}|(?:overview|summary|recap|rundown|briefing))\W*$
      | [\w\s'’-]{{3,60}}?\sin\s(?:short|brief|a\snutshell)\W*$
    )""",
    re.I | re.X,
)
# What begins like the question for an overview and wants one thing.
_FACTOID = re.compile(
    rf"""{_POLITE}
    (?: (?:tell\sme\s)?what(?:\shas|'s|’s|s)?\s(?:\w+\s)?happened\s
        (?: (?:at|around|about|by|shortly\s\w+)\s(?:about\s|around\s)?(?:\d{{1,2}}(?::\d\d|\s?[ap]\.?m\b|\so['’]clock)
              |noon\b|midnight\b|(?:half\spast|quarter\s\w+)\b|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)
          | when\b | if\b | next\b | first\b | after\b
          | (?:to|with)\s(?:his|her|their|its|my|your|our|him|them|it)\b
          | as\b | because\b
          | (?:to|with|on|in|at)\s[^.?!,]{{2,60}}?\s(?:that|who|which|whose)\b
          | to\sthe\s(?:first|second|third|fourth|fifth|last|other|missing|remaining)\b
          | (?:to|with)\s(?-i:(?:the\s)?(?:[\w-]+\s){{0,3}}[\w-]+['’]s?\s[a-z])
        )
      | {_WHAT_IS}\s(?:going\son|happening)\s(?:when|if|next)\b
    )""",
    re.I | re.X,
)
_UNFOLD = r"(?:(?:develop|unfold|progress)(?:ed)?|(?:evolve|escalate)d?|come\sabout)"
_TIMELINE = re.compile(
    rf"""{_POLITE}(?:(?:give|write|make|get|show|have|want|build|draw)\s)?(?:(?:me|us)\s)?(?:(?:an?|the)\s)?(?:\w+\s)?
        (?:time\s?line|chronology|(?:sequence|course|order)\sof\sevents|run-?\s?up\sto|history\sof|evolution\sof
        |milestones\s(?:of|in)|(?:(?:key|main|important)\s)?dates\s(?:of|in|for))\b
    | {_POLITE}(?:re)?trace\b
    | \bevents\s(?:leading\sup\sto|before|after|since|of\sthe\slast)\b
    | \b(?:as\sa\s(?:time\s?line|chronology)|in\s(?:(?:chronological|the\sright)\s)?order|in\sdates
        |(?:time\s?line|chronology))\W*$
    | \b(?P<step>day|week|month|year|step)\s(?:by|after)\s(?P=step)\b
    | \bwhat\shappened\swhen\W*$ | \bwhen\sdid\swhat\shappen\b
    | {_POLITE}what\s(?:came|followed)\safter\b
    | \bover\sthe\s(?:days|weeks|months|years)\W*$
    | {_POLITE}since\s[^.?!]{{2,60}}?\swhat\b
    | {_POLITE}(?!(?:who|what|when|where|why|how|is|are|was|were|did|does|do|has|have|had|which|any|latest|newest
        |news|updates?        |total|number|toll|count)\b)
        [\w\s'’-]{{2,60}}?\ssince\s[\w\s]{{2,30}}\W*$
    | \bhow\s(?:did|has|have|had)\s(?:(?!{_UNFOLD})[\w'’-]+\s){{1,8}}+{_UNFOLD}
        (?:\W*$|\s(?:since|from|over|between|in|until|during|after|so)\b)
    | {_POLITE}(?:tell\sme\s)?what(?:\shas|'s|’s|s)?\s(?:\w+\s)?{_HAPPENED}\b[^.?!]{{0,80}}\b(?:since|between|before
        |from|in\sorder)\b
    | {_POLITE}(?:tell\sme\s)?what(?:\shas|'s|’s|s)?\s(?:\w+\s)?(?:happened|changed)\ssince\b""",
    re.I | re.X,
)
_HOW = re.compile(
    r"\W*how\s(?:did|has|have|had)\s(.{2,80}?)\s(?:develop|unfold|evolv|progress|escalat|come\sabout)", re.I
)
_NEW = re.compile(r"(?<!\w)(?:latest|newest|news|new|updates?|recent(?:ly)?|developments?|headlines)(?!\w)", re.I)
_KNOWN = re.compile(
    r"^\W*what\s(?:is|was|did|do|does)\s(?:\w+\s){0,3}?(?:known|know|said|say|reported|report)\s(?=about|of|on)", re.I
)
_BOUND = re.compile(
    r"(?<!\w)(?:(?:between|from)\s.{3,80}?\s(?:and|to|until|till)|since|before|after|until|till|up\sto)\s.{3,80}?\W*$",
    re.I,
)
_MISSED = re.compile(r"(?<!\w)(?:I|we)\s(?:have\s)?miss(?:ed)?(?!\w)", re.I)
_GOES = re.compile(r"(?<!\w)how\s(.{3,60}?)\s(?:works?|ended|ends|began|begins|started|goes|went)\W*$", re.I)
_OF = re.compile(r"^\W*(?:of|for|on|about|in)\s", re.I)
_LEADING = re.compile(
    r"(?<!\w)(?:as\sof|up\sto|on|in|at|by|from|between|since|until|till|before|after|of|during)\s(?:the\s)?$", re.I
)
_FIGURES = re.compile(
    r"""\bhow\s(?:many|much|old|long|far|big|large|high|tall|deep|wide|heavy|strong|fast|often)\b
      | \b(?:what|which)\s(?:percent\w*|number|share|proportion|fraction)\b(?!\s(?:does|do|did|is|was)\b)
      | \b(?:number|percentage|share|total|count|tally|cost|price|height|depth|length|width|size|rate|speed|strength
          |magnitude|value|sum|amount)s?\s(?:of|for|in|at)\b
      | \b(?:new|latest|current|last)\s(?:figures?|counts?|estimates?|totals?|numbers?)\b
      | \b(?:estimates?|figures?)\s(?:of|for)\b
      | \b(?:death\s)?tolls?\b | \bturnout\b | \bcasualt(?:y|ies)\b | \bpolls?\s(?:say|give|show|put)\b
      | \bhow\s(?:did|has|have)\s(?:the\s)?(?:numbers?|figures?|estimates?|tolls?|polls?|prices?|costs?)\b
          .{0,60}\bchanged?\b
      | \b(?:hectares|tonnes|miles|kilometres|per\scent|percent)\W*$""",
    re.I | re.X,
)
_SUMMARY = re.compile(rf"{_POLITE}(?:summari|sum\s|give|overview)", re.I)
# The stems of words that say which form is wanted, and nothing of what it is to be about.
_ASKING = frozenset(
    stem(word)
    for word in """happened happening happen occurred going went gone know known say said report reported tell
    inform brief update updates fill catch give write make get show want need please overview summary summaries
    summarize summarise sum recap
    describe explain situation briefing gist rundown digest background key main points point facts events event
    developments development develop developed unfold unfolded evolve evolved latest newest recent recently news
    headlines headline story stories article articles paper papers archive collection text report reports this it new
    short quick brief general whole timeline chronology chronological sequence course order top everything something
    begin began begun start started end ended far since retrace trace date dates milestone milestones important bits
    step week short nutshell whats what's what’s there anything us so catch today yesterday""".split()
)


def form_of(question: str) -> Form:
    """What an answer to a question is to look like, by its wording alone.

    A "briefing" or a "timeline" is only what asks for the whole of something: what is in doubt is a "sentence".
    """
    if _TIMELINE.search(question):
        return "timeline"
    if asks_number(question) and not _SUMMARY.match(question):
        return "figures"
    return "briefing" if _OVERVIEW.match(question) and not _FACTOID.match(question) else "sentence"


def asks_number(question: str) -> bool:
    """Whether the words of a question ask for a number."""
    return _FIGURES.search(question) is not None


def asks_latest(question: str) -> bool:
    """Whether a question for an overview asks what is new."""
    return _NEW.search(question) is not None


def asks_happened(question: str) -> bool:
    """Whether a question asks what happened, or for news."""
    return re.search(rf"(?<!\w){_HAPPENED}(?!\w)", question, re.I) is not None or asks_latest(question)


def as_read(question: str, *, dated: bool = True) -> str:
    """The question as a Reader knows it: one for a timeline, or for what was known, as one for what happened.

    Args:
        question: as it was typed.
        dated: whether the days that it names stay in it.
    """
    if not dated:
        for moment in reversed(moments(question)):
            before = _LEADING.sub("", question[: moment.start])
            question = f"{before} {question[moment.end :].lstrip(' ,')}".strip()
    if not content_words(question):  # "what is this about?"
        return "What happened?"
    for form, wording in ((_TIMELINE, "What happened in {}?"), (_KNOWN, "Tell me about {}.")):
        match = form.match(question)
        how = _HOW.match(question)
        rest = how[1] if how else _OF.sub("", question[match.end() :]) if match else ""
        if content_words(rest) and "happened" not in question:
            return wording.format(rest.strip(" ?.!"))
    return question


def topic_words(question: str) -> list[str]:
    """The stems of the words that say what an overview is to be about, without dates; none where all is meant."""
    for moment in reversed(moments(question)):
        question = question[: moment.start] + question[moment.end :]
    question = _MISSED.sub("", _GOES.sub(r"\1", question))
    found, alone = (_topic(text) for text in (question, _BOUND.sub("", question)))
    return alone or found


def is_of_event(question: str) -> bool:
    """Whether a question names nothing but the event by which it is bounded: "what happened before the vote?"."""
    return bool(topic_words(question)) and not _topic(_BOUND.sub("", question))


def _topic(text: str) -> list[str]:
    return [word for word in content_words(text) if word not in _ASKING]
