"""The Verifier: by rule, whether a statement is supported by the sentences it cites (docs/how-it-works.md)."""

from assistant.verifier.verdict import SUPPORT_THRESHOLD, Fault, FaultKind, Verdict, Verifier

__all__ = ["SUPPORT_THRESHOLD", "Fault", "FaultKind", "Verdict", "Verifier"]
