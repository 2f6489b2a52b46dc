"""The example of an answer in the description of the API: what the article that comes with the project says."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["ANSWER", "ARTICLE_ID", "CONVERSATION_STREAM", "STREAM"]

ARTICLE_ID = "000_498ac0c67ef683ba"

_SENTENCE = (
    "The United Nations estimates that the ongoing violence has forced approximately 14,000 residents to flee their "
    "homes in recent days."
)
_CITATION = {
    "marker": 1,
    "article_id": ARTICLE_ID,
    "title": "Russian and Syrian Airstrikes Target Aleppo Amid Rebel Offensive",
    "date": None,
    "source": None,
    "url": None,
    "start": 924,
    "end": 1056,
    "sentence": _SENTENCE,
}
_STATEMENT = {"text": _SENTENCE, "citations": [1], "span": [66, 96], "verbatim": True, "day": None}

ANSWER: dict[str, Any] = {
    "question": "how many displaced?",
    "standalone_question": "how many displaced?",
    "status": "answered",
    "answer": f"{_SENTENCE} [1]",
    "short_answer": "approximately 14,000 residents",
    "statements": [_STATEMENT],
    "citations": [_CITATION],
    "form": "sentence",
    "figures": [],
    "notices": [],
    "period": None,
    "tentative": False,
    "follow_up_to": None,
    "reason": None,
    "closest": [],
    "confidence": 0.93,
    "timings_ms": {"search": 4.1, "read": 38.0, "total": 42.1},
}

STREAM: dict[str, Any] = {
    "schema": {
        "type": "object",
        "description": "One event; `data` is a JSON document.",
        "required": ["event", "data"],
        "properties": {
            "event": {"type": "string", "enum": ["statement", "answer", "error"]},
            "data": {"type": "string", "contentMediaType": "application/json"},
        },
    },
    "example": ": still looking\n\n"
    f"event: statement\ndata: {json.dumps({**_STATEMENT, 'sources': [_CITATION]})}\n\n"
    f"event: answer\ndata: {json.dumps(ANSWER)}\n\n",
}

_KEPT = {"conversation": 1, "title": "how many displaced?", "turn": 1, "note": None}

CONVERSATION_STREAM: dict[str, Any] = {
    "schema": {
        **STREAM["schema"],
        "properties": {
            **STREAM["schema"]["properties"],
            "event": {"type": "string", "enum": ["statement", "answer", "kept", "related", "error"]},
        },
    },
    "example": f"event: answer\ndata: {json.dumps({**ANSWER, 'markdown': []})}\n\n"
    f"event: kept\ndata: {json.dumps(_KEPT)}\n\n"
    f"event: related\ndata: {json.dumps({'questions': ['Who is Rami Abdel Rahman?']})}\n\n",
}
