"""Answers to keep: one as the seed article gives it, a refusal, and any that there could be."""

from hypothesis import settings
from hypothesis import strategies as st

from assistant import Answer, Citation, Statement
from assistant.answer import Writing

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


def refused(question="who won the cup?"):
    """A refusal with a closest sentence."""
    return Answer(question, question, "not_in_corpus", closest=(citation(NEAR, article_id="river", start=50),))


# Control codes, what turns the reading direction, markup, lone surrogates: all that text can be.
texts = st.text(max_size=40) | st.text("\x1b\x00\u202e\ud800\n\r\t `*_[](){}<>#+-.!|~$&:@=\\1a", max_size=40)
_spans = st.tuples(st.integers(0, 99), st.integers(0, 99))
_statements = st.builds(Statement, texts, st.lists(st.integers(1, 9)).map(tuple), st.none() | _spans, st.booleans())
_citations = st.builds(Citation)
_faults = st.dictionaries(st.sampled_from(["number", "name"]), st.integers(1, 9))
_writings = st.builds(Writing, texts, *[st.integers(0, 9)] * 3, faults=_faults, note=st.none() | texts)
answers = st.builds(
    Answer,
    question=texts,
    standalone_question=texts,
    statements=st.lists(_statements, max_size=3).map(tuple),
    citations=st.lists(_citations, max_size=3).map(tuple),
    closest=st.lists(_citations, max_size=3).map(tuple),
    confidence=st.integers(0, 10_000).map(lambda n: n / 10_000),
    timings_ms=st.dictionaries(st.sampled_from(["search", "read"]), st.integers(0, 99).map(float)),
    writing=st.none() | _writings,
)

any_text = settings(max_examples=60, deadline=None)  # a machine with much to do is slow now and then
