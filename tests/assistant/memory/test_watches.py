"""Standing questions on a real store that changes: what is answered otherwise is kept with its day, the rest stays."""

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Notice
from assistant.memory import ConversationsError, NoWatchError, Watches, headline, sources_now
from assistant.memory.asking_again import AskedAgain, ask_again, begin
from assistant.memory.watch import differences
from assistant.memory.watches import MOST
from assistant.settings import Settings
from index import Embedding, index_paths, remove
from index.errors import UsageError
from index.store.catalogue import ArticleFilter
from index.store.state import RecordState
from tests.assistant.memory.samples import NEAR, answered, courtesy, refused, tentative
from tests.index.articles import write

WAITING = "How many passengers are waiting on board the ferry?"
CAPTAIN = "Who is the captain of the ferry Morvane?"
MONDAY = (
    "Ferry aground off Harle\ndate: 2031-03-03\n\nThe ferry Morvane ran aground off Harle on Monday morning. "
    "The coast guard said that 120 passengers are waiting on board. Its captain is Ines Tarrow, who has sailed the "
    "route for nine years."
)
TUESDAY = (
    "Helicopters reach the Morvane\ndate: 2031-03-04\n\nHelicopters reached the ferry Morvane on Tuesday. "
    "The coast guard said that 85 passengers are waiting on board."
)
ELSEWHERE = "Bakers of Osterland\ndate: 2031-03-04\n\nThe bakers of Osterland chose a new guild master on Tuesday."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write(tmp_path / "news", monday=MONDAY)


@pytest.fixture
def home(tmp_path: Path, news: Path, embedding: Embedding) -> Path:
    index_paths(tmp_path / "home", [news], embedding, passage_tokens=160)
    return tmp_path / "home"


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    with Assistant.open(settings=Settings.load({}, home=home)) as assistant:
        yield assistant


def state(revision: int, store: str = "store") -> RecordState:
    return RecordState(store, revision, None, None, None, None)


def test_a_changed_answer_is_kept_with_its_day_and_citation(assistant, home, news, embedding):
    first = begin(assistant, WAITING)
    other = begin(assistant, CAPTAIN)
    assert (first.watch.id, first.number, first.differs, first.has_changed) == (1, 1, (), False)
    assert "120" in headline(first.answer)
    write(news, tuesday=TUESDAY)
    index_paths(home, [news], embedding, passage_tokens=160)
    told = []
    assert ask_again(assistant, lambda *news: told.append(news)) == AskedAgain(2, (1,), ())
    assert told == [("Asking the standing questions again", done, 2) for done in (0, 1)]
    waiting, captain = Watches(home).latest()
    assert "85" in headline(waiting.answer)
    assert (waiting.number, waiting.has_changed) == (2, True)
    assert {"short_answer", "sentences"} <= set(waiting.differs)
    assert waiting.answer.citations[0].date == "2031-03-04"
    assert waiting.since >= first.since
    assert (captain.number, captain.since, captain.answer.citations) == (1, other.since, other.answer.citations)
    assert [each.number for each in Watches(home).history(1)] == [2, 1]
    assert Watches(home).history(1)[1].answer.citations == first.answer.citations
    Watches(home).look([waiting])
    assert not Watches(home).latest()[0].has_changed
    assert ask_again(assistant) == AskedAgain()  # the articles are as they were


def test_news_of_something_else_changes_nothing_and_a_sentence_that_moved_is_cited_at_its_place(
    assistant, home, news, embedding
):
    begun = begin(assistant, WAITING)
    write(news, elsewhere=ELSEWHERE, monday=MONDAY.replace("\n\nThe ferry", "\n\nIt is no drill. The ferry"))
    index_paths(home, [news], embedding, passage_tokens=160)
    assert ask_again(assistant) == AskedAgain(1, (), ())
    (now,) = Watches(home).latest()
    assert (now.number, now.since, now.has_changed) == (1, begun.since, False)
    assert now.watch.asked_at >= begun.watch.asked_at
    assert now.answer.citations[0].start > begun.answer.citations[0].start
    assert {source.state for source in sources_now(now.answer, assistant).values()} == {"current"}


def test_a_question_that_cites_a_deleted_article_says_so_and_then_what_is_left(assistant, home, news, embedding):
    index_paths(home, [write(news, elsewhere=ELSEWHERE)], embedding, passage_tokens=160)
    begun = begin(assistant, WAITING)
    remove(home, [begun.answer.citations[0].article_id], embedding)
    document = Watches(home).latest()[0].to_dict(assistant)
    assert document["sources"] == [{"marker": 1, "state": "gone", "start": None, "end": None}]
    assert ask_again(assistant) == AskedAgain(1, (1,), ())
    now, before = Watches(home).history(1)
    assert (now.answer.status, "status" in now.differs) == ("not_in_corpus", True)
    assert sources_now(before.answer, assistant)[1].remark == "The article has been removed since."
    remove(home, [assistant.record.article_ids()[0]], embedding)
    assert ask_again(assistant) == AskedAgain()  # of no articles at all


