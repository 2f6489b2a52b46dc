"""Conversations that are kept: in `conversations.db` in the home folder, to be listed, continued, exported, deleted.

Standing questions are in the same file. An owner sees only what is theirs; None, as on the command line, sees all.
Turns are numbered 1, 2, ... A conversation that was deleted, or is another owner's, is a `NoConversationError`; a file
that cannot be used is a `ConversationsError`, and questions are answered without it.
"""

from assistant.memory.conversation import (
    Conversation,
    Found,
    Library,
    Overview,
    SourceNow,
    Turn,
    source_now,
    sources_now,
)
from assistant.memory.export import as_document, as_json, as_markdown
from assistant.memory.file import ConversationsError, NoConversationError, NoWatchError
from assistant.memory.page import as_html
from assistant.memory.rows import Feedback, Kind
from assistant.memory.store import Conversations
from assistant.memory.watch import Watch, WatchedAnswer, headline
from assistant.memory.watches import Watches
from assistant.wording import REFUSAL

__all__ = [
    "REFUSAL",
    "Conversation",
    "Conversations",
    "ConversationsError",
    "Feedback",
    "Found",
    "Kind",
    "Library",
    "NoConversationError",
    "NoWatchError",
    "Overview",
    "SourceNow",
    "Turn",
    "Watch",
    "WatchedAnswer",
    "Watches",
    "as_document",
    "as_html",
    "as_json",
    "as_markdown",
    "headline",
    "source_now",
    "sources_now",
]
