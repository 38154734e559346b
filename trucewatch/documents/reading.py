"""Read: from a report as received to one text with its divisions, its language and its details."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from trucewatch.documents.divisions import divide
from trucewatch.documents.language import KNOWN_LANGUAGES, detect
from trucewatch.documents.markup import to_text
from trucewatch.documents.page import read_page
from trucewatch.errors import ReportError
from trucewatch.model import Document, Issue, Noun, Report
from trucewatch.reports.details import details
from trucewatch.reports.encoding import NoTextError, decode, normalize
from trucewatch.reports.items import parse_item
from trucewatch.reports.lines import parse_line, text_of

_CHARSET = re.compile(r";\s*charset=([\w.:-]+)")


class _Content(Noun, frozen=True, kw_only=True):
    """The text of a report, the report with what reading it told, and what was guessed."""

    report: Report
    text: str
    language: str | None = None
    doubts: tuple[str, ...] = ()


def read(report: Report) -> Document:
    """The document of a report. Raises :class:`trucewatch.errors.ReportError`, which names the report."""
    kind = report.media_type.partition(";")[0]
    if kind not in FORMATS:
        raise ReportError(f"{report.origin}: is {kind}; what can be read is {', '.join(FORMATS)}")
    try:
        content = FORMATS[kind](report)
    except NoTextError as error:
        raise ReportError(f"{report.origin}: {error}") from error
    if not content.text.strip():
        raise ReportError(f"{report.origin}: has no text")
    parts = divide(content.text)
    return Document(
        report=content.report,
        text=content.text,
        language=report.language or detect(content.text) or content.language,
        paragraphs=parts.paragraphs,
        sentences=parts.sentences,
        quotations=parts.quotations,
        doubts=content.doubts,
    )


def is_known(document: Document) -> bool:
    """Whether the reader knows the document's language; one that cannot be told is given a try."""
    return document.language is None or document.language in KNOWN_LANGUAGES


def issues(document: Document) -> list[Issue]:
    """What there is to tell about the reading of a document: doubts, and a language that is not known."""
    told = list(document.doubts)
    if not is_known(document):
        known = ", ".join(sorted(KNOWN_LANGUAGES))
        told.append(f"not read: its language is {document.language}; known is {known}")
    return [Issue(origin=document.report.origin, message=message, level="warning") for message in told]


def _plain(report: Report) -> _Content:
    text, doubt = decode(report.data)
    return _Content(report=report, text=text, doubts=_some(doubt))


def _line(report: Report) -> _Content:
    return _Content(report=report, text=normalize(text_of(parse_line(report.data))))


def _page(report: Report) -> _Content:
    page = read_page(report.data, url=report.url)
    told = msgspec.structs.replace(
        report,
        title=report.title or page.title,
        published=report.published or page.published,
        publisher=report.publisher or page.publisher,
        url=report.url or page.url,
    )
    language = details({"language": page.language}).language
    return _Content(report=told, text=page.text, language=language, doubts=_some(page.doubt))


def _item(report: Report) -> _Content:
    charset = _CHARSET.search(report.media_type)
    item = parse_item(report.data, charset=charset[1] if charset else None)
    text = to_text(item.content) or to_text(item.title)
    return _Content(report=report, text=text, doubts=_some(item.doubt))


def _some(doubt: str | None) -> tuple[str, ...]:
    return (doubt,) if doubt else ()


FORMATS: dict[str, Callable[[Report], _Content]] = {
    "text/plain": _plain,
    "text/html": _page,
    "application/json": _line,
    "application/rss+xml": _item,
    "application/atom+xml": _item,
}
"""How each media type is read."""
