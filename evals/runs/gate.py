"""The gate: stops a build whose answers got worse, and says which measure broke."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.errors import GateSettingsError, RunLogError, RunMismatchError
from evals.runs.log import RunLog, log_path, read_log
from evals.runs.outcome import OUTCOMES
from evals.scorers.measures import MEASURES

DEFAULT_RULES = Path(__file__).with_name("gate.yaml")
_VERSION = 1
_SLACK = 1e-9  # 0.85 - 0.835 is a little more than 0.015
_HIGHER = {measure.name: measure.higher_is_better for measure in MEASURES}


class Rules(BaseModel):
    """Floors, ceilings and tolerances, by measure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    floors: dict[str, float] = {}
    ceilings: dict[str, float] = {}
    tolerances: dict[str, float] = {}


def load_rules(path: Path) -> Rules:
    """Read the file of floors and tolerances.

    Raises:
        GateSettingsError: it is missing, is not what it should be, or names a measure that there is not.
    """
    try:
        rules = Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except FileNotFoundError:
        raise GateSettingsError(f"{path}: there is no such file; name the file of floors and tolerances.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise GateSettingsError(f"{path}: is not YAML that can be read; correct it.") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise GateSettingsError(f"{path}: `{name}`: {first['msg']}.") from None
    for name in (*rules.floors, *rules.ceilings, *rules.tolerances):
        if name not in _HIGHER:
            raise GateSettingsError(f"{path}: {name!r} is not a measure; use one of: {', '.join(_HIGHER)}.")
    return rules


def gate(run: RunLog, baseline: dict[str, Any], rules: Rules) -> dict[str, Any]:
    """Hold a run against a baseline.

    Returns:
        `broken` and `held`, each with measure and reason, `not_compared` (measures of the rules that neither has), and
        `worse` and `better`: the questions whose outcome changed.

    Raises:
        RunMismatchError: they are over different questions or articles.
    """
    for name in ("questions", "corpus"):
        if run.head[name]["fingerprint"] != baseline[name]["fingerprint"]:
            raise RunMismatchError(
                f"{run.path}: is over other {'articles' if name == 'corpus' else name} than the baseline; "
                "make a new baseline with `dateline eval baseline`, and say why in the commit."
            )
    values = {name: of["value"] for name, of in (run.summary or {})["measures"].items()}
    before = {name: of["value"] for name, of in baseline["measures"].items()}
    checks: list[dict[str, Any]] = []
    for name, bound in rules.floors.items():
        checks += _bound(name, values, bound, sign=1, word="floor")
    for name, bound in rules.ceilings.items():
        checks += _bound(name, values, bound, sign=-1, word="ceiling")
    for name, tolerance in rules.tolerances.items():
        checks += _tolerance(name, values, before, tolerance)
    named = {*rules.floors, *rules.ceilings, *rules.tolerances}
    now = {record["id"]: record["outcome"] for record in run.records}
    changed = {id_: (was, now[id_]) for id_, was in baseline["outcomes"].items() if now[id_] != was}
    return {
        "run": str(run.path),
        "broken": [check for check in checks if check["broken"]],
        "held": [check for check in checks if not check["broken"]],
        "not_compared": sorted(named - {check["measure"] for check in checks}),
        "worse": {id_: list(change) for id_, change in changed.items() if change[0] in OUTCOMES[:2]},
        "better": {id_: list(change) for id_, change in changed.items() if change[1] in OUTCOMES[:2]},
    }


def write_baseline(run: RunLog, path: Path) -> None:
    """Write the measures and outcomes of a run to a file that is small enough to commit."""
    document = {
        "version": _VERSION,
        "questions": run.head["questions"],
        "corpus": run.head["corpus"],
        "made_with": run.head["made_with"],
        "measures": {
            name: {key: round(value, 6) for key, value in of.items()}
            for name, of in (run.summary or {})["measures"].items()
        },
        "outcomes": {record["id"]: record["outcome"] for record in run.records},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")


def read_baseline(path: Path) -> dict[str, Any]:
    """The baseline in a file that `write_baseline` wrote, or a log taken as one.

    Raises:
        RunLogError: it is missing, damaged, or of another version.
    """
    if path.is_dir() or path.suffix == ".jsonl":
        run = read_log(log_path(path))
        outcomes = {record["id"]: record["outcome"] for record in run.records}
        return {**run.head, "measures": (run.summary or {})["measures"], "outcomes": outcomes}
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = document["version"]
        complete = {"questions", "corpus", "measures", "outcomes"} <= document.keys()
    except FileNotFoundError:
        raise RunLogError(f"{path}: there is no such baseline; make it with `dateline eval baseline`.") from None
    except (ValueError, KeyError, TypeError):
        version, complete = None, False
    if not complete or version != _VERSION:
        raise RunLogError(f"{path}: is not a baseline of this version; make it again with `dateline eval baseline`.")
    return document


def _bound(name: str, values: dict[str, float], bound: float, *, sign: int, word: str) -> list[dict[str, Any]]:
    if name not in values:
        return []
    broken = sign * values[name] < sign * bound - _SLACK
    return [_check(name, broken, f"{values[name]:.4f}, the {word} is {bound:.4f}")]


def _tolerance(name: str, values: dict[str, float], before: dict[str, float], tolerance: float) -> list[dict[str, Any]]:
    if name not in before:
        return []
    if name not in values:
        # Nothing counts for it any more: of the refusals, say, when nothing is refused.
        return [_check(name, True, f"has no value any more, was {before[name]:.4f}")]
    loss = before[name] - values[name] if _HIGHER[name] is not False else values[name] - before[name]
    return [
        _check(
            name, loss > tolerance + _SLACK, f"{values[name]:.4f}, was {before[name]:.4f}, tolerated {tolerance:.4f}"
        )
    ]


def _check(name: str, broken: bool, says: str) -> dict[str, Any]:
    return {"measure": name, "broken": broken, "says": says}
