"""The kept index of a corpus: what of it is left out is named, and what decides that makes another index."""

from assistant.settings import Settings
from evals.questions.corpora import prepare
from tests.index.articles import FLOOD, write


def test_what_cannot_be_used_is_named_and_another_limit_is_another_index(tmp_path):
    news = write(tmp_path / "news", flood=FLOOD)
    (news / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (news / "big.txt").write_text(f"A long report\n{FLOOD * 10_000}")
    settings = Settings.load({}, home=tmp_path / "home", max_file_mb=1)
    for _ in range(2):  # the second time from the index that was kept
        corpus = prepare(news, settings)
        assert corpus.articles == 1
        gone, big = corpus.skipped
        assert "gone.txt: is a link that leads nowhere" in gone
        assert big.startswith("big.txt: ")
    (news / "big.txt").unlink()
    homes = [prepare(news, settings.model_copy(update={"max_file_mb": limit})).home for limit in (1, 2)]
    assert homes[0] != homes[1]
