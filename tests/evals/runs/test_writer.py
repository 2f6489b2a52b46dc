"""The plain check finds what is missing as a string, and nothing else."""

import pytest

from evals.runs.writer import missing

SOURCE = ["About 14,000 people fled on Monday, “a tragedy,” he said.", "Two-thirds of 301 came back on 5 March 2024."]


@pytest.mark.parametrize(
    "statement",
    [
        "14,000 fled on Monday.",
        "14000 fled.",
        "Two-thirds of 301 came back.",
        'He called it "a tragedy".',
        "They came back on March 5, 2024.",
        "They fled.",
    ],
)
def test_there(statement):
    assert missing(statement, SOURCE) == {}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("14 fled.", {"number": ["14"]}),
        ("4,000 fled.", {"number": ["4,000"]}),
        ("Three fled.", {"number": ["three"]}),
        ("They fled on Tuesday.", {"date": ["tuesday"]}),
        ("They fled in April.", {"date": ["april"]}),
        ("He called it “a triumph”.", {"quotation": ["a triumph"]}),
        ('He said "it was me', {"quotation": ["it was me"]}),
    ],
)
def test_missing(statement, expected):
    assert missing(statement, SOURCE) == expected
