"""From a question and its conversation to a question that stands alone, and the passages to read for it.

By rule alone: nothing here writes, and a question that needs no conversation is never changed.
"""

from assistant.conversation.exchanges import Turn
from assistant.conversation.search import search
from assistant.conversation.standalone import Standalone, stand_alone

__all__ = ["Standalone", "Turn", "search", "stand_alone"]
