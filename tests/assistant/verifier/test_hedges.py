"""Hedges, negations, opposites: none is lost, none invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verifier.hedges import changed_bounds, changed_certainty
from assistant.verifier.negations import changed_negations, opposites

BOUNDS_KEPT = [
    ("About 14,000 fled.", "Approximately 14,000 fled."),
    ("About 14,000 fled.", "Nearly 14,000 fled."),
    ("At least 14 died.", "No fewer than 14 died."),
    ("More than 14 died.", "Over 14 died."),
    ("Up to 14 died.", "At most 14 died."),
    ("14 or more died.", "At least 14 died."),
    ("14 died.", "14 died."),
    ("14 died.", "At least 14 died; later it was said that 14 died."),
    ("About 66 percent of it fell.", "Roughly 66% of it fell."),
]
BOUNDS_CHANGED = [
    ("14,000 fled.", "Approximately 14,000 fled."),
    ("About 14,000 fled.", "14,000 fled."),
    ("14 died.", "At least 14 died."),
    ("At least 14 died.", "Up to 14 died."),
    ("Nearly 14,000 fled.", "About 14,000 fled."),
    ("More than 14 died.", "14 died."),
    ("Two-thirds fell.", "Roughly two-thirds fell."),
    ("$5 million was lost.", "Up to $5 million was lost."),
]
CERTAINTY_CHANGED = [
    ("He killed the mayor.", "He allegedly killed the mayor."),
    ("The killer was arrested.", "The alleged killer was arrested."),
    ("The ban will hurt trade.", "The ban may hurt trade."),
    ("He stole the car.", "He is accused of stealing the car."),
    ("He may resign.", "He will resign on Monday."),
    ("He reportedly resigned.", "He resigned on Monday."),
    ("Sanctions hurt exports.", "Sanctions could hurt exports."),
]
CERTAINTY_KEPT = [
    ("He may have killed the mayor.", "He allegedly killed the mayor."),
    ("He is said to be suspected of theft.", "Police suspect him of theft."),
    ("He was arrested.", "He was arrested, and may face charges."),
    ("He died in May.", "In May he died."),
    ("He resigned.", "He resigned; it was possible that he would."),
]
NEGATION_CHANGED = [
    ("He attacked the city.", "He did not attack the city."),
    ("He did not attack the city.", "He attacked the city."),
    ("He was involved.", "He denied being involved."),
    ("Nobody died in the attack.", "Two people died in the attack."),
    ("He never resigned.", "He resigned, and said he was not sad."),
    ("They agreed to talks.", "They refused to agree to talks."),
    ("He can win.", "He can’t win."),
]
NEGATION_KEPT = [
    ("He did not attack.", "He didn’t attack the city."),
    ("He denied that he attacked.", "He has denied that he attacked."),
    ("He attacked the city.", "He attacked the city, but did not take it."),
    ("No fewer than 14 died.", "At least 14 died."),
    ("Not only he left.", "He left, and she as well."),
]
OPPOSITE = [
    ("Prices rose.", "Prices fell."),
    ("Arsenal lost the final.", "Arsenal won the final."),
    ("He was acquitted.", "He was convicted."),
    ("28 people were injured.", "28 people were killed."),
    ("The lowest since 2008.", "The highest since 2008."),
    ("The vote was before the strike.", "The vote was after the strike."),
]


@pytest.mark.parametrize(("statement", "source"), BOUNDS_KEPT)
def test_bounds_that_are_kept(statement, source):
    assert changed_bounds(statement, [source]) == []


@pytest.mark.parametrize(("statement", "source"), BOUNDS_CHANGED)
def test_bounds_that_change(statement, source):
    assert changed_bounds(statement, [source]) != []


@pytest.mark.parametrize(("statement", "source"), CERTAINTY_CHANGED)
def test_hedges_lost_or_invented(statement, source):
    assert changed_certainty(statement, [source]) != []


@pytest.mark.parametrize(("statement", "source"), CERTAINTY_KEPT)
def test_hedges_that_are_kept_or_belong_to_something_else(statement, source):
    assert changed_certainty(statement, [source]) == []


@pytest.mark.parametrize(("statement", "source"), NEGATION_CHANGED)
def test_negations_lost_or_invented(statement, source):
    assert changed_negations(statement, [source]) != []


@pytest.mark.parametrize(("statement", "source"), NEGATION_KEPT)
def test_negations_that_are_kept_or_belong_to_something_else(statement, source):
    assert changed_negations(statement, [source]) == []


@pytest.mark.parametrize(("statement", "source"), OPPOSITE)
def test_opposites(statement, source):
    assert opposites(statement, [source]) != []
    assert opposites(source, [source]) == []


@given(st.text(max_size=80))
def test_any_text_supports_itself(text):
    for check in (changed_bounds, changed_certainty, changed_negations, opposites):
        assert check(text, [text]) == []
