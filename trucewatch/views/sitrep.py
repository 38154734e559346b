"""The situation report as data: sections of sentences, every one with what it rests on.

A citation is ``claim:ID``, ``report:SHA256``, ``ledger`` or ``catalog``. Claims whose words stand
together in one report share a reference. The order follows the practice of missions and relief
agencies: figures first, then what happened, was said, is due, is disputed, is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trucewatch.errors import UsageError
from trucewatch.model import Noun, Span
from trucewatch.situation import Held, Situation, Telling
from trucewatch.views.phrases import plain, shorten

TextOf = Callable[[str], str]
LEDGER = "ledger"
CATALOG = "catalog"
_LONGEST = 320
_NEAR = 40


class Sentence(Noun, frozen=True, kw_only=True):
    """One sentence without its full stop, and the numbers of the references it ends in."""

    text: str
    cites: tuple[int, ...]


class Row(Noun, frozen=True, kw_only=True):
    """A line of the table; ``size`` is the share (0 to 1) of the largest figure, None where there is none."""

    cells: tuple[str, ...]
    cites: tuple[int, ...]
    size: float | None = None


class Table(Noun, frozen=True, kw_only=True):
    """Figures by evening."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


class Section(Noun, frozen=True, kw_only=True):
    """A heading with its sentences, and a table where there is one."""

    title: str
    sentences: tuple[Sentence, ...]
    table: Table | None = None


class Reference(Noun, frozen=True, kw_only=True):
    """Where a sentence comes from: claims in a report with the exact words, or the ledger or catalog.

    ``words`` are exactly those of the report, made safe to print; a long passage ends in ``[...]``.
    """

    number: int
    claims: tuple[str, ...] = ()
    report: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    words: str | None = None
    note: str | None = None


class Sitrep(Noun, frozen=True, kw_only=True):
    """A situation report, ready for any shape."""

    title: str
    at: dt.date
    known: dt.date | None
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]


# --- drafting: sentences with claims, before they are numbered -----------------------------------


@dataclass(frozen=True)
class Draft:
    """A sentence or table row before numbering: ``rests`` are the citations by name."""

    text: str
    rests: tuple[str, ...]
    cells: tuple[str, ...] = ()
    size: float | None = None


