"""A newsroom set of a few made-up articles, as the newsroom set on disk is."""

import gzip
import json
from pathlib import Path
from typing import Any

TOWNS = "Varnholt Elvery Kessing Harle Orrick Marrow Solmouth Denby".split()


def barge(number: int) -> str:
    """What two of the articles are about, so that a search for one finds the other."""
    return f"{('red', 'blue', 'green', 'white')[number % 4]} barge"


def article(number: int) -> dict[str, Any]:
    """Some twenty sentences, one of which has the metres."""
    town = TOWNS[number % len(TOWNS)]
    before = " ".join(f"The people of {town} waited for hour {word} of the night." for word in "one two three".split())
    after = " ".join(f"The council met in hall {word} of the old harbour by the sea." for word in "abcdefghijklmno")
    text = (
        f"{before} The river rose by {100 + number} metres in {town}. The {barge(number)} sank, 77 years old. {after}"
    )
    return {"id": f"wikinews-{number}", "title": f"Flood in {town}", "text": text}


def evidence(held: dict[str, Any], words: str) -> dict[str, Any]:
    start = held["text"].index(words)
    return {"doc_id": held["id"], "start": start, "end": start + len(words), "text": words}


def question(held: dict[str, Any], number: int, **changes: Any) -> dict[str, Any]:
    town, metres = held["title"].removeprefix("Flood in "), str(100 + number)
    item = {
        "id": f"newsroom-a-{number}",
        "question": f"How many metres did the river rise in {town} when the {barge(number)} sank?",
        "type": "fact",
        "context_doc": held["id"],
        "conversation": [],
        "answerable": True,
        "answers": [metres],
        "evidence": [evidence(held, f"The river rose by {metres} metres in {town}.")],
        "short": evidence(held, metres),
        "misleading": None,
    }
    return {**item, **changes}


def write(path: Path, items: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(item) + "\n" for item in items)


def make_data(folder: Path) -> Path:
    """The folder of the sets that a run of training reads, and `titles.json` beside them."""
    articles = [article(number) for number in range(len(TOWNS))]
    newsroom, other = articles[:6], articles[6:]
    said = [
        {"speaker": "user", "text": "Was there a flood?"},
        {"speaker": "agent", "text": "The people waited for hour one of the night. [1]", "articles": ["wikinews-0"]},
    ]
    questions = [question(held, number) for number, held in enumerate(newsroom)]
    near = {"answerable": False, "answers": [], "evidence": [], "short": None}
    questions += [
        question(
            held,
            number,
            **near,
            id=f"newsroom-n-{number}",
            question="How many metres did the lake rise?",
            type="near",
            misleading=evidence(held, f"The river rose by {100 + number} metres"),
        )
        for number, held in enumerate(newsroom)
    ]
    turns = [
        question(held, number, id=f"newsroom-a{number}-c1t2", question="By how much?", type="turn", conversation=said)
        for number, held in enumerate(newsroom)
    ]
    first: dict[str, Any] = {"conversation": [], "short": None, "evidence": [], "answerable": False, "answers": []}
    turns += [
        question(held, number, **first, id=f"newsroom-a{number}-c1t1", type="turn")
        for number, held in enumerate(newsroom)
    ]
    claims = [
        {
            "id": f"newsroom-a-k{number}",
            "question": f"Mayor Anna Kern said the river rose by {100 + number} metres and was over the bank.",
            "answers": ["supported" if number % 2 else "not_supported"],
            "cited": [evidence(held, f"The river rose by {100 + number} metres")],
            "type": "merge" if number % 2 else "num",
            "context_doc": held["id"],
        }
        for number, held in enumerate(newsroom)
    ]
    corpora: dict[str, list[dict[str, Any]]] = {
        "newsroom": newsroom,
        "newsroom_dev": other[:1],
        "wikinews": [{**held, "id": held["id"].removeprefix("wikinews-")} for held in articles],
        "syria_news": [],
        "squad2_dev": [{**articles[0], "title": "Trained"}, {**articles[1], "title": "Measured"}],
    }
    for name, held in corpora.items():
        write(folder / name / "corpus.jsonl.gz", held)
    write(folder / "newsroom" / "questions.jsonl.gz", questions)
    write(folder / "newsroom" / "conversations.jsonl.gz", turns)
    write(folder / "newsroom" / "claims.jsonl.gz", claims)
    write(folder / "squad2_dev" / "questions.jsonl.gz", [*questions[:2], *questions[6:8]])
    (folder / "titles.json").write_text(json.dumps({"train": ["Trained"], "development": ["Measured"]}))
    return folder
