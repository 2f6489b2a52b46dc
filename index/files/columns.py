"""What the columns of a table, or the names in a JSON object, mean: text, title, date, source, address or id."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from index.errors import UsageError
from index.files.fields import HEADER_FIELDS
from index.files.markup import text_of_marked_up

_FIELDS = ("text", *HEADER_FIELDS)

# Names in small letters without marks between words; of several that a row has, the first that is filled is taken.
_NAMES = {
    "text": (
        "text body bodytext content contents maintext maincontent articlebody articletext articlecontent fulltext "
        "plaintext contenttext contenthtml article story document transcript"
    ),
    "title": "title headline headlines heading head webtitle headlinemain articletitle newstitle titlearticle",
    "date": (
        "date published publishedat publishedon publisheddate publishedtime datepublish datepublished publishdate "
        "publishtime pubdate publicationdate publicationdatetime webpublicationdate firstpublished "
        "firstpublicationdate dateofpublication releasedate seendate created createdat "
        "datecreated createddate createdutc posted postedat datetime timestamp"
    ),
    "source": (
        "source publisher outlet outletname publication publicationname sourcename newspaper medianame newssource "
        "sourcehostname sourcedomain domain hostname website site sitename"
    ),
    "url": "url link href weburl pageurl articleurl permalink canonicalurl newsurl sourceurl",
    "id": "id articleid docid documentid newsid guid uuid",
}
_BRIEF = "summary leadparagraph abstract description shortdescription desc standfirst excerpt snippet lead"
# What articles have none of; not named as unknown.
_KNOWN = "author authors byline creator updated updatedat modified modifiedat datemodify datemodified downloaded"

_MEANINGS = {field: tuple(names.split()) for field, names in _NAMES.items()}
_BRIEFS = tuple(_BRIEF.split())
_ALL = frozenset(name for names in _MEANINGS.values() for name in names) | {*_BRIEFS, *_KNOWN.split(), "", "unnamed0"}
_NO_LETTER = re.compile(r"[\W_]+")
_VALUES = ("name", "main", "rendered", "title", "value", "plain", "$oid", "$date", "$numberLong", "#text")
_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|li|section|article|blockquote|b|i|em|strong|a|span|td)>|<(?:br|hr)\s*/?>|<p[\s>]", re.IGNORECASE
)
# What NewsAPI puts in place of all but the first 200 characters.
_CUT = re.compile(r"\[\+?\d{1,9} chars\]\s*+\Z")
# What programs and services write where there is nothing.
_NOTHING = re.compile(
    r"\s*(?:null|none|nan|nat|n/a|\[(?:removed|deleted)\]|only available in [\w ]{1,40} plans)\s*", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});", re.IGNORECASE)
_LEVELS = 4  # how often markup may have been escaped


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a table, or one JSON object, says of an article.

    Attributes:
        text: the text; None where it has none.
        fields: the HEADER_FIELDS that it gives.
        is_brief: the text is no more than a summary.
        is_cut: the text is the beginning of one that a service cut off.
    """

    text: str | None
    fields: dict[str, object]
    is_brief: bool = False
    is_cut: bool = False

    def looks_like_an_article(self) -> bool:
        """Whether it has a text and something that says of what: a settings file may have a `text`, too."""
        if not self.text or not self.text.strip():
            return False
        given = {name for name, value in self.fields.items() if value not in (None, "")}
        return "title" in given and bool(given & {"date", "url"}) if self.is_brief else bool(given)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what, where it is not named as usual.

    Attributes:
        given: pairs of a field (`text`, `title`, `date`, `source`, `url`, `id`) and the column that holds it.
    """

    given: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Columns:
        """What is written as `text=Body,date=When`.

        Raises:
            UsageError: it is written otherwise, or names a field that articles do not have.
        """
        pairs = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            field, equals, column = (side.strip() for side in part.partition("="))
            if not equals or not column or field.lower() not in _FIELDS:
                raise UsageError(
                    f"{part!r} is no column to read; write FIELD=COLUMN, such as text=Body,date=When. "
                    f"The fields are {', '.join(_FIELDS)}."
                )
            pairs.append((field.lower(), column))
        return cls(tuple(pairs))

    def read(self, record: Mapping[str, Any]) -> Row:
        """What a row or object says."""
        by_name = {_normal(name): name for name in reversed(list(record))}
        mapped = {field: column for field, column in self.given if column in record}
        fields = {
            field: _value(record[column], listed=field == "source")
            for field in HEADER_FIELDS
            if (column := mapped.get(field) or _first(record, by_name, _MEANINGS[field])) is not None
        }
        column = mapped.get("text") or _first(record, by_name, _MEANINGS["text"])
        brief = _first(record, by_name, _BRIEFS)
        text = _text(record, column)
        cut = _CUT.search(text or "")
        if text is not None and cut:
            text = text[: cut.start()].rstrip().removesuffix("…").removesuffix("...").rstrip()
            summary = _text(record, brief) or ""
            return Row(max(text, summary, key=len), fields, is_cut=True)
        if text is None and brief is not None and (column is None or _is_empty(record[column])):
            return Row(_text(record, brief), fields, is_brief=True)
        return Row(text, fields)

    def unknown(self, record: Mapping[str, Any]) -> list[str]:
        """The names in it that mean nothing to us, as they are written."""
        mapped = {column for _, column in self.given}
        return [name for name in record if name not in mapped and _normal(name) not in _ALL]


def _normal(name: str) -> str:
    return _NO_LETTER.sub("", name).lower()


def _first(record: Mapping[str, Any], by_name: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """Of the columns of these names the first that is filled, or else the first that there is."""
    there = [by_name[name] for name in names if name in by_name]
    return next((name for name in there if not _is_empty(record[name])), there[0] if there else None)


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip() or _NOTHING.fullmatch(value) is not None
    return value is None or value in ([], {}) or _is_nan(value)


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _text(record: Mapping[str, Any], column: str | None) -> str | None:
    if column is None:
        return None
    value = record[column]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n".join(value) or None
    value = _value(value)
    if not isinstance(value, str):
        return None
    is_own = column == "text" and not _is_empty(record.get("id"))  # our own form, whose text is kept to the letter
    return value if is_own else _without_markup(value)


def _without_markup(text: str) -> str:
    """A text without its tags and entities, however often they were escaped; what has none stays as it is."""
    was_marked = False
    for _ in range(_LEVELS):
        if _MARKUP.search(text):
            text = text_of_marked_up(text.replace("\n", "<br>") if was_marked else text)
            was_marked = True
        elif _ENTITY.search(text):
            text = unescape(text)
        else:
            break
    return text


def _value(value: object, *, listed: bool = False) -> object:
    """A value without what it may be wrapped in: `{"name": ...}`, a point after a whole number, a list of one (of
    several if `listed`); None where it only says that there is nothing.
    """
    while isinstance(value, dict) or (isinstance(value, list) and (listed or len(value) == 1)):
        if isinstance(value, dict):
            inner = next((value[name] for name in _VALUES if not _is_empty(value.get(name))), None)
            if isinstance(inner, str) and inner == value.get("rendered"):  # WordPress's
                inner = text_of_marked_up(inner)
        else:
            inner = value[0] if value else None
        if inner is None:
            return value
        value = inner
    if isinstance(value, float) and (value.is_integer() or _is_nan(value)):
        return None if _is_nan(value) else int(value)
    return None if isinstance(value, str) and _NOTHING.fullmatch(value) else value
