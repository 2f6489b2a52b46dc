"""Progress where nobody looks at a terminal: few lines, with a rate and the time left."""

from assistant.cli.terminal import PlainProgress


def test_a_stage_is_named_once_and_spoken_of_every_half_minute():
    lines: list[str] = []
    now = [0.0]
    progress = PlainProgress(lines.append, lambda: now[0])
    for done in range(101):
        progress("Reading", done, 100)
        now[0] += 1.0
    assert lines == [
        "Reading (100) ...\n",
        "Reading: 30 of 100, 1.0 a second, 1 min 10 s left\n",
        "Reading: 60 of 100, 1.0 a second, 40 s left\n",
        "Reading: 90 of 100, 1.0 a second, 10 s left\n",
    ]


def test_a_stage_that_begins_again_has_its_own_rate():
    lines: list[str] = []
    now = [0.0]
    progress = PlainProgress(lines.append, lambda: now[0])
    for total in (20, 80):
        for done in range(total):
            progress("Articles of one file", done, total)
            now[0] += 1.0
    assert lines == [
        "Articles of one file (20) ...\n",
        "Articles of one file: 10 of 80, 1.0 a second, 1 min 10 s left\n",
        "Articles of one file: 40 of 80, 1.0 a second, 40 s left\n",
        "Articles of one file: 70 of 80, 1.0 a second, 10 s left\n",
    ]


def test_what_is_done_at_once_is_not_spoken_of():
    lines: list[str] = []
    PlainProgress(lines.append, lambda: 0.0)("Reading", 3, 3)
    assert lines == []
