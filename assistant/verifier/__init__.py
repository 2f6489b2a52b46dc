"""The Verifier: whether a statement is supported by the sentences it cites (docs/how-it-works.md)."""

from assistant.verifier.verifier import Cited, Fault, FaultKind, Verdict, Verifier

__all__ = ["Cited", "Fault", "FaultKind", "Verdict", "Verifier"]
