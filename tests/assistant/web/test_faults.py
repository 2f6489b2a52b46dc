"""What a page says of an error: what to do, and nothing of where the server keeps its files."""

import pytest

from assistant.memory import ConversationsError
from assistant.web.faults import told, without_places
from index.errors import LockedError, StoreError, UsageError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LockedError("/srv/news room/home: process 7 is writing; wait."), "Home: process 7 is writing; wait."),
        (ConversationsError("/srv/a/conversations.db: the disk is full."), "Conversations.db: the disk is full."),
        (UsageError("there is no file /srv/a/uploads/x.txt (or folder)."), "There is no file x.txt (or folder)."),
        (UsageError("C:\\Users\\maria\\home: is locked."), "Home: is locked."),
        (StoreError("/srv/a: broken"), "The store cannot be used now; the server's log says why."),
    ],
)
def test_no_place_of_the_server_is_told(error: Exception, said: str) -> None:
    assert told(error) == said


@pytest.mark.parametrize("line", ["read and/or https://news.example/a/b", "/api/docs says what there is.", "1/2 of it"])
def test_what_is_no_place_stays(line: str) -> None:
    assert without_places(line) == line
