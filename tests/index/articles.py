"""Small invented articles for the tests of the store."""

import json
from collections.abc import Mapping
from pathlib import Path

FLOOD = "Flood in Varn\nThe river Soll rose by two metres on Monday. Four people died in Lower Varn. The sirens failed."
STRIKE = "Dockers strike\nDockers in Harle stopped work on Tuesday. Their union wants a rise of six percent."
VOTE = "Vote in Osterland\nOsterland votes on Sunday. Polls give Mara Ellin a lead of three points."


def write(folder: Path, **texts: str) -> Path:
    """A folder with one .txt file for each keyword."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def lines(path: Path, *articles: Mapping[str, object]) -> Path:
    """A JSON-lines file."""
    path.write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    return path
