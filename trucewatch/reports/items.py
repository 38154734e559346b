"""One item of an RSS or Atom feed: its own bytes, and the parts that stand in them.

An item is parsed alone, outside its feed. So a document type, and with it every entity that a
hostile feed declares, stays behind; and a broken item does not reach the others. Namespaces are
told by their customary prefixes (``content:encoded``, ``dc:date``).
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING

from trucewatch.model import Noun
from trucewatch.reports.encoding import NoTextError, decode

if TYPE_CHECKING:
    from lxml import etree

_PREFIX = re.compile(r"[<\s/]([A-Za-z_][A-Za-z0-9_.-]{0,40}):[A-Za-z_]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_ENTITY = re.compile(
    r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos)|([A-Za-z][A-Za-z0-9]{1,31}));|&"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_IDS = ("guid", "id", "dc:identifier")
_DATES = ("pubDate", "published", "dc:date", "dcterms:issued", "dcterms:created", "updated")
_PUBLISHERS = ("source", "dc:publisher")
_TEXTS = ("content:encoded", "content", "xhtml:body", "summary", "description", "dc:description")


class Item(Noun, frozen=True, kw_only=True):
    """What an item says. ``content`` is its fullest text as HTML or plain text, "" where it has none."""

    id: str | None = None
    link: str | None = None
    title: str = ""
    published: str | None = None
    publisher: str | None = None
    content: str = ""
    doubt: str | None = None


def parse_item(data: bytes, *, charset: str | None = None) -> Item:
    """The parts of an item. Raises :class:`NoTextError` where its markup is broken."""
    text, doubt = decode(data, declared=charset)
    parts = _parts(_root(text))
    return Item(
        id=_first(parts, _IDS),
        link=_link(parts.get("link", ())),
        title=plain(_first(parts, ("title",)) or ""),
        published=_first(parts, _DATES),
        publisher=plain(_first(parts, _PUBLISHERS) or "") or None,
        content=_first(parts, _TEXTS) or "",
        doubt=doubt,
    )


class Tombstone(Noun, frozen=True, kw_only=True):
    """What a feed says of an item that its publisher took out (RFC 6721): which one, when, and why."""

    ref: str
    when: str | None = None
    comment: str = ""


def parse_tombstone(data: bytes, *, charset: str | None = None) -> Tombstone:
    """The parts of a ``deleted-entry``. Raises :class:`NoTextError` where it is broken or names no item."""
    element = _root(decode(data, declared=charset)[0])
    ref = (element.get("ref") or "").strip()
    if not ref:
        raise NoTextError("is a deletion that names no item: it has no 'ref'")
    comment = _first(_parts(element), ("comment",)) or ""
    return Tombstone(ref=ref, when=element.get("when"), comment=plain(comment))


def plain(value: str) -> str:
    """A title without tags and with its entities read: some feeds escape twice."""
    return html.unescape(_TAG.sub("", value))


def parse_xml(text: str, *, recover: bool = False) -> etree._Element | None:
    """The root of some XML, with no entity resolved and nothing fetched. Raises lxml's XMLSyntaxError."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=recover, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root: etree._Element | None = etree.fromstring(text, parser)
    return root


def name_of(element: etree._Element, *, own_prefix: str | None = None) -> str:
    """An element's name as it is written; the prefix that the item itself has is left away."""
    tag = str(element.tag).rpartition("}")[2]
    prefix = element.prefix
    return tag if prefix is None or prefix == own_prefix else f"{prefix}:{tag}"


def _root(text: str) -> etree._Element:
    from lxml import etree

    text = _NOT_XML.sub("", text)
    prefixes = sorted(set(_PREFIX.findall(text)) - {"xml", "xmlns"})
    declared = "".join(f' xmlns:{prefix}="prefix:{prefix}"' for prefix in prefixes)
    try:
        wrapped = parse_xml(f"<feed{declared}>{_mend(text)}</feed>")
    except etree.XMLSyntaxError as error:
        raise NoTextError(f"is broken: {error.msg}") from error
    if wrapped is None or len(wrapped) != 1:
        raise NoTextError("is broken: its markup is not one element")
    return wrapped[0]


def _mend(text: str) -> str:
    """XML with HTML's named entities read and lone ampersands escaped, as they stand in many feeds."""
    pieces = _CDATA.split(text)
    return "".join(piece if at % 2 else _ENTITY.sub(_entity, piece) for at, piece in enumerate(pieces))


def _entity(match: re.Match[str]) -> str:
    known, name = match.groups()
    if known:
        return match[0]
    return html5.get(f"{name};", html.escape(match[0])) if name else "&amp;"


def _parts(item: etree._Element) -> dict[str, list[etree._Element]]:
    parts: dict[str, list[etree._Element]] = {}
    for child in item:
        if isinstance(child.tag, str):
            parts.setdefault(name_of(child, own_prefix=item.prefix), []).append(child)
    return parts


def _first(parts: dict[str, list[etree._Element]], names: tuple[str, ...]) -> str | None:
    """The first of the named parts that says something."""
    for name in names:
        for part in parts.get(name, ()):
            if text := _inner(part):
                return text
    return None


def _inner(part: etree._Element) -> str:
    """The text of a part; where it holds markup of its own (XHTML), that markup."""
    from lxml import etree

    if not len(part):
        return (part.text or "").strip()
    if (title := part.find("{*}title")) is not None and name_of(part).endswith("source"):  # Atom
        return (title.text or "").strip()
    inner = (html.escape(part.text or ""), *(etree.tostring(child, encoding="unicode") for child in part))
    return "".join(inner).strip()


def _link(links: tuple[etree._Element, ...] | list[etree._Element]) -> str | None:
    """The address of the item itself: RSS writes it as text, Atom as an attribute."""
    for link in links:
        if link.get("rel", "alternate") == "alternate" and (found := link.get("href") or link.text):
            return found.strip()
    return None
