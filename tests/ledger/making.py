"""Reports, documents and claims for tests, made of plain words."""

from __future__ import annotations

import datetime as dt

import msgspec

from trucewatch.model import Actor, AnyClaim, Document, Report, Statement, digest
from trucewatch.model.checks import identify

PUBLISHED = dt.date(2022, 2, 20)


def report(
    name: str = "a",
    text: str = "The mission counted seven.",
    *,
    published: dt.date | None = PUBLISHED,
    publisher: str | None = "Mission",
) -> Report:
    data = text.encode()
    return Report(
        id=name,
        data=data,
        media_type="text/plain",
        origin=f"{name}.txt",
        sha256=digest(data),
        publisher=publisher,
        published=published,
        title=f"Report {name}",
    )


def document(of: Report, *, text: str | None = None) -> Document:
    words = of.data.decode() if text is None else text
    return Document(report=of, text=words, language="en", paragraphs=(), sentences=(), quotations=())


def claims(of: Document, *speakers: str) -> tuple[AnyClaim, ...]:
    """One statement for each speaker, on the whole text."""
    made = [
        Statement(
            evidence=(0, max(1, len(of.text))),
            said_by=(),
            speaker=(Actor(name=name),),
            act="assert",
            form="indirect",
        )
        for name in speakers
    ]
    return tuple(_named(claim, of) for claim in made)


def _named(claim: Statement, of: Document) -> AnyClaim:
    return msgspec.structs.replace(claim, id=identify(claim, report_id=of.report.id))
