"""Keeps every library from calling home. Import this module before any of them: they read these once, at import.

A variable that the user has set stays as it is. onnxruntime 1.28 reports nothing by itself; later releases do, and
obey only a variable that is set before the import. `HF_HUB_OFFLINE` also turns 70 seconds of retries for the name of a
model that is not there into an answer at once.
"""

from __future__ import annotations

import os

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # must be exactly this word
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
