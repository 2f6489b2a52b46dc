"""What can go wrong with kept conversations."""

from __future__ import annotations

from index.errors import StoreError, UsageError

__all__ = ["ConversationsError", "NoConversationError"]


class ConversationsError(StoreError):
    """The file of conversations cannot be read or written. Questions can still be asked and answered."""


class NoConversationError(UsageError):
    """There is no conversation (or no turn in it) with this number; it may have been deleted."""
