"""Conversations on a real file: what is kept is found again as it was, and what is deleted is gone."""

import datetime as dt
import sqlite3
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.memory import Conversation, Conversations, NoConversationError
from index.errors import UsageError
from index.store.catalogue import ArticleFilter
from tests.assistant.memory.samples import NEAR, answered, answers, courtesy, refused, texts

any_answer = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def kept(tmp_path):
    return Conversations(tmp_path)


def begun(kept, *questions, name=None):
    """A kept conversation with these questions."""
    conversation = Conversation(name=name)
    for question in questions:
        conversation = kept.append(conversation, answered(question))
    return conversation


def test_a_conversation_is_found_as_it_was(kept):
    conversation = kept.append(kept.append(Conversation(), answered()), refused("and civilians?"))
    assert conversation.id == 1
    assert kept.get(1) == conversation
    assert [turn.number for turn in conversation.turns] == [1, 2]
    assert conversation.turns[1].answer == refused("and civilians?")


@any_answer
@given(answers)
def test_any_answer_is_kept_whole(tmp_path, answer):
    kept = Conversations(tmp_path)
    kept.append(Conversation(), answer)
    assert kept.chosen(None).turns[0].answer == answer
    assert kept.overviews(limit=1)[0].questions == 1


def test_a_courtesy_is_no_turn(kept):
    assert kept.append(Conversation(), courtesy()) == Conversation()
    assert not kept.path.exists()
    conversation = kept.append(Conversation(), answered())
    assert kept.append(conversation, courtesy()) == conversation.with_turn(courtesy()) == kept.get(1) == conversation
    assert [turn.number for turn in kept.append(conversation, refused()).turns] == [1, 2]


def test_nothing_is_written_by_reading(tmp_path):
    kept = Conversations(tmp_path / "home")
    kept.check()
    assert (kept.overviews(), kept.search("displaced"), kept.questions(), kept.delete_all()) == ([], [], [], 0)
    with pytest.raises(NoConversationError, match="there is no conversation 1"):
        kept.get(1)
    with pytest.raises(NoConversationError):
        kept.delete(1)
    assert not (tmp_path / "home").exists()


def test_a_list_has_the_latest_question_first(kept):
    first = begun(kept, "how many displaced?", "and civilians?")
    begun(kept, "who won?")
    backdate(kept, "2026-01-01T10:00:00Z")
    kept.append(first, answered("who says so?"))
    latest, other = kept.overviews()
    assert (latest.id, latest.title, latest.questions) == (first.id, "how many displaced?", 3)
    assert latest.changed_at > latest.begun_at == dt.datetime(2026, 1, 1, 10, tzinfo=dt.UTC)
    assert other.to_dict() == {
        "id": 2, "title": "who won?", "questions": 1,
        "begun_at": "2026-01-01T10:00:00Z", "changed_at": "2026-01-01T10:00:00Z",
    }  # fmt: skip
    assert kept.overviews(limit=1) == [latest]
    assert kept.chosen(None).id == first.id


def backdate(kept, moment):
    with sqlite3.connect(kept.path) as db:
        db.execute("UPDATE conversation SET begun_at = ?, changed_at = ?", (moment, moment))
    db.close()


def test_what_was_not_kept_so_far_is_kept_with_the_next_turn(kept):
    unkept = Conversation().with_turn(answered("how many displaced?")).with_turn(refused())
    conversation = kept.append(unkept, answered("who says so?"))
    assert kept.get(1) == conversation
    assert [turn.answer.question for turn in conversation.turns] == [
        "how many displaced?", "who won the cup?", "who says so?",
    ]  # fmt: skip


@any_answer
@given(
    st.builds(
        ArticleFilter,
        source=st.none() | texts.filter(bool),
        since=st.none() | st.dates(),
        until=st.none() | st.dates(),
        words=st.none() | texts.filter(bool),
        ids=st.lists(texts, max_size=3).map(tuple),
    ).filter(lambda among: among != ArticleFilter())
)
def test_the_articles_that_were_asked_are_kept_with_the_turn(tmp_path, among):
    kept = Conversations(tmp_path)
    conversation = kept.append(kept.append(Conversation(), answered(), among), refused())
    assert conversation.id is not None
    assert [turn.among for turn in kept.get(conversation.id).turns] == [among, None]


def test_a_file_of_the_first_version_is_read_and_added_to(kept):
    begun(kept, "how many displaced?")
    with sqlite3.connect(kept.path) as db:
        for statement in ("ALTER TABLE turn DROP COLUMN among", "DROP TABLE watch_answer", "DROP TABLE watch"):
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert [found.title for found in kept.search("displaced")] == ["how many displaced?"]
    among = ArticleFilter(source="The Post")
    conversation = kept.append(kept.get(1), answered("who says so?"), among)
    assert kept.get(1) == conversation
    assert [turn.among for turn in conversation.turns] == [None, among]


