"""Conversations that are kept: in `conversations.db` in the home folder, to be listed, continued, exported, deleted.

```python
from assistant.memory import Conversation, Conversations, as_document, as_html, as_json, as_markdown, sources_now

kept = Conversations(Path(".dateline"), owner=None)          # an owner sees only what is theirs; None sees all
conversation = Conversation()                                # a new one; nothing is kept of it yet

answer = assistant.ask("how many displaced?", conversation.earlier())
conversation = kept.append(conversation, answer)             # keep a turn; `conversation.id` is its number from then on
                                                             # (and `among`, where not all articles were asked)

kept.overviews(limit=50)                                     # list: [Overview(id, title, questions, changed_at, ...)]
kept.search("displac")                                       # [Found], Overviews with turn and excerpt
conversation = kept.get(3)                                   # load, to show or to go on with
kept.rename(3, "Aleppo")
kept.delete(3)

sources_now(answer, assistant)                               # {marker: SourceNow(state, start, end, remark)}

kept.give_feedback(3, turn=1, kind="up")                     # or "down": in place of what was said before
kept.give_feedback(3, turn=1, kind="wrong_citation", marker=2, note="of another year")
kept.take_back(3, turn=1)                                    # the thumb; with marker=2, what was said of that citation
kept.feedback(3)                                             # {turn: [Feedback(kind, marker, note, given_at)]}

as_markdown(conversation, assistant)                         # three exports, as text of a file
as_html(conversation, assistant)
as_json(as_document(conversation, assistant, feedback=kept.feedback(3)))

watches = Watches(Path(".dateline"), owner=None)             # standing questions, of owners in the same way
begin(assistant, "how many displaced?")                      # both from `assistant.memory.asking_again`
ask_again(assistant)                                         # AskedAgain(asked, changed, failed)
watches.latest()                                             # [WatchedAnswer(watch, number, since, differs, answer)]
watches.history(1)                                           # all that question 1 was answered, the latest first
watches.remove(1)
```

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
