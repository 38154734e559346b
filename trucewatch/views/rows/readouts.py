"""Accounts of one contact, laid side by side: a row for each point, with the exact words of both."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Sequence

from trucewatch.model import AnyClaim, Noun, Report, Shelf, Span
from trucewatch.situation.contacts import states
from trucewatch.situation.names import cast
from trucewatch.situation.nouns import ContactState
from trucewatch.situation.readouts.choosing import ClaimsOf, claims_by_report, readouts
from trucewatch.situation.readouts.nouns import PointRelation, Readout, ReadoutPoint
from trucewatch.views.query import Query
from trucewatch.views.rows.contacts import asked


class ReadoutRow(Noun, frozen=True, kw_only=True):
    """One point of two accounts of a contact.

    ``relation`` is ``both``, ``only_a``, ``only_b``, ``differently`` or ``contradicted``; what one account
    leaves out it does not contradict. ``words_a`` and ``words_b`` are the exact words of each span, in the
    order of the text, ``differs_a`` and ``differs_b`` the words in which the two differ, ``voices_a`` and
    ``voices_b`` whose words the account gives them as. ``contact`` is the id in the export of contacts.
    """

    contact: str
    days: tuple[dt.date, ...]
    participants: tuple[str, ...]
    a_report: str
    a_publisher: str | None
    a_published: dt.date | None
    a_side: str | None
    b_report: str
    b_publisher: str | None
    b_published: dt.date | None
    b_side: str | None
    relation: PointRelation
    topic: str | None
    why: str | None
    words_a: tuple[str, ...]
    words_b: tuple[str, ...]
    differs_a: tuple[str, ...]
    differs_b: tuple[str, ...]
    voices_a: tuple[str, ...]
    voices_b: tuple[str, ...]
    spans_a: tuple[Span, ...]
    spans_b: tuple[Span, ...]


def rows(shelf: Shelf, query: Query) -> list[ReadoutRow]:
    """The points of each two accounts of the contacts that were held in the query's period.

    >>> rows(ledger, Query(period=Period.of("2021-12")))[0].relation  # doctest: +SKIP
    'both'
    """
    entries = asked(shelf, query)
    days = [e.report.published or e.recorded.date() for e in entries]
    at = query.period.end if query.period else max(days, default=dt.date.min)
    found = states(entries, at=at, judgements=shelf.judgements(query.known), ceasefire=query.ceasefire)
    text = functools.cache(functools.partial(shelf.text, default=""))
    compared = readouts(
        found,
        at=at,
        since=(query.period.start if query.period else None) or dt.date.min,
        text_of=lambda report: text(report.sha256),
        claims_of=_claims_of(shelf, query.known),
        cast=cast(query.ceasefire) if query.ceasefire else None,
    )
    by_id = {state.id: state for _, state in found}
    return [row for one in compared for row in _rows(one, by_id[one.contact], text)]


def _claims_of(shelf: Shelf, known: dt.date | None) -> ClaimsOf:
    """The claims of a report, looked up by its day of publication."""

    @functools.cache
    def of_day(day: dt.date | None) -> ClaimsOf:
        if day is None:
            return claims_by_report(shelf.entries(known, undated=True))
        return claims_by_report(shelf.entries(known, since=day, until=day))

    def claims(report: Report) -> Sequence[AnyClaim]:
        return of_day(report.published)(report)

    return claims


def _rows(compared: Readout, state: ContactState, text: Callable[[str], str]) -> Iterator[ReadoutRow]:
    for point in compared.points:
        yield _row(compared, point, state, text)


def _row(
    compared: Readout, point: ReadoutPoint, state: ContactState, text: Callable[[str], str]
) -> ReadoutRow:
    one, other = text(compared.a.sha256), text(compared.b.sha256)
    return ReadoutRow(
        contact=compared.contact,
        days=state.days,
        participants=state.participants,
        a_report=compared.a.report,
        a_publisher=compared.a.publisher,
        a_published=compared.a.published,
        a_side=compared.a.side,
        b_report=compared.b.report,
        b_publisher=compared.b.publisher,
        b_published=compared.b.published,
        b_side=compared.b.side,
        relation=point.relation,
        topic=point.topic,
        why=point.why,
        words_a=_words(one, point.a),
        words_b=_words(other, point.b),
        differs_a=_words(one, point.differs_a),
        differs_b=_words(other, point.differs_b),
        voices_a=point.voices_a,
        voices_b=point.voices_b,
        spans_a=point.a,
        spans_b=point.b,
    )


def _words(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in spans)