def test_a_name_and_back(kept):
    number = begun(kept, "how many displaced?").id
    kept.rename(number, "  Aleppo,\n2024 \x1b[2J")
    assert kept.overviews()[0].title == kept.get(number).title == "Aleppo, 2024 \\x1b[2J"
    kept.rename(number, " ")
    assert kept.get(number).title == "how many displaced?"
    with pytest.raises(UsageError, match="at most 200 characters"):
        kept.rename(number, "long " * 50)
    with pytest.raises(NoConversationError):
        kept.rename(number + 1, "nothing")


def test_a_number_never_means_another_conversation(kept):
    old = begun(kept, "how many displaced?")
    kept.delete(old.id)
    new = begun(kept, "who won?")
    assert new.id > old.id
    with pytest.raises(NoConversationError, match="there is no conversation 1;"):
        kept.get(old.id)


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_numbers_that_no_conversation_has(kept, number):
    begun(kept, "how many displaced?")
    with pytest.raises(NoConversationError, match=f"no conversation {number};"):
        kept.get(number)


def test_a_deleted_conversation_does_not_come_back(kept):
    conversation = begun(kept, "how many displaced?")
    kept.delete(conversation.id)
    with pytest.raises(NoConversationError):
        kept.append(conversation, answered("who says so?"))
    assert kept.overviews() == []


def test_all_are_deleted_or_none(kept):
    numbers = [begun(kept, f"how many in {n}?").id for n in range(3)]
    with pytest.raises(NoConversationError):
        kept.delete(*numbers, 9)
    assert len(kept.overviews()) == 3
    kept.delete(*numbers[:2])
    assert [each.id for each in kept.overviews()] == numbers[2:]


SECRETS = ["quetzalfeather", "wolframite", "vexillology", "zymurgist", "xerophyte"]


def on_disk(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file()).lower()


@pytest.mark.parametrize("how", ["one", "all"])
def test_what_is_deleted_leaves_no_trace_in_the_files(tmp_path, how):
    kept = Conversations(tmp_path)
    begun(kept, *(f"{'what is' if how == 'one' else 'where is'} number {n}?" for n in range(20)))
    secret = Conversation(name=f"my {SECRETS[0]}")
    for word in SECRETS[1:]:
        secret = kept.append(secret, answered(f"is there {word}?", f"There was {word}, said the {word} board."))
    assert secret.id == 2
    kept.give_feedback(2, 1, "down", note=f"not {SECRETS[1]}")
    idle = sqlite3.connect(kept.path)  # another program that has the file open, so that its log is not removed
    idle.execute("SELECT count(*) FROM turn").fetchall()
    try:
        before = on_disk(tmp_path)
        assert all(word.encode() in before for word in SECRETS)
        if how == "one":
            kept.delete(2)
        else:
            assert kept.delete_all() == 2
        after = on_disk(tmp_path)
    finally:
        idle.close()
    # The index writes words without the beginning that they share with the word before them.
    assert not [word for word in SECRETS if word[1:].encode() in after]
    assert [each.questions for each in kept.overviews()] == ([20] if how == "one" else [])
    assert kept.search("zymurgist") == []


def test_only_the_user_may_read_the_files(tmp_path):
    kept = Conversations(tmp_path)
    begun(kept, "how many displaced?")
    with sqlite3.connect(kept.path) as db:
        db.execute("UPDATE conversation SET name = 'open'")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    db.close()
    assert set(modes) == {"conversations.db", "conversations.db-wal", "conversations.db-shm"}
    assert set(modes.values()) == {0o600}


def test_a_search_finds_questions_answers_and_names(kept):
    aleppo = begun(kept, "how many displaced?", "and civilians?", name="Aleppo").id
    flood = kept.append(Conversation(), answered("how many died?", NEAR)).id

    def found(words):
        return [(each.id, each.turn) for each in kept.search(words)]

    assert found("displaced") == [(aleppo, 1)]
    assert found("lower VARN") == [(flood, 1)]
    assert found("man die") == [(flood, 1)]
    assert found("residents civilian") == [(aleppo, 2)]
    assert found("alep") == found("ÁLEP") == [(aleppo, None)]
    assert found("lepp") == []
    assert found("displaced Varn") == found("...") == found("") == found("\x00\ud800") == []
    assert kept.search("varn")[0].excerpt == f"{NEAR} [1]"
    assert len(kept.search("how many", limit=1)) == 1