def test_a_hundred_are_asked_one_fails_and_who_stops_goes_on_later(assistant, home):
    watches = Watches(home)
    long = answered("Who? " * 600)
    for number in range(1, 101):
        answer = long if number == 50 else answered(f"How many passengers are waiting on board, time {number}?")
        assert watches.add(answer, state(0)).watch.id == number
    steps = iter(range(100))
    stopped = ask_again(assistant, stop=lambda: next(steps) == 3)
    assert stopped == AskedAgain(3, (1, 2, 3), ())
    rest = ask_again(assistant)
    assert (rest.asked, rest.changed) == (96, tuple(n for n in range(4, 101) if n != 50))
    assert [number for number, _ in rest.failed] == [50]
    assert "characters" in rest.failed[0][1]
    assert [number for number, _ in ask_again(assistant).failed] == [50]  # it alone is tried again


def test_each_owner_has_questions_of_their_own(tmp_path):
    maria, jo, everything = Watches(tmp_path, "maria"), Watches(tmp_path, "jo"), Watches(tmp_path)
    mine = maria.add(answered(), state(1))
    assert jo.add(answered(), state(1)).watch.id == 2
    assert [each.watch.id for each in maria.latest()] == [each.watch.id for each in maria.news(9)] == [1]
    assert [each.watch.id for each in everything.latest()] == [1, 2]
    for refused_to in (jo.remove, jo.history, lambda number: jo.record(number, answered(), state(2))):
        with pytest.raises(NoWatchError, match="there is no standing question 1"):
            refused_to(1)
    assert everything.record(1, refused(), state(2))
    for other in (jo, everything):  # what somebody else looks at is news to her all the same
        other.look(everything.latest())
        assert maria.latest()[0].has_changed
    maria.look(maria.latest())
    assert not maria.latest()[0].has_changed
    assert maria.history(1)[1].answer == mine.answer
    maria.remove(1)
    assert (maria.latest(), len(jo.latest())) == ([], 1)


def test_one_is_kept_once_and_there_is_a_most(tmp_path):
    watches = Watches(tmp_path)
    among = ArticleFilter(source="The Post")
    numbers = [watches.add(answered(), state(1), each).watch.id for each in (None, among, None, among, ArticleFilter())]
    assert numbers == [1, 2, 1, 2, 1]
    assert [each.watch.among for each in watches.latest()] == [None, among]
    with pytest.raises(UsageError, match="nothing is asked there"):
        watches.add(courtesy(), state(1))
    with sqlite3.connect(watches.path) as db:
        db.execute(
            "WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO watch "
            "SELECT i, owner, question || i, among, begun_at, asked_at, store, revision, looked FROM watch, n "
            "WHERE watch.id = 1",
            (MOST,),
        )
    db.close()
    with pytest.raises(UsageError, match="which is the most; remove one first"):
        watches.add(answered("one more?"), state(1))


def test_an_answer_from_older_articles_is_not_kept_over_one_from_newer(tmp_path):
    watches = Watches(tmp_path)
    watches.add(answered(), state(7))
    assert not watches.record(1, refused(), state(6))
    assert watches.latest()[0].answer == answered()
    assert watches.record(1, refused(), state(1, "a new store"))
    assert watches.due(state(1, "a new store")) == []
    assert [each.id for each in watches.due(state(2, "a new store"))] == [1]


def test_nothing_is_left_of_what_was_removed(tmp_path):
    watches = Watches(tmp_path)
    watches.add(answered("what of Zanzibar?"), state(1))
    with pytest.raises(NoWatchError):
        watches.remove(1, 2)
    assert len(watches.latest()) == 1
    watches.remove(1)
    files = [path.read_bytes() for path in tmp_path.glob("conversations.db*")]
    assert files
    assert not any(b"Zanzibar" in content for content in files)


def test_a_damaged_answer_says_which_to_remove(tmp_path):
    watches = Watches(tmp_path)
    watches.add(answered(), state(1))
    with sqlite3.connect(watches.path) as db:
        db.execute("UPDATE watch_answer SET answer = '{}'")
    db.close()
    with pytest.raises(ConversationsError, match="dateline watch --remove 1"):
        watches.latest()
    watches.remove(1)
    assert watches.latest() == []


def test_what_differs():
    notice = Notice(1, "corrected", "aleppo", "It was 13,000.")
    story = dataclasses.replace(answered(), form="timeline")
    more = dataclasses.replace(
        story, citations=(*story.citations, dataclasses.replace(story.citations[0], sentence=NEAR))
    )
    assert differences(answered(), answered("the same?", start=7, article_id="copy")) == ()
    assert differences(answered(), refused()) == ("status", "short_answer", "sentences")
    assert differences(answered(), tentative()) == ("status", "short_answer")
    assert differences(answered(), dataclasses.replace(answered(), notices=(notice,))) == ("notices",)
    assert differences(story, more) == ("sentences",)
    assert differences(dataclasses.replace(story, form="sentence"), dataclasses.replace(more, form="sentence")) == ()
