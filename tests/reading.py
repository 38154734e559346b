"""A document from a text, for tests of the reader."""

from __future__ import annotations

import datetime as dt

from trucewatch.documents.divisions import divide
from trucewatch.model import Document, Report, digest


def document(text: str, *, published: str | None = "2031-05-14", publisher: str | None = None) -> Document:
    divisions = divide(text)
    return Document(
        report=Report(
            id="test",
            data=text.encode(),
            media_type="text/plain",
            origin="test.txt",
            sha256=digest(text.encode()),
            publisher=publisher,
            published=dt.date.fromisoformat(published) if published else None,
        ),
        text=text,
        language="en",
        paragraphs=divisions.paragraphs,
        sentences=divisions.sentences,
        quotations=divisions.quotations,
    )
