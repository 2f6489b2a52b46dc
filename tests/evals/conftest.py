"""What the tests of evaluations share: an invented corpus in memory, and runs over real indexes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.runs.log import LOG_NAME, RunLog
from evals.runs.run import Plan, run

ARCHIVE = Path(__file__).parents[2] / "evals" / "archive"
EVERY = 29  # of the archive's questions: one of almost every type, in a few seconds


@pytest.fixture(scope="session")
def eval_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a home folder in which corpora are indexed once for all tests."""
    return Settings.load({}, home=tmp_path_factory.mktemp("evals") / "home")


@pytest.fixture(scope="session")
def some_questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every twenty-ninth question on the invented archive."""
    lines = (ARCHIVE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path_factory.mktemp("set") / "questions.jsonl"
    path.write_text("\n".join(lines[::EVERY]), encoding="utf-8")
    assert any(not json.loads(line)["answerable"] for line in lines[::EVERY])
    return path


@pytest.fixture(scope="session")
def archive_plan(some_questions: Path) -> Plan:
    """A run over these questions."""
    return Plan(some_questions, ARCHIVE / "corpus.jsonl", workers=2)


class Interruption:
    """Stops a run, as Ctrl-C does, when so many questions are answered."""

    def __init__(self, after: int) -> None:
        self.after = after

    def __call__(self, stage: str, done: int, _total: int) -> None:
        if stage == "Asking" and done == self.after:
            raise KeyboardInterrupt


@pytest.fixture(scope="session")
def interrupted(archive_plan: Plan, eval_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A run that was stopped in the middle, while it wrote a line."""
    plan = replace(archive_plan, out=tmp_path_factory.mktemp("interrupted"))
    with pytest.raises(KeyboardInterrupt):
        run(plan, eval_settings, Interruption(after=5))
    assert plan.out is not None
    with (plan.out / LOG_NAME).open("a", encoding="utf-8") as file:
        file.write('{"kind": "question", "id": "half a li')
    return plan


@pytest.fixture(scope="session")
def again(interrupted: Plan, eval_settings: Settings) -> RunLog:
    """The same run a second time: the interrupted one, continued."""
    assert interrupted.out is not None
    before = (interrupted.out / LOG_NAME).read_bytes()
    log = run(interrupted, eval_settings)
    kept = before[: before.rfind(b"\n") + 1]
    assert kept.count(b"\n") >= 6  # the head and five questions
    assert log.path.read_bytes().startswith(kept)
    return log


@pytest.fixture(scope="session")
def archive_run(archive_plan: Plan, eval_settings: Settings) -> RunLog:
    """Its log, never interrupted."""
    return run(archive_plan, eval_settings)
