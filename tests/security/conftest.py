"""A store in which every attack stands in the title, the text, the source and the address of an article."""

import json

import pytest

from assistant import Assistant
from assistant.answer import Answer, Citation, Statement
from assistant.settings import Settings
from index import index_paths
from tests.security.attacks import ATTACKS, Attack

PLAIN = Attack("plain", "that all is well")


@pytest.fixture(scope="session")
def attacked(tmp_path_factory, embedding):
    """The Assistant of that store; its articles have the names of the attacks as ids."""
    folder = tmp_path_factory.mktemp("attacked")
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for n, attack in enumerate([PLAIN, *ATTACKS]):
            document = {
                "id": attack.name,
                "title": f"Harbour {n}: {attack.text}",
                "text": f"The harbour master of Town{n} said {attack.text} to the 14 reporters.",
                "source": f"Paper {attack.text}",
                "url": f"https://news.example/{n}?{attack.text}" if n % 2 else attack.text,
            }
            lines.write(json.dumps(document) + "\n")
    summary = index_paths(folder / "home", [folder / "articles.jsonl"], embedding, passage_tokens=160)
    assert summary.articles == 1 + len(ATTACKS)
    with Assistant.open(folder / "home", settings=Settings.load(home=folder / "home")) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def answers(attacked):
    """For each attack, an answer that cites every sentence of its article, and a refusal that names them."""
    return {attack.name: (made(attacked, attack, "answered"), made(attacked, attack, "not_in_corpus"))
            for attack in [PLAIN, *ATTACKS]}  # fmt: skip


def made(assistant, attack, status):
    article = assistant.article(attack.name)
    sentences = assistant.sentences(attack.name)[:3]
    cited = tuple(Citation.to(article, sentence, marker) for marker, sentence in enumerate(sentences, start=1))
    if status == "not_in_corpus":
        return Answer(attack.text, f"{attack.text}?", status, closest=cited)
    statements = tuple(Statement(c.sentence, (c.marker,), (0, len(c.sentence) // 2), True, (c,)) for c in cited)
    return Answer(attack.text, f"{attack.text}?", status, statements, cited, confidence=0.9)
