"""Plain text of marked-up text: HTML in feeds and agency items, as a string or as elements. A paragraph is a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BLOCKS = frozenset(
    "address article aside block blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hedline hl1 hl2 hr li main nav ol p pre section table td th tr ul".split()
)
_UNSEEN = frozenset("head iframe math noscript object script style svg template title".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_LEVELS = 4  # how often markup may have been escaped
_TAGS = "|".join(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
    img input ins kbd label legend li link main map mark marquee math menu meta nav nobr noframes noscript object ol
    optgroup option output p param picture pre progress q rp rt ruby s samp script section select slot small source span
    strike strong
    style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
    """.split()
)
_TAG = rf"/?(?:(?:{_TAGS})(?=[\s/>])|\w+[:-]\w)"  # what follows the "<" of a tag: not `<IBM.N>`
_NO_TAG = re.compile(rf"<(?!{_TAG}|[!?])", re.IGNORECASE)
_STILL_MARKED = re.compile(
    rf"<{_TAG}[^<>]*>|<!\[CDATA\[|<!--|&(?:[a-z]{{2,8}}|#\d{{2,6}}|#x[0-9a-f]{{2,6}});", re.IGNORECASE
)
_WHOLE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]{0,2000}>|<![^<>]{0,2000}>")
_SPACE = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_UNEVEN = re.compile(r"\s{2,}|[^\S ]")  # space that is no single blank: to replace these, too, would cost memory
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Lines:
    """Collects text between the borders of blocks."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._unseen: list[str] = []
        self._outermost: dict[str, int] = {}  # where each of those stands first

    def start(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._parts.append("\n")
        if tag in _UNSEEN:
            self._outermost.setdefault(tag, len(self._unseen))
            self._unseen.append(tag)

    def end(self, tag: str) -> None:
        if tag in self._outermost:  # and what was left open within it
            first = self._outermost[tag]
            for inner in self._unseen[first:]:
                if self._outermost.get(inner, -1) >= first:
                    del self._outermost[inner]
            del self._unseen[first:]
        if tag in _BLOCKS:
            self._parts.append("\n")

    def data(self, text: str) -> None:
        if not self._unseen:
            # A line end in the source of a page is a space; only tags end a line.
            self._parts.append(_UNEVEN.sub(" ", text))

    def text(self) -> str:
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)


class _Parser(HTMLParser):
    """Collects the text of HTML.

    Attributes:
        hidden: the tag of the outermost element around that is not shown, once for each of its kind that is open.
    """

    def __init__(self, *, hides: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = _Lines()
        self.hidden: list[str] = []
        self._hides = hides

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.hidden or (self._hides and not self.hidden and tag not in _VOID and _is_hidden(attrs)):
            self.hidden.append(tag)
        self.lines.start(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            self.hidden.pop()
        self.lines.end(tag)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.lines.data(data)


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(name == "hidden" or (name == "style" and _NOT_SHOWN.search(value or "")) for name, value in attrs)


def text_of_html(html: str) -> str:
    """The text of a piece of HTML: a line for each block, entities read, scripts left out.

    What is escaped once more than it should be, or in a CDATA section within HTML, is read as what it was meant to be.
    """
    return unescaped(_text_of_level(html))


def unescaped(text: str) -> str:
    """A text in which there may be markup that was escaped: without it, its lines kept."""
    for _ in range(_LEVELS):
        if not _STILL_MARKED.search(text):
            break
        text = _text_of_level(text.replace("\n", "<br>"))
    return text


def _text_of_level(html: str) -> str:
    """The text of HTML, in which there may be markup again."""
    if "<![CDATA[" in html:
        html = html.replace("<![CDATA[", "").replace("]]>", "")
    if "<!--" in html:
        first, *rest = html.split("<!--")
        html = first + "".join(part.partition("-->")[2] if "-->" in part else part for part in rest)
    html = _NO_TAG.sub("&lt;", html)
    # A tag without an end is text. The parser says so, too, but looks through all the rest for the end of each.
    complete = html.rfind(">") + 1
    html = html[:complete] + html[complete:].replace("<", "&lt;")
    try:
        return _text_of(html)
    except AssertionError:  # what the library calls a marked section that it does not know, such as `<![foo[`
        return _text_of(html.replace("<![", "&lt;!["))


def text_of_marked_up(text: str) -> str:
    """The text of a field that has tags in it, as `text_of_html`, in a time that grows with its length, whatever is in
    it: what is no whole tag is text.
    """
    lines = _Lines()
    unseen = ""
    position = 0
    for match in _WHOLE_TAG.finditer(text):
        if not unseen:
            lines.data(unescape(text[position : match.start()]))
        position = match.end()
        tag = (match[2] or "").lower()
        if unseen:
            unseen = "" if match[1] and tag == unseen else unseen
        elif tag in _UNSEEN and not match[1]:
            unseen = tag
        elif tag in _BLOCKS:
            lines.end(tag)
    if not unseen:
        lines.data(unescape(text[position:]))
    return lines.text()


def _text_of(html: str) -> str:
    for hides in (True, False):  # what has no end may not hide all the rest
        parser = _Parser(hides=hides)
        parser.feed(html)
        parser.close()
        if not parser.hidden:
            break
    return parser.lines.text()


def text_of_element(element: Element) -> str:
    """The text of an XML element that holds XHTML or NITF: a line for each block."""
    lines = _Lines()
    for tag, text, opens in _walk(element):
        (lines.start if opens else lines.end)(tag)
        lines.data(text)
    return lines.text()


def trimmed_lines(text: str) -> str:
    """The lines of a plain text, without those that are blank and without the space around them."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def local_name(element: Element) -> str:
    """The name of an element without its namespace, as it is written."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _walk(root: Element) -> Iterator[tuple[str, str, bool]]:
    """Every tag within an element in the order of the text, with the text that follows it, and whether it opens.

    Without recursion: elements can lie in each other thousands deep.
    """
    yield "", root.text or "", True
    stack = [(root, iter(root))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is not None:
            yield local_name(child).lower(), child.text or "", True
            stack.append((child, iter(child)))
            continue
        stack.pop()
        yield local_name(parent).lower(), (parent.tail or "") if stack else "", False
