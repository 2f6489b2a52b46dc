"""Updates that are killed at random moments: `python -m evals.workshop.bench.crash [--kills 200] [--seed 1]`.

A folder of invented articles is edited at random, and `index_paths` is killed (SIGKILL) while it follows. The next
process looks at what is left before it goes on: every article must be there once, as it was before or as it is now, and
no search may cite anything else; `examine` must find the store sound. With `--power-cuts`, every fourth time the
process is stopped instead, its store copied without the last bytes of SQLite's journal, and the copy is used from then
on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from index import Searcher, index_paths, load_embedding
from index.doctor import examine
from index.embedding import Embedding
from index.errors import DatelineError, NoIndexError
from index.store.reading import RECORD_NAME
from index.vectors import building

States = dict[str, set[str | None]]
"""The texts that an article may have, by id; None where it may be missing."""

_STAGES = ("opening the store", "reading, embedding, storing", "vector index")
_SUBJECTS = ("river", "mayor", "dockers", "council", "school", "harvest", "bridge", "hospital", "theatre", "station")
_PLACES = ("Varn", "Harle", "Soll", "Torven", "Mirr", "Ostfeld", "Lund", "Karst")
_CHANGED = 0.15  # the share of the articles that each update edits, removes and adds
_CUT = 4096  # bytes of the journal that a power cut takes at most


@dataclass(slots=True)
class Tally:
    """What came of the trials.

    Attributes:
        kills: how many processes were killed, by what they were doing.
        cuts: how many stores were copied as by a power cut.
        restarts: how many processes found what was left, and finished it.
        faults: everything that was not as it must be.
    """

    kills: Counter[str] = field(default_factory=Counter)
    cuts: int = 0
    restarts: int = 0
    faults: list[str] = field(default_factory=list)


class Crashes:
    """Trials on one store.

    Args:
        folder: an empty folder for the articles and the store.
        articles: how many articles there are at first.
        seed: of everything that is random but the moment of a kill, which depends on the machine.
        power_cuts: whether every fourth trial is a power cut.
    """

    def __init__(self, folder: Path, *, articles: int, seed: int, power_cuts: bool = False) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.tally = Tally()
        self._random = random.Random(seed)  # noqa: S311
        self._power_cuts = power_cuts
        self._written = 0
        self._texts: dict[str, str] = {}
        self._states: States = {}
        self._duration = 1.0
        # Started once with everything imported, so that a trial costs no more than what it tries.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["index", "index.doctor", "chromadb", "onnxruntime"])
        (folder / "news").mkdir(parents=True)
        for number in range(articles):
            self._write(f"a{number}")

    def run(self, kills: int, progress: Callable[[Tally], None] | None = None) -> Tally:
        """Kill so many updates; every second one is followed by one that comes to its end.

        Args:
            kills: how many, power cuts included.
            progress: called after each.
        """
        self._trial(kill=False)
        while self.tally.kills.total() + self.tally.cuts < kills:
            self._change()
            self._trial(kill=True)
            if progress:
                progress(self.tally)
            if self._random.random() < 0.5:
                self._trial(kill=False)
        self._trial(kill=False)
        return self.tally

    def _change(self) -> None:
        """Edit, remove and add some articles."""
        ids = sorted(self._texts)
        for article_id in self._random.sample(ids, int(_CHANGED * len(ids))):
            self._write(article_id)
        for article_id in self._random.sample(ids, int(_CHANGED * len(ids))):
            (self.folder / "news" / f"{article_id}.txt").unlink()
            del self._texts[article_id]
        for _ in range(int(_CHANGED * len(ids))):
            self._write(f"b{self._written}")

    def _write(self, article_id: str) -> None:
        self._written += 1
        pick = self._random.choice
        sentences = [f"The {pick(_SUBJECTS)} of {pick(_PLACES)} cost {self._random.randrange(10**6)} crowns."]
        sentences += [f"Version {self._written} of this report was filed in {pick(_PLACES)}." for _ in range(3)]
        text = f"{pick(_SUBJECTS).title()} in {pick(_PLACES)}\n{' '.join(sentences)}"
        (self.folder / "news" / f"{article_id}.txt").write_text(text, encoding="utf-8")
        self._texts[article_id] = text

    def _trial(self, *, kill: bool) -> None:
        """One process: it checks what is there, then updates, and is killed at that or checks again."""
        new: States = {i: {text} for i, text in self._texts.items()}
        ours, theirs = self._context.Pipe()
        stage = self._context.Value("i", 0)
        arguments = (self.home, self.folder / "news", self._states, new, theirs, stage)
        process = self._context.Process(target=_update, args=arguments)
        process.start()
        theirs.close()
        self._note("after a restart", ours.recv())
        ours.send("go")
        if kill:
            time.sleep(self._random.uniform(0, 1.1 * self._duration))
            self._stop(process.pid or 0, _STAGES[stage.value], alive=not ours.poll())
        else:
            self._note("at the end", ours.recv())
            # How long it takes without a kill says when to kill the next one.
            self._duration = ours.recv()
            self.tally.restarts += 1
        process.join()
        ours.close()
        before: States = {i: states | new.get(i, {None}) for i, states in self._states.items()}
        self._states = new if not kill else {**{i: states | {None} for i, states in new.items()}, **before}

    def _stop(self, pid: int, stage: str, *, alive: bool) -> None:
        if not alive:  # it came to its end before
            return
        if self._power_cuts and self.tally.cuts < self.tally.kills.total() // 3:
            _signal(pid, signal.SIGSTOP)
            copy = self.folder / f"copy{self.tally.cuts}"
            shutil.copytree(self.home, copy)
            _signal(pid, signal.SIGKILL)
            shutil.rmtree(self.home)
            copy.rename(self.home)
            journal = self.home / f"{RECORD_NAME}-wal"
            if journal.exists():
                os.truncate(journal, max(0, journal.stat().st_size - self._random.randrange(_CUT)))
            self.tally.cuts += 1
        else:
            _signal(pid, signal.SIGKILL)
            self.tally.kills[stage] += 1

    def _note(self, when: str, faults: list[str]) -> None:
        self.tally.faults += [f"{when}, kill {self.tally.kills.total()}: {fault}" for fault in faults]


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it came to its end just now
        os.kill(pid, number)


def _update(home: Path, news: Path, before: States, new: States, parent: Connection, stage: Any) -> None:
    """What a process does: check, update, check."""
    # With a small corpus these are reached by every other update, so that generations are built and copied often.
    building._MOST_LACKING = building._MOST_WASTED = 10  # noqa: SLF001
    embedding = load_embedding(threads=1)
    parent.send(_faults(home, before, embedding) if before else [])
    parent.recv()  # the trial begins

    def progress(name: str, done: int, total: int) -> None:
        stage.value = 2 if name == "Vector index" or done == total else 1

    started = time.monotonic()
    try:
        index_paths(home, [news], embedding, passage_tokens=160, progress=progress)
        took = time.monotonic() - started
        parent.send([*_faults(home, new, embedding), *_unclean(home)])
        parent.send(took)
    except DatelineError as error:
        parent.send([f"the update failed: {error}"])
        parent.send(1.0)


def _unclean(home: Path) -> list[str]:
    """After a run that came to its end there must be nothing left to do."""
    findings = [finding for finding in examine(home).findings if finding.part != "space"]
    return [f"not clean after a whole run: {finding.what}" for finding in findings]


def _faults(home: Path, states: States, embedding: Embedding) -> list[str]:
    """What of a store is neither as it was nor as it was to be."""
    try:
        diagnosis = examine(home, sample=10**6)
        searcher = Searcher(home, embedding)
    except NoIndexError:
        return [] if all(None in allowed for allowed in states.values()) else ["the store is gone"]
    # Before the first generation there is nothing to search; the next run builds it.
    unborn = searcher.record.state().generation is None
    passing = {"run", "generation"} if unborn else {"run"}
    faults = [found.what for found in diagnosis.findings if not found.harmless and found.part not in passing]
    try:
        stored = {article.id: article.text for article in searcher.record.articles()}
        faults += [f"{i} is lost" for i, allowed in states.items() if i not in stored and None not in allowed]
        faults += [f"{i} is of no version" for i, text in stored.items() if text not in states.get(i, set())]
        if len(searcher.record.passage_hashes()) != searcher.record.counts()["passages"]:
            faults.append("passages are doubled")
        queries = () if unborn else (*_PLACES, "version of this report")
        for hit in (hit for query in queries for hit in searcher.find(query, limit=30)):
            if stored.get(hit.article.id, "")[hit.passage.start : hit.passage.end] != hit.passage.text:
                faults.append(f"a stale citation of {hit.article.id}")
    finally:
        searcher.close()
    return faults


def _tell(tally: Tally) -> None:
    done = f"{tally.kills.total()} kills, {tally.cuts} power cuts, {len(tally.faults)} faults"
    sys.stderr.write(f"{done} ({', '.join(f'{stage}: {n}' for stage, n in tally.kills.items())})\n")


def main() -> None:
    """Run the trials, and print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--power-cuts", action="store_true")
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        crashes = Crashes(
            Path(folder), articles=arguments.articles, seed=arguments.seed, power_cuts=arguments.power_cuts
        )
        tally = crashes.run(arguments.kills, _tell)
    for stage in _STAGES:
        sys.stdout.write(f"killed while {stage}: {tally.kills[stage]}\n")
    sys.stdout.write(f"killed: {tally.kills.total()}, power cuts: {tally.cuts}, whole runs: {tally.restarts}\n")
    sys.stdout.write(f"faults: {len(tally.faults)}, in {time.monotonic() - started:.0f} s\n")
    sys.stdout.writelines(f"  {fault}\n" for fault in tally.faults[:50])
    sys.exit(bool(tally.faults))


if __name__ == "__main__":
    main()
