"""RSS and Atom feeds: each item is a report, kept as its own bytes; a deleted entry is a withdrawal."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from trucewatch.model import Issue, Noun, Report, Span, digest
from trucewatch.reports.details import Details, day, one_line, withdrawal
from trucewatch.reports.encoding import NoTextError, decode
from trucewatch.reports.items import name_of, parse_item, parse_tombstone, parse_xml, plain
from trucewatch.reports.limits import REPORT_LIMIT, size, too_big

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]{0,40}):)?(rss|feed|RDF)(?=[\s>])")
_DELETED = rb"(?:[A-Za-z_][\w.-]{0,40}:)?deleted-entry"
_ROOT_WITHIN = 64 * 1024  # bytes in which a feed's first element must begin
_HEAD = 64 * 1024  # bytes of the feed's own title and the like that are looked at
_SKIPPED = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"))


class _Feed(Noun, frozen=True, kw_only=True):
    """A feed's bytes with what holds for all its items."""

    data: bytes
    media_type: str
    charset: str | None
    title: str | None
    items: tuple[tuple[Span, bool], ...]
    deleted: tuple[tuple[Span, bool], ...]


def read_feed_file(path: Path, origin: str) -> Iterator[Report | Issue]:
    """The reports of an ``.xml``, ``.rss`` or ``.atom`` file."""
    if fault := too_big(path):
        yield Issue(origin=origin, message=fault)
        return
    with path.open("rb") as stream:
        data = stream.read(REPORT_LIMIT + 1)
    yield from read_feed(data, origin)


def read_feed(data: bytes, origin: str) -> Iterator[Report | Issue]:
    """The reports of a feed; an item that is broken is an issue and the others go on."""
    try:
        feed = _open(data)
    except NoTextError as error:
        yield Issue(origin=origin, message=str(error))
        return
    line, counted = 1, 0
    for number, (span, whole) in enumerate(feed.items, start=1):
        line += feed.data.count(b"\n", counted, span[0])
        counted = span[0]
        yield from _read(feed, span, f"{origin}#{number}", line=line, whole=whole)
    for number, (span, whole) in enumerate(feed.deleted, start=1):
        yield from _read_deleted(feed, span, f"{origin}#deleted-{number}", whole=whole)
    if not feed.items and not feed.deleted:
        yield Issue(origin=origin, message="is a feed without items", level="warning")


def _open(data: bytes) -> _Feed:
    if len(data) > REPORT_LIMIT:
        raise NoTextError(f"has more than {size(REPORT_LIMIT)}, the most for one feed")
    if not data.strip():
        raise NoTextError("is empty")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = decode(data)[0].encode()  # the scan below wants ASCII to be ASCII
    encoding = _ENCODING.match(data.removeprefix(codecs.BOM_UTF8))
    charset = encoding[1].decode() if encoding else None
    root = _ROOT.search(data, 0, _ROOT_WITHIN)
    if root is None:
        decode(data, declared=charset)  # tells what else it is, where it is no text at all
        raise NoTextError("is no feed: it begins with none of <rss>, <feed>, <rdf:RDF>")
    atom = root[2] == b"feed"
    name = b"item" if not atom else b"entry" if root[1] is None else root[1] + b":entry"
    items = tuple(_items(data, re.escape(name), root.end()))
    head = data[root.start() : min(items[0][0][0] if items else len(data), root.start() + _HEAD)]
    return _Feed(
        data=data,
        media_type=ATOM if atom else RSS,
        charset=charset,
        title=_title(head, charset),
        items=items,
        deleted=tuple(_deleted(data, items, root.end())),
    )


def _deleted(data: bytes, items: Sequence[tuple[Span, bool]], start: int) -> Iterator[tuple[Span, bool]]:
    """Where the feed itself, not the text of an item, says that an entry was deleted."""
    for (begin, end), whole in _items(data, _DELETED, start, empty=True):
        if not any(since <= begin < until for (since, until), _ in items):
            yield (begin, end), whole


def _items(data: bytes, name: bytes, start: int, *, empty: bool = False) -> Iterator[tuple[Span, bool]]:
    """Where each item stands, and whether it ends before the next begins; ``empty`` ones if asked for."""
    token = re.compile(rb"<!\[CDATA\[|<!--|<(/?)" + name + rb"(?=[\s/>])")
    opened: int | None = None
    while found := token.search(data, start):
        skipped = next((end for begin, end in _SKIPPED if found[0] == begin), None)
        end = data.find(skipped or b">", found.end())
        if end < 0:
            break
        start = end + len(skipped or b">")
        if skipped:
            continue
        if opened is not None:
            yield (opened, start if found[1] else found.start()), bool(found[1])
        is_empty = data[end - 1 : end] == b"/"
        if empty and is_empty and not found[1]:
            yield (found.start(), start), True
        opened = None if found[1] or is_empty else found.start()
    if opened is not None:
        yield (opened, len(data)), False


def _title(head: bytes, charset: str | None) -> str | None:
    """The feed's own title: that of the channel, not of its image."""
    from lxml import etree

    try:
        root = parse_xml(decode(head, declared=charset)[0], recover=True)
    except (NoTextError, etree.XMLSyntaxError):
        return None
    if root is None:
        return None
    channel = next((child for child in root if name_of(child).endswith("channel")), root)
    titles = (child.text for child in channel if name_of(child, own_prefix=channel.prefix) == "title")
    return one_line(plain(next(titles, None) or "")) or None


def _read(feed: _Feed, span: Span, origin: str, *, line: int, whole: bool) -> Iterator[Report | Issue]:
    data = feed.data[span[0] : span[1]]
    try:
        if not whole:
            raise NoTextError("is broken: it has no end")
        item = parse_item(data, charset=feed.charset)
    except NoTextError as error:
        yield Issue(origin=origin, message=f"{error} (the item on line {line})")
        return
    published = day(item.published) if item.published else None
    if item.published and published is None:
        doubt = f"date cannot be read ({one_line(item.published)[:60]!r}): the report is undated"
        yield Issue(origin=origin, message=doubt, level="warning")
    sha256 = digest(data)
    yield Report(
        id=one_line(item.id or item.link or "") or sha256,
        data=data,
        media_type=f"{feed.media_type}; charset={feed.charset}" if feed.charset else feed.media_type,
        origin=origin,
        sha256=sha256,
        publisher=one_line(item.publisher or "") or feed.title,
        published=published,
        title=one_line(item.title),
        url=one_line(item.link or "") or None,
    )


def _read_deleted(feed: _Feed, span: Span, origin: str, *, whole: bool) -> Iterator[Report | Issue]:
    """The withdrawal that a deleted entry is; the feed's title tells whose, as for its items."""
    data = feed.data[span[0] : span[1]]
    try:
        if not whole:
            raise NoTextError("is broken: it has no end")
        told = parse_tombstone(data, charset=feed.charset)
    except NoTextError as error:
        yield Issue(origin=origin, message=str(error))
        return
    when = day(told.when) if told.when else None
    if told.when and when is None:
        doubt = f"date cannot be read ({one_line(told.when)[:60]!r}): it counts from when it is on file"
        yield Issue(origin=origin, message=doubt, level="warning")
    gone = Details(
        id=one_line(told.ref),
        publisher=feed.title,
        title=one_line(told.comment),
        withdrawn=True,
        withdrawn_on=when,
    )
    yield withdrawal(data, origin, feed.media_type, gone)
