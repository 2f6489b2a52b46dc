"""Keeping the stories of a record: an article's names are read once, and who tells what is said anew of all."""

from __future__ import annotations

from index.store.record import Record
from index.store.stories import made_of, put_names, put_stories, tellings, unread
from index.stories import GROUPING, grouped, name_marks

_READ = 8_000  # characters of an article whose names are looked at


def update_stories(record: Record) -> None:
    """Group the articles of a record into stories, unless nothing changed since that was done.

    One article more makes names less rare, and two stories one: so all are grouped again, which keeps the stories the
    same in whatever order articles came, and takes a small part of the time that reading them took.

    Raises:
        StoreError: the record cannot be read or written.
    """
    state = record.state()
    now = f"{GROUPING}/{state.revision}/{state.model}"
    with record.transaction() as db:
        if made_of(db) == now:
            return
        for key, title, body in unread(db):
            put_names(db, key, name_marks(f"{title}.\n{body[:_READ]}").astype("<u4").tobytes())
        put_stories(db, grouped(tellings(db, state.model or "")), now)
