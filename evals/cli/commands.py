"""`dateline eval ...`: question sets, runs, comparisons, gates and reports.

Nothing heavy is imported before the command that needs it runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson, Home, settings_of
from assistant.cli.terminal import progress_bars
from evals.cli.measuring import forms_command, stories_command, tables_command, verifier_command, writer_command
from evals.cli.options import CorpusPath, Limit, Questions, shown
from evals.questions.history import History

app = typer.Typer(
    name="eval",
    help="Measure how good the answers are: run a question set, compare runs, stop a build that got worse.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

SkipUnresolved = Annotated[
    bool,
    typer.Option("--skip-unresolved", help="Leave out, and name, questions whose evidence is not in the articles."),
]


@app.command("run")
def run_command(
    questions: Questions,
    corpus: CorpusPath = None,
    limit: Limit = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the log [default: below the home folder].")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Questions asked at a time [default: one a core, at most 4].")
    ] = None,
    given: Annotated[
        bool, typer.Option("--given", help="Ask only the article that the evidence is in, instead of all.")
    ] = False,
    skip_unresolved: SkipUnresolved = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ask every question of a set, score the answers, write a log.

    An interrupted run goes on where it stopped when the same command is given again.

    Example: dateline eval run evals/archive/questions.jsonl --corpus evals/archive/corpus.jsonl
    """
    from evals.runs.run import Plan, default_workers, run

    plan = Plan(questions, corpus, out, limit, workers or default_workers(), given, skip_unresolved)
    with progress_bars() as progress:
        log = run(plan, settings_of(home), progress)
    from evals.report.display import show_run

    shown(as_json, {"log": str(log.path), "head": log.head, "summary": log.summary}, lambda: show_run(log, questions))


@app.command("check")
def check_command(questions: Questions, corpus: CorpusPath = None, home: Home = None) -> None:
    """Check a question set against its articles, without asking anything: every fault, one a line."""
    from evals.report.display import line
    from evals.runs.run import Plan, check
    from index.language.numerals import counted

    with progress_bars() as progress:
        number, problems = check(Plan(questions, corpus), settings_of(home), progress)
    for problem in problems:
        line(problem)
    if problems:
        raise typer.Exit(1)
    line(f"{counted(number, 'question')}, and all evidence stands in the articles.")


@app.command("retrieval")
def retrieval_command(
    questions: Questions,
    corpus: CorpusPath = None,
    limit: Limit = None,
    skip_unresolved: SkipUnresolved = False,
    history: Annotated[
        History,
        typer.Option(help="What is said before each question: its own conversation, nothing, or something unrelated."),
    ] = History.OWN,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Search for every question of a set, without reading: seconds, to tune the search by."""
    from evals.report.display import show_retrieval
    from evals.runs.retrieval import measure_retrieval
    from evals.runs.run import Plan

    plan = Plan(questions, corpus, limit=limit, skip_unresolved=skip_unresolved)
    with progress_bars() as progress:
        document = measure_retrieval(plan, settings_of(home), progress, history=history)
    shown(as_json, document, lambda: show_retrieval(document))


@app.command("compare")
def compare_command(
    a: Annotated[Path, typer.Argument(help="The log of the run before, or its folder.")],
    b: Annotated[Path, typer.Argument(help="The log of the run after, or its folder.")],
    across: Annotated[
        bool, typer.Option("--across-corpora", help="Compare even if the runs are over different articles.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What changed between two runs over the same questions: every measure, and every question that changed."""
    from evals.report.display import show_comparison
    from evals.runs.compare import compare
    from evals.runs.log import read_log

    comparison = compare(read_log(a), read_log(b), across_corpora=across)
    shown(as_json, comparison, lambda: show_comparison(comparison))


@app.command("gate")
def gate_command(
    run_log: Annotated[Path, typer.Argument(metavar="RUN", help="The log of a run, or its folder.")],
    against: Annotated[Path, typer.Option("--against", help="The baseline: a file made by `baseline`, or a log.")],
    rules: Annotated[
        Path | None, typer.Option("--rules", help="Floors and tolerances [default: evals/gate.yaml].")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Exit with 1, naming the measures, if a run is worse than the baseline by more than is tolerated."""
    from evals.report.display import show_gate
    from evals.runs.gate import DEFAULT_RULES, gate, load_rules, read_baseline
    from evals.runs.log import read_log

    result = gate(read_log(run_log), read_baseline(against), load_rules(rules or DEFAULT_RULES))
    shown(as_json, result, lambda: show_gate(result))
    if result["broken"]:
        raise typer.Exit(1)


@app.command("baseline")
def baseline_command(
    run_log: Annotated[Path, typer.Argument(metavar="RUN", help="The log of a run, or its folder.")],
    to: Annotated[Path, typer.Option("--to", help="The file to write, such as evals/baseline/seed.json.")],
) -> None:
    """Keep the measures of a run, and what became of each question, as the baseline of later gates."""
    from evals.report.display import line
    from evals.runs.gate import write_baseline
    from evals.runs.log import read_log

    write_baseline(read_log(run_log), to)
    line(f"wrote {to}; commit it together with the change that it is the result of.")


@app.command("report")
def report_command(
    run_log: Annotated[Path, typer.Argument(metavar="RUN", help="The log of a run, or its folder.")],
    out: Annotated[Path | None, typer.Option(help="The file to write [default: report.html beside the log].")] = None,
) -> None:
    """Write one HTML file about a run, to read and to show: measures, plots, every question."""
    from evals.report import write_report
    from evals.report.display import line
    from evals.runs.log import read_log

    log = read_log(run_log)
    path = out or log.path.with_name("report.html")
    write_report(log, path)
    line(f"wrote {path}; open it in a browser.")


app.command("verifier")(verifier_command)
app.command("writer")(writer_command)
app.command("forms")(forms_command)
app.command("stories")(stories_command)
app.command("tables")(tables_command)


@app.command("from-feedback")
def from_feedback_command(
    out: Annotated[
        Path | None, typer.Option(help="The file to write, .jsonl [default: stdout].", show_default=False)
    ] = None,
    home: Home = None,
) -> None:
    """Make a question set of what users thought of answers.

    Answers with a thumb up become questions with their cited sentences as evidence. Those with a thumb down or a wrong
    citation go into a second file beside it (.todo.yaml), for a person to complete.

    Example: dateline eval from-feedback --out feedback.jsonl
    """
    from assistant.memory import Conversations
    from evals.questions.from_feedback import from_feedback, write_set
    from index.store.reading import RECORD_NAME
    from index.store.record import Record

    settings = settings_of(home)
    with Record(settings.home / RECORD_NAME) as record:
        found = from_feedback(Conversations(settings.home), record)
    write_set(found, out)