@dataclass(frozen=True)
class Chapter:
    """A section before numbering."""

    title: str
    drafts: tuple[Draft, ...]
    caption: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[Draft, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What the writers of sections look things up in."""

    situation: Situation
    text_of: TextOf

    def telling(self, claim: str) -> Telling:
        """The claim of an id, with its report."""
        return self.situation.tellings[claim]

    def text(self, telling: Telling) -> str:
        """The text of a claim's report; empty where none is on file."""
        try:
            return self.text_of(telling.sha256)
        except UsageError:
            return ""

    def words(self, telling: Telling, span: Span | None) -> str:
        """The exact words on a span; empty where there is no text."""
        return self.text(telling)[span[0] : span[1]] if span else ""


def claims(ids: Iterable[str]) -> tuple[str, ...]:
    """Citations of claims."""
    return tuple(f"claim:{name}" for name in ids)


def report(held: Held) -> str:
    """The citation of a report as such."""
    return f"report:{held.sha256}"


# --- numbering -----------------------------------------------------------------------------------


def bind(title: str, chapters: Sequence[Chapter], *, desk: Desk) -> Sitrep:
    """Number the references in the order of their first mention. A sentence without one is an error."""
    register = _Register(desk)
    sections = tuple(
        Section(
            title=chapter.title,
            sentences=tuple(
                Sentence(text=plain(draft.text), cites=register.numbers(draft)) for draft in chapter.drafts
            ),
            table=_table(chapter, register),
        )
        for chapter in chapters
    )
    situation = desk.situation
    return Sitrep(
        title=title,
        at=situation.at,
        known=situation.known,
        sections=sections,
        references=register.references(),
    )


def _table(chapter: Chapter, register: _Register) -> Table | None:
    if not chapter.rows:
        return None
    rows = tuple(Row(cells=row.cells, cites=register.numbers(row), size=row.size) for row in chapter.rows)
    return Table(caption=chapter.caption, head=chapter.head, rows=rows)


@dataclass
class _Passage:
    """A stretch of a report that several claims rest on, or something else that can be cited."""

    span: Span
    claims: list[str]
    telling: Telling | None = None
    held: Held | None = None
    note: str | None = None


class _Register:
    """The references of a report in the making."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._passages: list[_Passage] = []
        self._known: dict[str, int] = {}

    def numbers(self, draft: Draft) -> tuple[int, ...]:
        if not draft.rests:
            raise ValueError(f"a sentence rests on nothing: {draft.text or draft.cells}")
        return tuple(sorted({self._number(cite) for cite in draft.rests}))

    def references(self) -> tuple[Reference, ...]:
        return tuple(self._reference(place + 1, passage) for place, passage in enumerate(self._passages))

    def _number(self, cite: str) -> int:
        if cite not in self._known:
            kind, _, name = cite.partition(":")
            self._known[cite] = self._place_claim(name) if kind == "claim" else self._place_other(kind, name)
        return self._known[cite]

    def _place_claim(self, name: str) -> int:
        telling = self._desk.telling(name)
        start, end = telling.claim.evidence
        for place, passage in enumerate(self._passages):
            if passage.telling is None or passage.telling.sha256 != telling.sha256:
                continue
            low, high = passage.span
            joined = (min(low, start), max(high, end))
            if (
                start <= high + _NEAR
                and low <= end + _NEAR
                and joined[1] - joined[0] <= max(_LONGEST, high - low)
            ):
                passage.span = joined
                passage.claims.append(name)
                return place + 1
        return self._append(_Passage(span=(start, end), claims=[name], telling=telling))

    def _place_other(self, kind: str, name: str) -> int:
        if kind == "report":
            held = next(held for held in self._desk.situation.reports if held.sha256 == name)
            return self._append(_Passage(span=(0, 0), claims=[], held=held))
        note = ledger_note(self._desk.situation) if kind == LEDGER else catalog_note(self._desk.situation)
        return self._append(_Passage(span=(0, 0), claims=[], note=note))

    def _append(self, passage: _Passage) -> int:
        self._passages.append(passage)
        return len(self._passages)

    def _reference(self, number: int, passage: _Passage) -> Reference:
        if passage.note:
            return Reference(number=number, note=passage.note)
        source = passage.telling or passage.held
        assert source is not None  # noqa: S101 - a passage is a claim's, a report's or a note
        words = self._desk.words(passage.telling, passage.span) if passage.telling else source.title
        return Reference(
            number=number,
            claims=tuple(passage.claims),
            report=source.report,
            publisher=source.publisher,
            published=source.published,
            url=passage.telling.url if passage.telling else None,
            words=shorten(plain(words), limit=2 * _LONGEST) or None,
        )


def ledger_note(situation: Situation) -> str:
    """What was looked at in the ledger for this day (see situation/horizon.py), in a line."""
    with_claims = [held for held in situation.reports if held.claims]
    dates = sorted(held.published for held in with_claims if held.published)
    span = f", published {dates[0]} to {dates[-1]}" if dates else ""
    known = f"as known on {situation.known}" if situation.known else "all that is on file"
    return (
        f"The ledger, {known}; for this day: {len(situation.tellings):,} claims on this ceasefire "
        f"in {len(with_claims):,} of {len(situation.reports):,} reports{span}"
    )


def catalog_note(situation: Situation) -> str:
    """What the catalog says of this ceasefire, in a line."""
    ended = f"to {situation.end}" if situation.end else "with no end given"
    counters = "; ".join(
        f"{note.name} counts {note.measure.replace('_', ' ')}"
        + (f" to {note.cutoff} local time" if note.cutoff else "")
        + (f", no report on {', '.join(note.no_report_on)}" if note.no_report_on else "")
        for note in situation.counters.values()
    )
    return f"The catalog, {situation.ceasefire}: {situation.name}, from {situation.start} {ended}; {counters}"
