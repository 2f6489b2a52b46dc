"""Mailboxes: mails one after the other in a file."""

import gzip

from tests.index.files.corpus.making import File, several
from tests.index.files.stories import mail


def mailboxes(new):
    def box(stories):
        return b"".join(b"From news@e.org Tue Mar  4 08:00:00 2031\n" + mail(s, s.body) + b"\n\n" for s in stories)

    yield several("box.mbox", box, new)
    yield several("packed.mbox.gz", lambda s: gzip.compress(box(s)), new)
    yield several("windows.mbox", lambda s: box(s).replace(b"\n", b"\r\n"), new)
    yield several("odd.mbox", lambda s: box(s) + b"From x\n\nFOREIGN\n", new, fault="is no e-mail")
    yield File("none.mbox", b"FOREIGN", fault="is no mailbox")
    yield several("quoted.mbox", lambda s: box(s).replace(b"Some ", b"\n>From "), lambda: _from(new()))
    yield several(
        "labelled.mbox",
        lambda s: box(s).replace(b"From: ", b"X-GM-THRID: 1\nX-Gmail-Labels: FOREIGN,Inbox\nFrom: "),
        new,
    )
    yield several("headed.mbox", lambda s: b"\n\n" + box(s), new)
    yield several("spaced.mbox", lambda s: box(s).replace(b"From news@e.org", b"From 1234567890@xxx"), new)
    yield several(
        "one-empty.mbox", lambda s: box(s) + b"From x\nFrom: x\nSubject: FOREIGN\n\n", new, fault="e-mail without text"
    )
    yield several("mails", box, new)
    yield File("bomb.mbox.gz", gzip.compress(b"From a\n" + bytes(30_000_000)), fault="unpacks to more than 20 MB")
    yield File("zero.mbox", b"", fault="is no mailbox")
    yield File("none.mbox.gz", b"FOREIGN", fault="not a whole gzip file")


def _from(one):
    first, second, *rest = one.paragraphs
    return one._replace(paragraphs=(first, second.replace("Some ", "From "), *rest))
