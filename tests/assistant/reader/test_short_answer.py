"""Short answers: whole words, whole quantities, and nothing that hangs open."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.short_answer import whole_answer


def whole(sentence: str, marked: str) -> str | None:
    start = sentence.index(marked)
    found = whole_answer(sentence, (start, start + len(marked)))
    return None if found is None else sentence[slice(*found)]


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("Not a single one of the 40 schools was open.", "40 schools", "Not a single one of the 40 schools"),
        ("Not a single one of the 40 schools was open.", "one of the 40", "Not a single one of the 40 schools"),
        ("Not a single school was open.", "single school", "Not a single school"),
        ("None of the 40 schools was open.", "40", "None of the 40 schools"),
        ("Hardly any of the 40 schools was open.", "40 schools", "Hardly any of the 40 schools"),
        ("Almost all of the 40 schools were open.", "40 schools", "Almost all of the 40 schools"),
        ("Neither of the two men came.", "two men", "Neither of the two men"),
        ("The fire destroyed half of the 300 houses.", "300 houses", "half of the 300 houses"),
        ("The fire destroyed half of the 300 houses.", "half", "half of the 300 houses"),
        ("The fire destroyed half of the 300 houses.", "the 300 houses", "half of the 300 houses"),
        ("All but four of the 27 sailors were saved.", "27 sailors", "All but four of the 27 sailors"),
        ("All but four of the 27 sailors were saved.", "four", "All but four of the 27 sailors"),
        ("Of its 27 sailors, all but two were saved.", "two", "all but two"),
        ("Half of Lille’s 300 houses burned.", "300 houses", "Half of Lille’s 300 houses"),
        ("Two-thirds of the 300 members agreed.", "300 members", "Two-thirds of the 300 members"),
        ("Less than a third of the members came.", "a third", "Less than a third of the members"),
        ("More than 30 of its 300 members came.", "300 members", "More than 30 of its 300 members"),
        ("About 40 percent of the 300 members came.", "300 members", "About 40 percent of the 300 members"),
        ("Nine out of ten villages were cut off.", "ten villages", "Nine out of ten villages"),
        ("One in four voters stayed at home.", "four voters", "One in four voters"),
    ],
)
def test_a_part_is_never_taken_for_the_whole(sentence: str, marked: str, expected: str) -> None:
    assert whole(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("No fewer than 12 people died.", "12", "No fewer than 12 people"),
        ("No fewer than 12 people died.", "12 people", "No fewer than 12 people"),
        ("It took not more than 12 days.", "12", "not more than 12 days"),
        ("As many as 300 members came.", "300", "As many as 300 members"),
        ("It killed just under 12 people.", "12 people", "just under 12 people"),
        ("Well over 1,000 people fled.", "1,000", "Well over 1,000 people"),
        ("An estimated 300 people died.", "300", "An estimated 300 people"),
        ("Between 30 and 40 people died.", "40", "Between 30 and 40 people"),
        ("Between 30 and 40 people died.", "30", "Between 30 and 40 people"),
        ("It grew from 20 to 30 houses.", "30 houses", "from 20 to 30 houses"),
        ("It has 20–30 houses.", "20", "20–30 houses"),
        ("They won 3-2 on Monday.", "2", "3-2"),
    ],
)
def test_a_bound_and_a_range_stay_with_their_number(sentence: str, marked: str, expected: str) -> None:
    assert whole(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("About 14,000 residents fled.", "14,000", "About 14,000 residents"),
        ("About 14,000 residents fled.", "000", "About 14,000 residents"),
        ("About 14,000 displaced residents came.", "14", "About 14,000 displaced residents"),
        ("It cost $4.5 million last year.", "$4.5 million", "$4.5 million"),
        ("It cost $4.5 million last year.", "4", "$4.5 million"),
        ("It cost $4.5 million last year.", "million", "$4.5 million"),
        ("It cost US$6.16 million.", "6.16 million", "US$6.16 million"),
        ("It cost €20 a ticket.", "20", "€20"),
        ("It rose 5.3 percent.", "5.3", "5.3 percent"),
        ("It rose 5.3 per cent.", "5.3", "5.3 per cent"),
        ("It rose 5.3% in May.", "5.3", "5.3%"),
        ("It fell to -5 degrees.", "5", "-5 degrees"),
        ("Twenty-five people came.", "five", "Twenty-five people"),
        ("One and a half million people fled.", "million", "One and a half million people"),
        ("Tens of thousands of people fled.", "thousands", "Tens of thousands of people"),
        ("A few hundred people came.", "hundred people", "A few hundred people"),
        ("She is 34 years old.", "34", "34 years old"),
        ("It was the 30th time.", "30", "30th"),
    ],
)
def test_a_number_is_whole_and_says_what_it_counts(sentence: str, marked: str, expected: str) -> None:
    assert whole(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("It happened in 2024 after the vote.", "2024"),
        ("The army of 2024 soldiers was no more.", "2024"),
        ("On May 12 soldiers fired.", "May 12"),
        ("It happened on May 12, 2024.", "May 12, 2024"),
        ("A Boeing 747 crashed.", "747"),
        ("Article 5 says so.", "5"),
        ("It killed two.", "two"),
        ("It killed two and hurt towns.", "two"),
        ("The quake reached 7.8 on the scale.", "7.8"),
        ("Anna Kern, the mayor", "Anna Kern"),
        ("He spoke about Damascus and 3 towns.", "Damascus and 3 towns"),
        ("On May 12, 300 houses burned.", "300 houses"),
        ("In 2024 300 houses burned.", "300 houses"),
    ],
)
def test_what_is_whole_already_stays(sentence: str, marked: str) -> None:
    assert whole(sentence, marked) == marked


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("He lives in Paris (Texas).", "Paris (Texas", "Paris (Texas)"),
        ("He lives in Paris (Texas).", "(Texas)", "Texas"),
        ("He lives in Paris (Texas) now.", "Texas) now", None),
        ("He said “it is over” and left.", "“it is over", "it is over"),
        ("He said “it is over” and left.", "said “it is over", "said “it is over”"),
        ('He said "it is over" and left.', 'said "it is over', 'said "it is over"'),
        ('He said "it is over," and left.', '"it is over,"', "it is over"),
        ('He said "it is over and left.', 'said "it is over', None),
        ("It was the mayor, Anna Kern, who said so.", ", Anna Kern,", "Anna Kern"),
        ("It was Anna Kern.", "Anna Kern.", "Anna Kern"),
        ("It was over — at last …", "— at last …", "at last"),
        ("It was over.", ".", None),
    ],
)
def test_signs_are_balanced_and_none_stands_at_an_end(sentence: str, marked: str, expected: str | None) -> None:
    assert whole(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("The Ministry said so.", "inist", "Ministry"),
        ("They don't know.", "don", "don't"),
        ("Smith's house burned.", "Smith", "Smith"),
        ("The e\u0301clair won.", "clair", "e\u0301clair"),
        ("The café\u0301 won.", "café", "café\u0301"),
        ("北京大学", "京", "北京大学"),
    ],
)
def test_words_are_taken_whole(sentence: str, marked: str, expected: str) -> None:
    assert whole(sentence, marked) == expected


SIGNS = " \t\r\n.,;:!?()[]{}<>\"'“”‘’«»–—…*_|/"
pieces = st.sampled_from(
    "half of the all but four two no fewer than 12 14,000 $4.5 million not a single one 20-30 between and to people "
    "schools Anna Kern May 2024 % percent ( ) “ ” \" ' , . - – \u0301 é 北".split()
) | st.text(max_size=3)
gaps = st.sampled_from(["", " ", " ", " ", "\n"])


@given(st.data(), st.lists(st.tuples(pieces, gaps), min_size=1, max_size=20))
def test_what_is_left_lies_in_the_sentence_and_is_whole(data: st.DataObject, said: list[tuple[str, str]]) -> None:
    sentence = "".join(piece + gap for piece, gap in said)
    start = data.draw(st.integers(0, len(sentence)))
    end = data.draw(st.integers(start, len(sentence)))
    found = whole_answer(sentence, (start, end))
    if found is None:
        return
    first, last = found
    assert 0 <= first < last <= len(sentence)
    answer = sentence[first:last]
    assert answer[0] not in SIGNS
    assert answer[-1] not in SIGNS or answer[-1] in ')]”»"'
    assert not (first and sentence[first - 1].isalnum() and answer[0].isalnum())
    assert not (sentence[last:][:1].isalnum() and answer[-1].isalnum())
    for opened, closed in ("()", "[]", "“”", "«»"):
        assert answer.count(opened) == answer.count(closed)
    assert answer.count('"') % 2 == 0
    assert whole_answer(sentence, found) is not None


@pytest.mark.parametrize(
    "piece", ["of the ", "half of ", "a", "1", "1,", "(", '"', " ", "12 of the ", "twenty-", "1 of the 1", "\u0301"]
)
def test_no_sentence_takes_long(piece: str) -> None:
    sentence = piece * 5_000
    begun = time.perf_counter()
    for span in ((0, len(sentence)), (len(sentence) // 2, len(sentence) // 2 + 3), (len(sentence) - 3, len(sentence))):
        whole_answer(sentence, span)
    assert time.perf_counter() - begun < 2  # it takes a tenth of that
