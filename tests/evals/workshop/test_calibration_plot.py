"""The drawings of a Reader's calibration: one line for each set, within the frame, and names that are text."""

from xml.etree import ElementTree

from evals.workshop.calibration_plot import refusals, reliability

CURVES = [
    {
        "set": name,
        "reliability": [{"confidence": 0.0, "right": 0.0}, {"confidence": 1.0, "right": 1.0}],
        "refusals": [[0.05, 1.0, 0.0], [0.5, 0.75, 0.5], [0.95, 0.25, 1.0]],
    }
    for name in ("one, searched", "two <b>, given")
]


def lines(svg: str) -> list[list[tuple[float, float]]]:
    root = ElementTree.fromstring(svg)
    found = [one.attrib["points"].split() for one in root.iter("{http://www.w3.org/2000/svg}polyline")]
    return [[(float(x), float(y)) for x, y in (point.split(",") for point in points)] for points in found]


def test_a_confidence_that_is_always_right_runs_along_the_diagonal() -> None:
    drawn = lines(reliability(CURVES))
    assert len(drawn) == 2
    (left, bottom), (right, top) = drawn[0]
    assert right - left == bottom - top > 0


def test_refusals_go_by_recall_to_the_right_and_precision_upwards() -> None:
    drawn = lines(refusals(CURVES))[1]
    assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)
    assert [y for _, y in drawn] == sorted(y for _, y in drawn)


def test_names_are_text() -> None:
    assert "two &lt;b&gt;" in reliability(CURVES)
