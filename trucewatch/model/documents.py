"""A report as received, and the document read from it."""

from __future__ import annotations

import datetime as dt
import hashlib

from trucewatch.model.base import Noun, Span


class Report(Noun, frozen=True, kw_only=True):
    """One report as it was received, before anybody reads it.

    ``data`` are the bytes as received and ``sha256`` their hash: the identity of this version.
    ``id`` is the name the publisher or the user gives it; two versions of one report share it.
    ``published`` is the day of publication in the publisher's own reckoning, or None.
    One that is ``withdrawn`` is no text but the publisher's word that the report of that id was taken back:
    ``data`` is the notice, ``published`` the day, ``title`` the reason where one is given.
    """

    id: str
    data: bytes
    media_type: str
    origin: str
    sha256: str
    publisher: str | None = None
    published: dt.date | None = None
    title: str = ""
    language: str | None = None
    url: str | None = None
    withdrawn: bool = False


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


class Quotation(Noun, frozen=True, kw_only=True):
    """A stretch between quotation marks; ``span`` includes the marks, ``inner`` does not."""

    span: Span
    inner: Span
    closed: bool = True


class Document(Noun, frozen=True, kw_only=True):
    """A report's text with its divisions. ``sentences`` and ``paragraphs`` cover all but white space.

    ``language`` is None where it cannot be told. ``doubts`` say what was guessed in reading it.
    """

    report: Report
    text: str
    language: str | None
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    doubts: tuple[str, ...] = ()

    def words(self, span: Span) -> str:
        """The exact words on a span."""
        return self.text[span[0] : span[1]]
