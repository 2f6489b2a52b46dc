"""Corrections and withdrawals in headlines and sentences are known, and what only sounds like them is not."""

import pytest

from index.language.retractions import Heading, has_cue, heading_of, quoted, retraction_in


@pytest.mark.parametrize(
    ("title", "kind", "alone"),
    [
        ("Correction: The mayor of Brell", "corrected", True),
        ("CORRECTED: Ferry sinks off Brell", "corrected", True),
        ("Clarification — ferry times", "corrected", True),
        ("Editor's note: our report on the quarry", "corrected", True),
        ("Withdrawn: “Mayor takes a bribe”", "withdrawn", True),
        ("Retraction: quarry report", "withdrawn", True),
        ("Ferry sinks off Brell, nine dead (CORRECTED)", "corrected", False),
        ("RETRACTED Mayor takes a bribe", "withdrawn", False),
    ],
)
def test_headlines(title, kind, alone):
    assert heading_of(title) == Heading(kind, alone)
    assert has_cue(title)


@pytest.mark.parametrize(
    "title", ["Bill withdrawn after protest", "Mayor corrected by a pupil", "A correctional house", "Apology accepted"]
)
def test_other_headlines(title):
    assert heading_of(title) is None


@pytest.mark.parametrize(
    ("text", "kind", "claim", "bare"),
    [
        ("An earlier version of this article said that nine people had died.", "corrected", " that nine", True),
        ("A previous version of this story misstated the name of the ferry.", "corrected", " the name", True),
        ("CORRECTION: An earlier version had the mayor in Hosk.", "corrected", " the mayor", True),
        ("Correction (9 May): we wrote that the quay is closed.", "corrected", " that the quay", True),
        ("Because of an error the article wrongly said that the quay is closed.", "corrected", " that the quay", True),
        ("We incorrectly reported that the school had burned down.", "corrected", " that the school", True),
        ("The driver was wrongly identified as Olen Farr.", "corrected", " as Olen", True),
        ("An earlier version said nine had died; the correct number is seven.", "corrected", " nine had", False),
        ("This article has been corrected.", "corrected", None, False),
        ("The Brell Gazette has withdrawn its report that the mayor was arrested.", "withdrawn", "the mayor", False),
        ("The station retracted the story on Tuesday.", "withdrawn", None, False),
        ("The report that the mayor resigned has been retracted.", "withdrawn", "the mayor", False),
        ("The minister withdrew her statement that the bridge is safe.", "withdrawn", "the bridge", False),
        ("The video has since been taken down." , None, None, False),
    ],
)  # fmt: skip
def test_sentences(text, kind, claim, bare):
    found = retraction_in(text)
    if kind is None:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.bare) == (kind, bare)
    assert (None if found.claim is None else text[found.claim :].startswith(claim)) in (None, True)
    assert (found.claim is None) == (claim is None)


@pytest.mark.parametrize(
    "text",
    [
        "The army has withdrawn its troops from Brell.",
        "The company withdrew its offer on Friday.",
        "She said that the report was ready.",
        "The first version of the bridge was of wood.",
        "He was wrongly convicted of theft.",
        "The court corrected the sentence to two years.",
        "We said goodbye.",
    ],
)
def test_other_sentences(text):
    assert retraction_in(text) is None


def test_within_a_notice_more_is_of_what_was_wrong():
    said = "The article said that the mayor took a bribe."
    assert retraction_in(said) is None
    for claim in (said, "In our report of Sunday we wrote that the quay is closed."):
        found = retraction_in(claim, within=True)
        assert found is not None
        assert found.bare
    judged = retraction_in("That is wrong.", within=True)
    assert judged is not None
    assert judged.judges
    assert retraction_in("That is wrong.") is None
    assert retraction_in("We apologise to the mayor.", within=True) is None


def test_quoted_headlines():
    assert quoted('Under the headline "Mayor takes a bribe" we wrote “no” and «The quay is closed».') == [
        "Mayor takes a bribe",
        "The quay is closed",
    ]