@pytest.mark.parametrize(
    "words", ['"', "a AND", "NEAR(", "question:x", "*", "^many", "many*", "(many", "-many", "a''b"]
)
def test_a_search_knows_no_operators(kept, words):
    begun(kept, "how many displaced?")
    assert isinstance(kept.search(words), list)
    assert len(kept.search("many*")) == len(kept.search("^many")) == 1


def test_arrow_keys_get_each_question_once_oldest_first(kept):
    begun(kept, "how many displaced?", "who says so?")
    begun(kept, "and civilians?", "how many displaced?")
    assert kept.questions() == ["who says so?", "and civilians?", "how many displaced?"]
    assert kept.questions(limit=1) == ["how many displaced?"]


def test_an_owner_sees_only_their_own(tmp_path):
    mine, yours, everyone = Conversations(tmp_path, "me"), Conversations(tmp_path, "you"), Conversations(tmp_path)
    number = begun(mine, "how many displaced?").id
    begun(yours, "who won?")
    assert [each.id for each in mine.overviews()] == [number]
    assert (yours.search("displaced"), yours.questions()) == ([], ["who won?"])
    for forbidden in (
        lambda: yours.get(number),
        lambda: yours.rename(number, "mine now"),
        lambda: yours.delete(number),
        lambda: yours.append(mine.get(number), answered()),
        lambda: yours.give_feedback(number, 1, "up"),
        lambda: yours.feedback(number),
        lambda: yours.take_back(number, 1),
    ):
        with pytest.raises(NoConversationError):
            forbidden()
    mine.give_feedback(number, 1, "up")
    assert (mine.judged(), yours.judged(), everyone.judged()) == ([number], [], [number])
    assert yours.delete_all() == 1
    assert [each.id for each in everyone.overviews()] == [number]


def test_feedback_is_kept_beside_the_answer(kept):
    number = begun(kept, "how many displaced?").id
    kept.append(kept.get(number), refused())
    kept.give_feedback(number, 1, "up")
    kept.give_feedback(number, 1, "down", note="wrong number")
    kept.give_feedback(number, 1, "wrong_citation", marker=1, note="of another year")
    kept.give_feedback(number, 2, "up")
    given = {
        turn: [(each.kind, each.marker, each.note) for each in all_of] for turn, all_of in kept.feedback(number).items()
    }
    assert given == {
        1: [("down", None, "wrong number"), ("wrong_citation", 1, "of another year")],
        2: [("up", None, "")],
    }
    with pytest.raises(UsageError, match=r"no citation \[2\]"):
        kept.give_feedback(number, 1, "wrong_citation", marker=2)
    with pytest.raises(UsageError, match="about the whole answer"):
        kept.give_feedback(number, 1, "up", marker=1)
    with pytest.raises(UsageError, match="feedback is one of"):
        kept.give_feedback(number, 1, "meh")
    with pytest.raises(NoConversationError, match="no answer 3"):
        kept.give_feedback(number, 3, "up")
    kept.delete(number)
    with sqlite3.connect(kept.path) as db:
        assert db.execute("SELECT count(*) FROM feedback").fetchone() == (0,)
    db.close()


def test_feedback_is_taken_back(kept):
    number = begun(kept, "how many displaced?").id
    kept.give_feedback(number, 1, "down")
    kept.give_feedback(number, 1, "wrong_citation", marker=1)
    kept.take_back(number, 1)
    assert [each.kind for each in kept.feedback(number)[1]] == ["wrong_citation"]
    assert kept.judged() == [number]
    kept.take_back(number, 1, marker=1)
    kept.take_back(number, 1, marker=1)
    assert (kept.feedback(number), kept.judged()) == ({}, [])


def test_any_name_that_a_conversation_begins_with(kept):
    begun(kept, "how many displaced?", name="\ud800 \0 Aleppo")
    assert kept.search("aleppo")[0].id == 1


def test_what_the_assistant_is_told_of_a_conversation(kept):
    conversation = kept.append(kept.append(Conversation(), answered()), refused())
    assert conversation.earlier() == [
        {"speaker": "user", "text": "how many displaced?"},
        {"speaker": "agent", "text": f"{answered().text}", "articles": ["aleppo"]},
        {"speaker": "user", "text": "who won the cup?"},
        {"speaker": "agent", "text": "The articles do not say.", "articles": []},
    ]
    assert [turn["text"] for turn in conversation.earlier(limit=1)] == ["who won the cup?", "The articles do not say."]
    assert conversation.earlier(limit=0) == Conversation().earlier() == []
