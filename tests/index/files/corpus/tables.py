"""Tables: CSV and TSV of Kaggle, databases, spreadsheets and services; Parquet."""

import csv
import datetime as dt
import gzip
import io

from tests.index.files.corpus.making import KAGGLE, UPPER, File, items, several, table


def tables(new):
    yield several("kaggle.csv", lambda s: table(s, KAGGLE), new)
    yield several(
        "all-the-news.csv",
        lambda s: table(s, {"": "id", **KAGGLE, "url": "url"}, extra={"year": "2031.0"}),
        new,
        note="year",
    )
    yield several("capitals.csv", lambda s: table(s, UPPER), new)
    yield several("tabs.tsv", lambda s: table(s, KAGGLE, "\t"), new)
    yield several("semicolons.csv", lambda s: table(s, KAGGLE, ";"), new)
    yield several("told.csv", lambda s: "sep=|\r\n" + table(s, KAGGLE, "|"), new)
    yield several("quoted.csv", lambda s: table(s, KAGGLE, quoting=csv.QUOTE_ALL, end="\n"), new)
    yield several("marked.csv", lambda s: b"\xef\xbb\xbf" + table(s, KAGGLE).encode(), new)
    yield several("excel.csv", lambda s: table(s, KAGGLE, "\t").encode("utf-16"), new)
    yield several("packed.csv.gz", lambda s: gzip.compress(table(s, UPPER).encode()), new)
    yield several("html.csv", lambda s: table(s, KAGGLE, body=lambda one: one.html()), new)
    yield several("blank.csv", lambda s: table(s, KAGGLE).replace("\r\n", "\r\n\r\n", 1) + "\r\n\r\n", new)
    yield several("twice.csv", lambda s: table((*s, s[0]), KAGGLE), new, note="a second time")
    yield several("days.csv", lambda s: table(s, {"date_publish": "date", "maintext": "text", "title": "title"}), new)
    yield File(
        "no-text.csv",
        b"title,date,url\na,2031-01-01,u\nb,2031-01-01,v\nc,2031-01-01,w\nd,2031-01-01,x\n",
        fault="none of its 4 records has a text",
    )
    yield File("header.csv", b"title,content,date\n", fault="no row below")
    yield File("zero.csv", b"", fault="no row below")
    yield several("wide.csv", lambda s: table(s, KAGGLE) + "FOREIGN,a,b,c,d,e,f,g\r\n", new, fault="columns")
    yield several("open.csv", lambda s: table(s, KAGGLE) + '"FOREIGN,a\r\nb,c\r\n', new, fault="no row of a table")
    yield File("binary.csv", b"\0\1\2\3\xff" * 50, fault="is not UTF-8")
    yield File(
        "cyrillic.csv",
        "title,content\nНаводнение,Река поднялась на два метра в понедельник\n".encode("cp1251"),
        fault="is not UTF-8",
    )
    yield from _dates_in_tables(new)
    yield from _odd_tables(new)


DATED = {"title": "title", "content": "text", "date": "date"}


def _dates_in_tables(new):
    def written(name, day, **right):
        return several(name, lambda s: table(s, DATED, day=day), new, **right)

    yield written("long.csv", lambda day: f"{day:%B %-d, %Y} ")
    yield written("weekday.csv", lambda day: f"{day:%d %b %Y,%A}")
    yield written("short.csv", lambda day: f"{day:%-d-%b-%y}")
    yield written("points.csv", lambda day: f"{day:%d.%m.%Y} 08:15")
    yield written("zoned.csv", lambda day: f"{day} 23:30:00-05:00")
    yield written("channel.csv", lambda day: f" 7:51  PM ET {day:%a, %d %B %Y}")
    yield written("oracle.csv", lambda day: f"{day:%d-%b-%Y}".upper())
    yield written("digits.csv", lambda day: f"{day:%Y%m%d}093000")
    yield written("floats.csv", lambda day: f"{day:%Y%m%d}.0")
    yield written("french.csv", lambda day: f"{day.day} {FRENCH[day.month - 1]} {day.year}")
    yield written("japanese.csv", lambda day: f"{day.year}年{day.month}月{day.day}日")
    yield written("none.csv", lambda _: "NULL", dated=False)
    yield written("nat.csv", lambda _: "NaT", dated=False)
    yield written("month.csv", lambda day: f"{day:%B %Y}", dated=False, warning="is a month, and no day")
    yield written("serial.csv", lambda _: "47910", dated=False, warning="is no day that can be read")

    def settled(name, days, form, **right):
        some = tuple(new()._replace(day=dt.date.fromisoformat(day)) for day in days)
        return File(name, table(some, DATED, day=lambda day: format(day, form)).encode(), some, **right)

    early = "2031-02-04", "2031-04-07"
    yield settled("settled.csv", (*early, "2031-04-30"), "%-d/%-m/%Y")
    yield settled("settled-months.csv", ("2031-04-30", *early), "%m/%d/%Y %H:%M")
    yield settled("doubtful.csv", early, "%m/%d/%Y", dated=False, warning="in one of 2 articles")


FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def _odd_tables(new):
    yield several("topics.tsv", lambda s: table(s, {"title": "title", "content": "text"}, "\t"), new, dated=False)
    yield several(
        "labels.csv",
        lambda s: table(s, {"Title": "title", "Description": "text"}, extra={"Class Index": "3"}),
        new,
        dated=False,
        note="Class Index",
    )
    yield several("packed.tsv.gz", lambda s: gzip.compress(table(s, KAGGLE, "\t").encode()), new)
    yield several("carriage.csv", lambda s: table(s, KAGGLE, end="\r", body=lambda x: x.body.replace("\n", " ")), new)
    yield several("blank-names.csv", lambda s: table(s, {" title ": "title", "Content ": "text", "Date": "date"}), new)
    yield several("unnamed.csv", lambda s: table(s, {"Unnamed: 0": "id", **KAGGLE}), new)
    yield several("short-rows.csv", lambda s: table(s, DATED) + "FOREIGN\r\n", new, fault="has no `text`")
    yield several("wide-without-mark.csv", lambda s: table(s, KAGGLE).encode("utf-16-le"), new)
    yield several("long-text.csv", lambda s: table(s, KAGGLE), lambda: _long(new()), number=1)
    yield several("twice-named.csv", lambda s: table(s, DATED, extra={"title": "FOREIGN"}), new, note="title 4")
    yield several(
        "empty-text.csv",
        lambda s: table(s, KAGGLE) + "FOREIGN,,2031-01-01,x,y\r\n",
        new,
        fault="no text below its title",
    )
    yield several(
        "removed.csv", lambda s: table(s, KAGGLE) + "FOREIGN,[Removed],2031-01-01,x,y\r\n", new, fault="has no `text`"
    )
    yield File(
        "headlines.csv",
        b"publish_date,headline_text\n" + b"20310304,FOREIGN\n" * 9,
        fault="none of its 9 records has a text",
    )
    yield File(
        "events.tsv",
        b"\t".join(b"%d" % n for n in range(58)) + b"\thttps://e.org/FOREIGN\n" + b"1\t2\n" * 4,
        fault="none of its 4 records has a text",
    )
    yield File("kopf.csv", b"Kopf,Inhalt\n" + b"FOREIGN,FOREIGN\n" * 5, fault="it has Kopf, Inhalt")
    yield File("picture.tsv", b"\x89PNG\r\n\x1a\n" + bytes(300), fault="is not")
    yield File("page.csv", b"<!DOCTYPE html><html><body>FOREIGN: sign in, please</body></html>", fault="no row below")


def _long(one):
    return one._replace(paragraphs=one.paragraphs * 700)


def parquet(new):
    def made(stories, **options):
        import pyarrow as pa
        from pyarrow.parquet import write_table

        out = io.BytesIO()
        rows = [{**i, "date": s.day} for i, s in zip(items(stories, text="content"), stories, strict=True)]
        write_table(pa.Table.from_pylist(rows), out, **options)
        return out.getvalue()

    yield several("set.parquet", made, new)
    yield several("zstd.parquet", lambda s: made(s, compression="zstd"), new)
    yield File("half.parquet", made([new()])[:-60], fault="is not a whole Parquet file")
    yield File("table.parquet", table([new()], KAGGLE).encode(), fault="is not a Parquet file")
    yield File("zero.parquet", b"", fault="is not a Parquet file")
    yield File("named.parquet", b"FOREIGN", fault="is not a Parquet file")
