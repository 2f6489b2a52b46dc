"""The doctor: compares the parts of a store with each other, says what is wrong, and mends what can be mended."""

from __future__ import annotations

from index.doctor.diagnosis import Diagnosis, Finding
from index.doctor.examining import examine, mend

__all__ = ["Diagnosis", "Finding", "examine", "mend"]
