"""The Verifier: whether a statement is supported by the sentences it cites (docs/how-it-works.md)."""

from assistant.verifier.verdict import Fault, FaultKind, Verdict
from assistant.verifier.verifier import Cited, Verifier

__all__ = ["Cited", "Fault", "FaultKind", "Verdict", "Verifier"]
