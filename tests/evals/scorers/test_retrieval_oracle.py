"""Our three-line retrieval measures against ir-measures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.scorers.retrieval import ndcg, reciprocal_rank


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=10), st.integers(0, 5))
def test_as_ir_measures_says(relevant, missed):
    library = pytest.importorskip("ir_measures", exc_type=ImportError)
    if not any(relevant) and not missed:
        return
    qrels = [library.Qrel("q", f"d{n}", 1) for n, of in enumerate(relevant) if of]
    qrels += [library.Qrel("q", f"missed{n}", 1) for n in range(missed)]
    run = [library.ScoredDoc("q", f"d{n}", float(100 - n)) for n in range(len(relevant))]
    measures = [library.nDCG @ 10, library.RR, library.Success @ 3, library.R @ 10]
    found = library.calc_aggregate(measures, qrels, run)
    existing = sum(relevant) + missed
    assert ndcg(relevant, existing, 10) == pytest.approx(found[measures[0]])
    assert reciprocal_rank(relevant) == pytest.approx(found[measures[1]])
    assert float(any(relevant[:3])) == found[measures[2]]
    assert sum(relevant) / existing == pytest.approx(found[measures[3]])
