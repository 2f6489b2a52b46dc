"""What of a conversation a question needs: its exchanges, which search and the network take along, and courtesies."""

from assistant.conversation.courtesy import courtesy, without_preamble
from assistant.conversation.exchanges import Exchange, Turn, exchanges_of

__all__ = ["Exchange", "Turn", "courtesy", "exchanges_of", "without_preamble"]
