"""Answers to keep: one as the seed article gives it, a refusal, and any that there could be."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from assistant import Answer, Citation, Statement
from assistant.answer import Figure, Notice, Reason, Writing

DISPLACED = "The United Nations estimates that 14,000 residents had to flee."
NEAR = "Four people died in Lower Varn."


def citation(sentence=DISPLACED, *, marker=1, article_id="aleppo", start=924):
    """A citation of a sentence."""
    return Citation(
        marker, article_id, "Aleppo", "2024-11-30", "A paper", "https://news.example/1", start, start + len(sentence),
        sentence,
    )  # fmt: skip


def answered(question="how many displaced?", sentence=DISPLACED, **where):
    """An answer that is one sentence."""
    statement = Statement(sentence, (1,), (0, 3), verbatim=True)
    return Answer(question, question, "answered", (statement,), (citation(sentence, **where),), confidence=0.5)


def tentative(question="how many displaced?", **more):
    """An answer that may be wrong."""
    statement = Statement(DISPLACED, (1,), None, verbatim=True)
    return Answer(question, question, "answered", (statement,), (citation(),), tentative=True, confidence=0.2, **more)


def follow_up(question="and who says so?", earlier="how many displaced?"):
    """An answer to a question that was read with the one before it."""
    return replace(answered(question), standalone_question=f"{earlier} {question}", follow_up_to=earlier)


def refused(question="who won the cup?", reason=None):
    """A refusal with a closest sentence; without a reason as earlier versions kept it."""
    closest = (citation(NEAR, article_id="river", start=50),)
    return Answer(question, question, "not_in_corpus", reason=reason, closest=closest)


def courtesy(question="thanks!"):
    """What is said to somebody who asked nothing."""
    return Answer(question, question, "not_in_corpus", reason=Reason("courtesy", "You are welcome."))


# Control codes, what turns the reading direction, markup, lone surrogates: all that text can be.
texts = st.text(max_size=40) | st.text("\x1b\x00\u202e\ud800\n\r\t `*_[](){}<>#+-.!|~$&:@=\\1a", max_size=40)
_spans = st.tuples(st.integers(0, 99), st.integers(0, 99))
_statements = st.builds(Statement, texts, st.lists(st.integers(1, 9)).map(tuple), st.none() | _spans, st.booleans())
_offsets = st.integers(0, 9_999)
_citations = st.builds(Citation, marker=st.integers(1, 9), start=_offsets, end=_offsets)
_faults = st.dictionaries(st.sampled_from(["number", "name"]), st.integers(1, 9))
_writings = st.builds(Writing, texts, *[st.integers(0, 9)] * 3, faults=_faults, note=st.none() | texts)
_reasons = st.builds(
    Reason,
    st.sampled_from(["nothing_close", "missing", "language", "filtered", "not_answered"]),
    texts.map("No article mentions {}.".format),
    missing=st.lists(texts, max_size=2).map(tuple),
)
_figures = st.builds(
    Figure,
    st.integers(0, 99) | st.sampled_from([0.5, 6.75]),
    texts,
    texts,
    st.none() | st.just("2031-03-09"),
    st.none() | texts,
    st.integers(1, 9),
    st.sampled_from(["latest", "earlier", "disputed", "withdrawn"]),
)
_notices = st.builds(Notice, st.integers(1, 9), st.sampled_from(["corrected", "withdrawn"]), texts, texts)
answers = st.builds(
    Answer,
    question=texts,
    standalone_question=texts,
    status=st.sampled_from(["answered", "not_in_corpus"]),
    figures=st.lists(_figures, max_size=3).map(tuple),
    notices=st.lists(_notices, max_size=3).map(tuple),
    tentative=st.booleans(),
    follow_up_to=st.none() | texts,
    reason=st.none() | _reasons,
    statements=st.lists(_statements, max_size=3).map(tuple),
    citations=st.lists(_citations, max_size=3).map(tuple),
    closest=st.lists(_citations, max_size=3).map(tuple),
    confidence=st.integers(0, 10_000).map(lambda n: n / 10_000),
    timings_ms=st.dictionaries(st.sampled_from(["search", "read"]), st.integers(0, 99).map(float)),
    writing=st.none() | _writings,
)

any_text = settings(max_examples=60, deadline=None)  # a machine with much to do is slow now and then
