"""EPUB: each document of a book, magazine or newspaper with enough text is an article."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.errors import ArticleError, ArticleNote
from index.files.access import MAX_FILE_MB
from index.files.archives import Budget, open_zip, read_member_of_zip
from index.files.encoding import decode_page
from index.files.fields import ENOUGH_LETTERS, Item, body_start, default_id, letters, make_article
from index.files.markup import local_name, text_of_html

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

_HEADING = re.compile(r"<h([1-3])\b[^<>]{0,500}>(.{0,500}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^<>]{0,500}>(.{0,500}?)</title\s*>", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body\b.*", re.IGNORECASE | re.DOTALL)


def read_epub(path: Path, data: bytes, max_mb: int = MAX_FILE_MB) -> Iterator[Item]:
    """The articles of an EPUB, in its order: title is the first heading, day and source are those of the whole.

    Raises:
        ArticleError: it is no EPUB, is encrypted, unpacks to more than `max_mb`, or no document has text.
    """
    budget = Budget(path, max_mb)
    with open_zip(path, data, budget) as archive:
        package_name = _package_name(path, archive, budget)
        package = _xml(path, archive, package_name, budget)
        about = _about(package)
        locked = _locked(path, archive, budget)
        brief = read = 0
        for name in _spine(package, package_name):
            where = f"{path}/{name}"
            if name in locked:
                yield ArticleError(where, "is encrypted; a book without copy protection is needed.")
                continue
            try:
                page = decode_page(Path(where), _member(path, archive, name, budget))
            except ArticleError as error:
                yield ArticleError(where, error.reason)
                continue
            body = match[0] if (match := _BODY.search(page)) else page
            text = text_of_html(body)
            if letters(text) < ENOUGH_LETTERS:
                brief += 1
                continue
            read += 1
            title = _title(body, page) or about.get("title")
            fields = {"date": about.get("date"), "source": about.get("publisher"), "title": title}
            part, own_id = f"#{name}", about.get("identifier")
            given = {**fields, "id": own_id and f"{own_id}{part}"}
            start = body_start(text, title)
            yield from make_article(where, text, given, body=start, default_id=default_id(path), path=path, part=part)
    if not read and not locked:
        raise ArticleError(str(path), "holds no document with text; index another form of it.")
    if brief:
        yield ArticleNote(str(path), f"{brief} of its documents have next to no text, as covers do; not read.")


def _package_name(path: Path, archive: ZipFile, budget: Budget) -> str:
    container = _xml(path, archive, "META-INF/container.xml", budget)
    names = (element.get("full-path") for element in container.iter() if local_name(element) == "rootfile")
    name = next((name for name in names if name), None)
    if name is None:
        raise ArticleError(str(path), "is no EPUB; it does not say what is in it.")
    return name


def _about(package: Element) -> dict[str, str]:
    """What is said of the whole: title, date, publisher, identifier. The program that made it is no publisher."""
    about: dict[str, str] = {}
    for element in package.iter():
        name, text = local_name(element), " ".join((element.text or "").split())
        changed = any(key.endswith("event") and value != "publication" for key, value in element.attrib.items())
        if text and not changed and name in ("title", "date", "publisher", "identifier"):
            about.setdefault(name, text)
    if about.get("publisher", "").lower().startswith("calibre"):
        del about["publisher"]
    return about


def _spine(package: Element, package_name: str) -> list[str]:
    """The names of the documents in their order, without the contents."""
    folder = posixpath.dirname(package_name)
    manifest: dict[str, str] = {}
    order: list[str] = []
    for element in package.iter():
        name = local_name(element)
        if name == "item" and "nav" not in element.get("properties", "").split():
            manifest[element.get("id", "")] = posixpath.normpath(
                posixpath.join(folder, unquote(element.get("href", "")))
            )
        elif name == "itemref" and element.get("linear") != "no":
            order.append(element.get("idref", ""))
    return list(dict.fromkeys(manifest[key] for key in order if key in manifest))


def _locked(path: Path, archive: ZipFile, budget: Budget) -> set[str]:
    if "META-INF/encryption.xml" not in archive.namelist():
        return set()
    root = _xml(path, archive, "META-INF/encryption.xml", budget)
    return {unquote(e.get("URI", "")) for e in root.iter() if local_name(e) == "CipherReference"}


def _title(body: str, page: str) -> str:
    match = _HEADING.search(body)
    heading = " ".join(text_of_html(match[2]).split()) if match else ""
    if heading:
        return heading
    match = _TITLE.search(page)
    return " ".join(text_of_html(match[1]).split()) if match else ""


def _xml(path: Path, archive: ZipFile, name: str, budget: Budget) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(_member(path, archive, name, budget))
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        raise ArticleError(str(path), f"is no whole EPUB ({name[:60]} is not well-formed); copy it again.") from None
    return root


def _member(path: Path, archive: ZipFile, name: str, budget: Budget) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise ArticleError(str(path), f"is no whole EPUB ({name[:60]!r} is missing); copy it again.") from None
    return read_member_of_zip(path, archive, info, budget)
