"""What the files of the corpus are made with."""

import csv
import io
import json
from typing import NamedTuple

from tests.index.files.stories import Story


class File(NamedTuple):
    """A file and what is right for it.

    Attributes:
        stories: the reports in it; of none that is not here anything may be stored.
        fault: what is said of it, or of a part of it, as skipped; None if nothing is.
        note: what is said of it besides.
        dated: whether the days of its reports are known.
        is_read: False for a file that is only counted.
        warning: what is said of what its reports are kept without.
    """

    name: str
    data: bytes
    stories: tuple[Story, ...] = ()
    fault: str | None = None
    note: str | None = None
    dated: bool = True
    is_read: bool = True
    warning: str | None = None


def one(name, make, new, **right):
    one = new()
    made = make(one)
    return File(name, made if isinstance(made, bytes) else made.encode(), (one,), **right)


def several(name, make, new, number=3, **right):
    some = tuple(new() for _ in range(number))
    made = make(some)
    return File(name, made if isinstance(made, bytes) else made.encode(), some, **right)


def table(stories, names, mark=",", *, extra=None, quoting=csv.QUOTE_MINIMAL, end="\r\n", body=None, day=str):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=end)
    writer.writerow([*names, *(extra or {})])
    for number, one in enumerate(stories):
        values = {
            "title": one.title,
            "text": body(one) if body else one.body,
            "date": day(one.day),
            "source": one.source,
            "url": one.url,
            "id": str(number),
            "author": "FOREIGN author",
        }
        writer.writerow([*(values[field] for field in names.values()), *(extra or {}).values()])
    return out.getvalue()


KAGGLE = {"title": "title", "content": "text", "date": "date", "author": "author", "publication": "source"}


UPPER = {"Headline": "title", "Body": "text", "Published At": "date", "Link": "url", "Outlet": "source"}


def items(stories, **names):
    return [
        {
            names.get(field, field): value
            for field, value in {
                "title": s.title,
                "text": s.body,
                "date": f"{s.day}T08:00:00Z",
                "url": s.url,
                "source": s.source,
            }.items()
        }
        for s in stories
    ]


def lines(items):
    return "".join(json.dumps(item) + "\n" for item in items)


def quoting(one):
    return one._replace(
        paragraphs=(*one.paragraphs, "“It’s the café’s “first” day in São Paulo – at last,” the mayor said.")
    )
