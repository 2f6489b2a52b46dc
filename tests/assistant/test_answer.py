"""One description of an Answer: the document, its description and what is read back are the fields."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Citation, Figure, Notice, Period, Reason, Statement, Writing
from tests.assistant.memory.samples import answered, answers, any_text, refused

WHOLE = (
    '{"question": "how many displaced?", "standalone_question": "how many displaced?", "status": "answered", '
    '"answer": "The United Nations estimates that 14,000 residents had to flee. [1]", "short_answer": "The", '
    '"statements": [{"text": "The United Nations estimates that 14,000 residents had to flee.", "citations": [1], '
    '"span": [0, 3], "verbatim": true, "day": null}], '
    '"citations": [{"marker": 1, "article_id": "aleppo", '
    '"title": "Aleppo", "date": "2024-11-30", "source": "A paper", "url": "https://news.example/1", "start": 924, '
    '"end": 987, '
    '"sentence": "The United Nations estimates that 14,000 residents had to flee."}], "form": "sentence", '
    '"figures": [], "notices": [], "period": null, "tentative": false, "follow_up_to": null, "reason": null, '
    '"closest": [], '
    '"confidence": 0.1235, "timings_ms": {"search": 4.1}}'
)


def test_the_document_to_the_byte():
    answer = replace(answered(), confidence=0.123456, timings_ms={"search": 4.0512})
    assert json.dumps(answer.to_dict()) == WHOLE
    writing = Writing("gguf:a", kept=1, faults={"number": 2})
    assert json.dumps(replace(answer, writing=writing).to_dict()) == (
        f'{WHOLE[:-1]}, "writing": {{"writer": "gguf:a", "kept": 1, "replaced": 0, "dropped": 0, '
        '"faults": {"number": 2}, "note": null}}'
    )
    figures = [Figure(value, "x", "", None, None, 1).to_dict()["value"] for value in (38.0, 0.5, 7)]
    assert json.dumps(figures) == "[38, 0.5, 7]"
    period = Period(None, "2031-03-04", "published", "articles up to 4 March 2031")
    assert json.dumps(replace(answer, period=period).to_dict()["period"]) == (
        '{"from": null, "to": "2031-03-04", "basis": "published", "text": "articles up to 4 March 2031"}'
    )
    reason = refused(reason=Reason("missing", "No article mentions Gaza.", missing=("Gaza",))).to_dict()["reason"]
    assert json.dumps(reason) == '{"kind": "missing", "missing": ["Gaza"], "text": "No article mentions Gaza."}'


@any_text
@given(answers)
def test_what_is_written_is_read_back(answer):
    document = json.loads(json.dumps(answer.to_dict()))
    assert Answer.from_dict(document) == answer
    assert Answer.from_dict(document).to_dict() == document


def test_what_follows_from_the_statements_cannot_be_told():
    untrue = {"answer": "The moon is cheese. [1]", "text": "It is cheese.", "short_answer": "cheese"}
    answer = Answer.from_dict({**answered().to_dict(), **untrue})
    assert (answer.text, answer.short_answer) == (answered().text, "The")
    assert replace(answer, statements=()).text == ""


@pytest.mark.parametrize("kind", [Answer, Citation, Figure, Notice, Period, Reason, Statement, Writing])
def test_every_field_is_described(kind):
    schema = TypeAdapter(kind).json_schema(mode="serialization")
    assert schema["description"] == kind.__doc__
    names = {Answer: {"text": "answer"}, Period: {"first": "from", "last": "to"}}.get(kind, {})
    assert set(schema["properties"]) == {names.get(f.name, f.name) for f in fields(kind) if f.name != "sources"}
    plain = {"article_id", "title", "sentence"} if kind is Citation else {"text"} if kind is Statement else set()
    assert {name for name, each in schema["properties"].items() if "description" not in each} == plain


@pytest.mark.parametrize("document", [{}, [], "x", {**answered().to_dict(), "statements": [1]}])
def test_what_is_no_answer(document):
    with pytest.raises(ValidationError):
        Answer.from_dict(document)
