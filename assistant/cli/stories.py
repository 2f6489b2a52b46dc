"""`dateline stories`: which articles tell one story. No model is loaded."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.options import AsJson, Debug, Home, settings_of
from assistant.cli.terminal import Printer

app = typer.Typer()


@app.command()
def stories(
    limit: Annotated[int, typer.Option(min=1, help="List the newest N.")] = 20,
    min_articles: Annotated[
        int, typer.Option(min=1, help="Of how many articles at least; 2 leaves out those that one article tells.")
    ] = 1,
    home: Home = None,
    as_json: AsJson = False,
    debug: Debug = False,  # noqa: ARG001  read in main()
) -> None:
    """List the stories, newest first: which articles tell one, from when to when, and of which outlets.

    They are made by `dateline index`. What was indexed by an earlier version has them after its next run.

    Examples: dateline stories | dateline stories --min-articles 2 --json
    """
    from index.language.counting import counted
    from index.store.reading import RECORD_NAME, RecordReader

    with RecordReader(settings_of(home).home / RECORD_NAME) as record:
        total, found = record.stories(limit=limit, min_articles=min_articles)
    printer = Printer()
    if as_json:
        printer.json({"total": total, "stories": [story.to_dict() for story in found]})
        return
    for story in found:
        days = " to ".join(dict.fromkeys(day.isoformat() for day in (story.first, story.last) if day))
        facts = (days or "no date", counted(len(story.article_ids), "article"), ", ".join(story.outlets))
        printer.line(story.name)
        printer.small("; ".join(fact for fact in facts if fact), "  ")
    if total > len(found):
        printer.small(f"{total - len(found):,} more: --limit {total}.")
