"""Reading one made-up file, for the tests of the formats."""

from pathlib import Path

from index.article import Article
from index.errors import ArticleError
from index.files import FileContent, read_file


def read(data: bytes | str, name: str = "monday.txt") -> FileContent:
    """What a file of this name would hold."""
    return read_file(Path("/articles") / name, data.encode() if isinstance(data, str) else data)


def only(data: bytes | str, name: str = "monday.txt") -> Article:
    """Its one article, where nothing is wrong with it."""
    content = read(data, name)
    assert content.errors == []
    assert content.warnings == []
    (article,) = content.articles
    return article


def fault(data: bytes | str, name: str = "monday.txt") -> ArticleError:
    """The one thing that is wrong with it, where it has no article."""
    content = read(data, name)
    assert content.articles == []
    (error,) = content.errors
    return error
