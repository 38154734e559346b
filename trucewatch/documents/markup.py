"""From markup to text: paragraphs stay apart, scripts and styles never come in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_LOOKS_LIKE_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w+);")
_DROPPED = frozenset(
    "script style noscript template head title svg math canvas iframe object embed applet audio video "
    "form button select textarea nav".split()
)
_PARAGRAPHS = frozenset(
    "address article aside blockquote body caption cell center dd details div dl dt fieldset figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 head header hr item li list main ol p pre quote row section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_LINES = frozenset(("br", "lb"))
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


def to_text(source: str) -> str:
    """The text of HTML or of plain text, with an empty line between paragraphs.

    >>> to_text("<p>One<br>two</p><p>three &amp; four</p>")
    'One\\ntwo\\n\\nthree & four'
    """
    if not _LOOKS_LIKE_MARKUP.search(source):
        return _settled(source)
    root = parse_html(source)
    return "" if root is None else text_of(root, dropped=_DROPPED)


def parse_html(source: str) -> etree._Element | None:
    """The tree of some HTML, however broken; None where there is none. Depth and size are bounded."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def text_of(root: etree._Element, *, dropped: frozenset[str] = frozenset()) -> str:
    """The text below an element, without the elements that are dropped."""
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and name in dropped:
            walk.skip_subtree()
        elif event == "start":
            pieces += (_break(name), _flat(element.text))
        else:
            pieces += (
                "" if name in _LINES else _break(name),
                _flat(element.tail if element is not root else None),
            )
    return _settled("".join(pieces))


def _break(name: str) -> str:
    return "\n\n" if name in _PARAGRAPHS else "\n" if name in _LINES else ""


def _flat(text: str | None) -> str:
    return " ".join(("|" + text + "|").split())[1:-1] if text else ""


def _settled(text: str) -> str:
    """Single spaces, single line ends, and an empty line between paragraphs."""
    text = _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BREAKS.sub(lambda found: "\n\n" if found[0].count("\n") > 1 else "\n", text)
    return text.strip()
