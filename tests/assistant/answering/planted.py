"""Fiction with claims that are taken back in every way that outlets do it: what was wrong must never be an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Planted:
    """A claim that was taken back.

    Attributes:
        name: which one.
        articles: as records of a JSON-lines file.
        question: whom it would answer.
        wrong: sentences of the articles that say only what was wrong.
        false: the words that are false.
        true: words of what is right; "" where nothing took its place.
    """

    name: str
    articles: tuple[dict[str, str], ...]
    question: str
    wrong: tuple[str, ...]
    false: str
    true: str = ""


# Two places where it was, what happened to how many of what, the number that was wrong, the right one, more of it.
_COUNTS = [
    ("Ostrel", "Dravik", "{} miners died in the fire at the Ostrel mine",
     "How many miners died in the fire at the Ostrel mine?", "Fourteen", "Twelve", "It broke out on the night shift."),
    ("Kelby", "Munt", "{} houses in Kelby lost their roofs in the storm", "How many houses in Kelby lost their roofs?",
     "480", "408", "The wind blew at 130 kilometres an hour."),
    ("Marsten", "Olvik", "{} workers at the Marsten glassworks will lose their jobs",
     "How many workers at the Marsten glassworks will lose their jobs?", "2,300", "230", "The furnace is to be shut."),
    ("Pellow", "Brack", "{} pupils of the Pellow school fell ill after lunch",
     "How many pupils of the Pellow school fell ill?", "Ninety", "Nineteen", "The kitchen has been closed."),
    ("Varde", "Sollin", "{} passengers were on board the Varde ferry when it ran aground",
     "How many passengers were on board the Varde ferry?", "340", "304", "The ferry was bound for the islands."),
    ("Hollow Bay", "Skerry Sound", "{} oil barrels leaked into Hollow Bay",
     "How many oil barrels leaked into Hollow Bay?", "7,000", "700", "Volunteers are cleaning the beaches."),
    ("Tessaly", "Quorn", "{} trees were felled in the Tessaly park", "How many trees were felled in the Tessaly park?",
     "Sixty", "Sixteen", "The council wants a car park there."),
    ("Ludmere", "Aston Ferry", "{} runners took part in the Ludmere marathon",
     "How many runners took part in the Ludmere marathon?", "8,100", "1,800", "It was the third in a row in the rain."),
    ("Grenna", "Toft", "{} sheep drowned when the river Grenna rose",
     "How many sheep drowned when the river Grenna rose?", "Seventy", "Seventeen", "The dikes are old."),
    ("Polvarth", "Inver", "{} people were hurt in the crash on the Polvarth motorway",
     "How many people were hurt in the crash on the Polvarth motorway?", "Thirty", "Thirteen", "There was thick fog."),
]  # fmt: skip


def _report(name: str, title: str, text: str, day: str, source: str = "The Brell Gazette") -> dict[str, str]:
    return {"id": name, "title": title, "text": text, "date": day, "source": source}


def _counts() -> Iterator[Planted]:
    ways = ("not", "told", "foot", "head", "wrongly")
    for n, (place, other, *said) in enumerate(_COUNTS):
        yield _count(place, ways[n % 5], *said)
        yield _count(other, ways[(n + 2) % 5], *(text.replace(place, other) for text in said))


def _count(place: str, way: str, claim: str, question: str, false: str, true: str, more: str) -> Planted:
    title = f"{place}: what we know so far"
    wrong, right = f"{claim.format(false)}.", f"{claim.format(true)}."
    first = _report(f"{place}-0", title, f"{wrong} {more}", "2031-05-02")
    not_so = f"{claim.format(f'{true}, not {false.lower()},')}, the district said."
    told = f"In our report “{title}” we wrote that {claim.format(false.lower())}."
    an_earlier = f"An earlier version of this article said that {claim.format(false.lower())}."
    it_should = f"The right number is {true.lower()}: {claim.format(true.lower())}."
    wrongly = f"The Brell Gazette article wrongly said that {claim.format(false.lower())}."
    ways = {
        "not": [first, _report(f"{place}-1", f"New count in {place}", f"{not_so} {more}", "2031-05-04", "Coast Radio")],
        "told": [first, _report(f"{place}-1", f"Correction: {place}", f"{told} That is wrong. {right}", "2031-05-04")],
        "foot": [_report(f"{place}-0", title, f"{right} {more} {an_earlier}", "2031-05-02")],
        "head": [_report(f"{place}-0", title, f"CORRECTION: {an_earlier} {it_should} {more}", "2031-05-02")],
        "wrongly": [first, _report(f"{place}-1", f"{place} again", f"{wrongly} {right} {more}", "2031-05-05")],
    }
    headed = f"CORRECTION: {an_earlier}"
    return Planted(
        f"{place}, {way}", tuple(ways[way]), question, (wrong, told, an_earlier, headed, wrongly), false, true
    )


# The claim, the question that it answers, and the words that are false.
_CLAIMS = [
    ("The keeper of the Lunden zoo was arrested", "Was the keeper of the Lunden zoo arrested?", "was arrested"),
    ("The mayor of Grist took a bribe from a builder", "Did the mayor of Grist take a bribe?", "took a bribe"),
    ("The Corran dam was built without a licence", "Was the Corran dam built without a licence?", "without a licence"),
    ("The actress Mila Torve has left the Norden theatre", "Has Mila Torve left the Norden theatre?", "has left"),
    ("The bank of Sallow is about to close", "Is the bank of Sallow about to close?", "about to close"),
    ("The striker Jon Hake signed for Velle United", "Whom did Jon Hake sign for?", "Velle United"),
    ("The water of Dunmoor is poisoned with lead", "What is the water of Dunmoor poisoned with?", "with lead"),
    ("General Ruel Astor ordered the shelling of Kamen", "Who ordered the shelling of Kamen?", "Ruel Astor"),
    ("The cellist Ines Morrow died in Paltz", "Where did the cellist Ines Morrow die?", "Paltz"),
    ("The Hexley refinery caught fire because of a cigarette", "Why did the Hexley refinery catch fire?", "cigarette"),
    ("The senator Piet Valk owns a gold mine", "What does the senator Piet Valk own?", "gold mine"),
    ("The tunnel under the Morn strait was sold to a bank", "Who bought the tunnel under the Morn strait?", "a bank"),
]  # fmt: skip


def _claims() -> Iterator[Planted]:
    ways = ("withdrawn", "under", "title", "retracted")
    return (_claim(n, ways[n % 4], *said) for n, said in enumerate(_CLAIMS))


def _claim(n: int, way: str, claim: str, question: str, false: str) -> Planted:
    title, wrong, low = f"{claim}, sources say", f"{claim}.", claim[0].lower() + claim[1:]
    first = _report(f"claim-{n}", title, f"{wrong} A spokesman did not want to speak about it.", "2031-06-01")
    article_said = f"The article said that {low}."
    notices = {
        "withdrawn": (
            f"A report of ours of the {n + 1}th",
            f"The Brell Gazette has withdrawn its report that {low}. There was one source only. We apologise.",
        ),
        "under": (
            f"Withdrawn: “{title}”",
            f"The Brell Gazette has withdrawn an article that it published on Sunday. {article_said} "
            "Neither statement is supported by what we know.",
        ),
        "retracted": (
            "Statement of the editor",
            f"The report that {low} has been retracted. It rested on a forged letter.",
        ),
    }
    articles = (
        [{**first, "title": f"RETRACTED: {title}"}]
        if way == "title"
        else [first, _report(f"claim-{n}-notice", *notices[way], "2031-06-03")]
    )
    return Planted(f"{claim}, {way}", tuple(articles), question, (wrong, article_said), false)


# What happened where, as it was said first and as it was.
_PLACES = [
    ("The tanker burned in the harbour of {}", "In which harbour did the tanker burn?",
     "Oster", "Wester"),
    ("The stolen Brandt painting was found in a barn near {}", "Where was the stolen Brandt painting found?",
     "Hule", "Kint"),
    ("The balloon of the Arden fair came down on {}", "Where did the balloon of the Arden fair come down?",
     "Mill Lane", "Fish Row"),
    ("The vaccine against marsh fever was developed by Professor {}", "Who developed the vaccine against marsh fever?",
     "Ada Quist", "Ida Rahn"),
    ("The Steen prize for novels went to {}", "Who won the Steen prize for novels?",
     "Tor Balk", "Eli Varn"),
    ("The chess final of Ambry was won by {}", "Who won the chess final of Ambry?",
     "Petra Lorn", "Nils Ode"),
    ("The new orchestra hall is to stand in {}", "Where is the new orchestra hall to stand?",
     "Garn Street", "Low Quay"),
    ("The escaped lynx was caught in {}", "Where was the escaped lynx caught?",
     "Hasel Wood", "Birch Wood"),
]  # fmt: skip


def _places() -> Iterator[Planted]:
    for n, (claim, question, false, true) in enumerate(_PLACES):
        title = f"Report {n}: {claim.split(' ')[1]} {claim.split(' ')[2]}"
        wrong, right = f"{claim.format(false)}.", f"{claim.format(true)}."
        low = claim.format(false)[0].lower() + claim.format(false)[1:]
        first = _report(f"place{n}-0", title, f"{wrong} Many came to see it.", "2031-07-01")
        told = f"Our report “{title}” said that {low}."
        an_earlier = f"An earlier version of this article said that {low}."
        ways = [
            [first, _report(f"place{n}-1", f"Correction: {title}", f"{told} That is wrong. {right}", "2031-07-02")],
            [_report(f"place{n}-0", title, f"{right} Many came to see it. {an_earlier}", "2031-07-01")],
        ]
        yield Planted(f"{claim}, {n % 2}", tuple(ways[n % 2]), question, (wrong, told, an_earlier), false, true)


PLANTED = [*_counts(), *_claims(), *_places()]
