"""Parquet files: tables of columns, as data sets are given away. Needs the extra `parquet`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from index.errors import ArticleError
from index.files.access import MAX_FILE_MB, RAISE_IT
from index.files.columns import Columns
from index.files.fields import Item
from index.files.records import Record, read_records

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
        yield from read_records(path, _rows(path, file), columns or Columns())
    except (ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ArticleError(str(path), f"is not a whole Parquet file ({reason}); copy it again.") from None


def _rows(path: Path, file: object) -> Iterator[Record | ArticleError]:
    number = 0
    for batch in file.iter_batches(batch_size=_ROWS):  # type: ignore[attr-defined]
        for values in batch.to_pylist():
            number += 1
            yield Record(f"{path}, row {number}", values)
