"""What a client learns of an error: what to do, and nothing of where the server keeps its files."""

import pytest

from assistant.http.errors import as_http_error, without_places
from assistant.memory import ConversationsError, NoConversationError
from index.errors import LockedError, StoreError, UsageError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LockedError("/srv/news room/home: process 7 is writing; wait."), "home: process 7 is writing; wait."),
        (ConversationsError("/srv/a/conversations.db: the disk is full."), "conversations.db: the disk is full."),
        (UsageError("there is no file /srv/a/uploads/x.txt (or folder)."), "there is no file x.txt (or folder)."),
        (UsageError("C:\\Users\\maria\\home: is locked."), "home: is locked."),
        (NoConversationError("there is no conversation 7."), "there is no conversation 7."),
        (StoreError("/srv/a: broken"), "the store cannot be used now; the server's log says why."),
    ],
)
def test_no_place_of_the_server_is_told(error: Exception, said: str) -> None:
    assert as_http_error(error).detail == said


@pytest.mark.parametrize("line", ["read and/or https://news.example/a/b", "/api/docs says what there is.", "1/2 of it"])
def test_what_is_no_place_stays(line: str) -> None:
    assert without_places(line) == line
