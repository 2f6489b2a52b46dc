"""Tables with an article a row: CSV and TSV as Kaggle and databases write them, Parquet (extra `parquet`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from index.errors import ArticleError
from index.files.access import MAX_FILE_MB, RAISE_IT
from index.files.columns import Columns
from index.files.fields import Item, decode
from index.files.records import Record, read_records

_MARKS = ",\t;|"
_LONGEST_FIELD = 5_000_000  # characters, as for an article


def read_table(path: Path, data: bytes, columns: Columns | None = None) -> Iterator[Item]:
    """The articles of a table whose first row names its columns. A row that cannot be used comes as an ArticleError.

    Raises:
        ArticleError: it is no text, or has no row below the names of its columns.
    """
    text = decode(path, data)
    if text[:4].lower() == "sep=":  # how a spreadsheet is told what stands between the columns
        text = text.partition("\n")[2]
    if "\n" not in text:  # the line ends of old Macs
        text = text.replace("\r", "\n")
    columns = columns or Columns()
    is_empty = True
    for item in read_records(path, _rows(path, text, columns), columns):
        is_empty = False
        yield item
    if is_empty:
        raise ArticleError(str(path), "has no row below the names of its columns; write it again.")


def _rows(path: Path, text: str, columns: Columns) -> Iterator[Record | ArticleError]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(_lines(text), delimiter=_mark(text, columns), strict=True)
    names: list[str] | None = None
    number = 0
    while True:
        number = reader.line_num + 1
        where = f"{path}:{number}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield ArticleError(where, f"is no row of a table ({error}), up to line {reader.line_num}; correct it.")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if names is None:
            names = _distinct(row)
        elif len(row) > len(names) and any(row[len(names) :]):
            yield ArticleError(
                where, f"has {len(row)} columns, and {len(names)} have names; put quotes around its text."
            )
        else:
            yield Record(where, dict(zip(names, row, strict=False)))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends; not by str.splitlines, to which a form feed ends one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _mark(text: str, columns: Columns) -> str:
    """What stands between the columns: that with which the first row has most names that mean something, or most."""
    first = next(filter(str.strip, islice(_lines(text), 20)), "")

    def merit(mark: str) -> tuple[int, int]:
        try:
            names = next(csv.reader([first], delimiter=mark), [])
        except csv.Error:
            return 0, 0
        record = dict.fromkeys(names, "")
        return len(record) - len(columns.unknown(record)), len(names)

    return max(_MARKS, key=merit)


def _distinct(names: list[str]) -> list[str]:
    """The names of the columns; of two that are the same, the second with a number."""
    given: list[str] = []
    for position, name in enumerate(names, start=1):
        clean = name.strip()
        given.append(clean if clean not in given else f"{clean} {position}")
    return given


_ROWS = 200  # read at once


def read_parquet(path: Path, data: bytes, columns: Columns | None = None, max_mb: int = MAX_FILE_MB) -> Iterator[Item]:
    """The articles of a Parquet file, one a row.

    Raises:
        ArticleError: the extra is not installed, it is no Parquet file, has no row, or unpacks to more than `max_mb`.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        reason = "needs what reads Parquet; install it with: pip install 'dateline[parquet]'."
        raise ArticleError(str(path), reason) from None
    if not data.startswith(b"PAR1"):
        raise ArticleError(str(path), "is not a Parquet file; copy it again.")
    try:
        file = ParquetFile(io.BytesIO(data))
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        if sum(group.total_byte_size for group in groups) > max_mb * 1_000_000:
            raise ArticleError(str(path), f"unpacks to more than {max_mb:,} MB; {RAISE_IT}")
        if not file.metadata.num_rows:
            raise ArticleError(str(path), "is empty; write it again.")
        yield from read_records(path, _parquet_rows(path, file), columns or Columns())
    except (ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ArticleError(str(path), f"is not a whole Parquet file ({reason}); copy it again.") from None


def _parquet_rows(path: Path, file: object) -> Iterator[Record | ArticleError]:
    number = 0
    for batch in file.iter_batches(batch_size=_ROWS):  # type: ignore[attr-defined]
        for values in batch.to_pylist():
            number += 1
            yield Record(f"{path}, row {number}", values)
