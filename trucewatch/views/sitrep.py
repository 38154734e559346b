"""The situation report as data: sections of sentences, every one with what it rests on.

A citation is ``claim:ID``, ``passage:SHA256:START-END``, ``report:SHA256``, ``ledger``, ``before`` (the
ledger as it was for the report compared with) or ``catalog``. Claims whose words stand together in one
report share a reference. The order of the sections and where it comes from stand in docs/sitrep.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from trucewatch.errors import UsageError
from trucewatch.model import Noun, Span
from trucewatch.situation import Held, Situation, Telling
from trucewatch.situation.corrections import Correction
from trucewatch.views.phrases import plain, shorten
from trucewatch.views.plots import Plot

TextOf = Callable[[str], str]
LEDGER = "ledger"
BEFORE = "before"
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
    """A heading with its sentences, a table where there is one, and what is drawn of it above the table."""

    title: str
    sentences: tuple[Sentence, ...]
    table: Table | None = None
    plot: Plot | None = None


class Reference(Noun, frozen=True, kw_only=True):
    """Where a sentence comes from: claims in a report with the exact words, or the ledger or catalog.

    ``words`` are exactly those of the report, made safe to print; a long passage ends in ``[...]``. A report
    that is cited as such has none, but a ``title``.
    """

    number: int
    claims: tuple[str, ...] = ()
    report: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    words: str | None = None
    title: str | None = None
    note: str | None = None


class Difference(Noun, frozen=True, kw_only=True):
    """One sentence, row or reference in which a version of a report differs from the version before it.

    ``was`` is None for what was added, ``now`` for what was removed. ``numbers`` are those that stand in
    one of the two only, as they are written: ``-1,566`` in the old one, ``+1,579`` in the new one.
    """

    section: str
    was: str | None = None
    now: str | None = None
    numbers: tuple[str, ...] = ()


class Sitrep(Noun, frozen=True, kw_only=True):
    """A situation report, ready for any shape.

    ``recorded`` is the moment whose ledger it was made of, so that it can be made again; None until it is
    signed. ``differences`` are those to the version signed before it.
    """

    title: str
    at: dt.date
    known: dt.date | None
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    ceasefire: str = ""
    recorded: dt.datetime | None = None
    differences: tuple[Difference, ...] = ()


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
    plot: Plot | None = None


@dataclass(frozen=True)
class Desk:
    """What the writers of sections look things up in.

    ``before`` is the situation of the report before, ``compared_with`` what that is called, ``corrections``
    what became of reports since, ``doubtful`` how much of the situation is not told (see ``sure``).
    """

    situation: Situation
    text_of: TextOf
    before: Situation | None = None
    compared_with: str = ""
    corrections: Sequence[Correction] = ()
    doubtful: int = 0

    def telling(self, claim: str) -> Telling:
        """The claim of an id, with its report; one that no longer counts is found in the report before."""
        found = self.situation.tellings.get(claim)
        return found or (self.before or self.situation).tellings[claim]

    def is_on_file(self, claim: str) -> bool:
        """Whether a claim is on file, now or for the report before."""
        return claim in self.situation.tellings or bool(self.before and claim in self.before.tellings)

    def held(self, sha256: str) -> Held:
        """A report on file, now or for the report before."""
        on_file = (*self.situation.reports, *(self.before.reports if self.before else ()))
        return next(held for held in on_file if held.sha256 == sha256)

    def text(self, sha256: str) -> str:
        """The text of a report; empty where none is on file."""
        try:
            return self.text_of(sha256)
        except UsageError:
            return ""

    def words(self, telling: Telling, span: Span | None) -> str:
        """The exact words on a span of a claim's report; empty where there is no text."""
        return self.text(telling.sha256)[span[0] : span[1]] if span else ""


def claims(ids: Iterable[str]) -> tuple[str, ...]:
    """Citations of claims."""
    return tuple(f"claim:{name}" for name in ids)


def passage(sha256: str, span: Span) -> str:
    """The citation of a stretch of a report's text that no claim has to rest on."""
    return f"passage:{sha256}:{span[0]}-{span[1]}"


def report(held: Held) -> str:
    """The citation of a report as such."""
    return f"report:{held.sha256}"


def left_out(**exports: int) -> list[Draft]:
    """How much more there is in which exports: none where nothing is left out.

    >>> left_out(incidents=2, forces=0)[0].text
    'More in the exports: incidents (2)'
    """
    more = ", ".join(f"{name} ({many})" for name, many in exports.items() if many > 0)
    return [Draft(f"More in the exports: {more}", (LEDGER,))] if more else []


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
            plot=chapter.plot,
        )
        for chapter in chapters
    )
    situation = desk.situation
    return Sitrep(
        title=title,
        ceasefire=situation.ceasefire,
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
class _Cited:
    """A stretch of a report that sentences rest on, a report as such (no span), or a note on what else."""

    source: Telling | Held | None = None
    span: Span | None = None
    claims: list[str] = field(default_factory=list)
    note: str | None = None


class _Register:
    """The references of a report in the making."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._cited: list[_Cited] = []
        self._known: dict[str, int] = {}

    def numbers(self, draft: Draft) -> tuple[int, ...]:
        if not draft.rests:
            raise ValueError(f"a sentence rests on nothing: {draft.text or draft.cells}")
        return tuple(sorted({self._number(cite) for cite in draft.rests}))

    def references(self) -> tuple[Reference, ...]:
        return tuple(self._reference(place + 1, cited) for place, cited in enumerate(self._cited))

    def _number(self, cite: str) -> int:
        if cite not in self._known:
            self._known[cite] = self._placed(*cite.partition(":")[0::2])
        return self._known[cite]

    def _placed(self, kind: str, name: str) -> int:
        if kind == "claim":
            telling = self._desk.telling(name)
            return self._place(telling, telling.claim.evidence, name)
        if kind == "passage":
            sha256, _, span = name.partition(":")
            start, end = span.split("-")
            return self._place(self._desk.held(sha256), (int(start), int(end)))
        if kind == "report":
            return self._append(_Cited(source=self._desk.held(name)))
        return self._append(_Cited(note=self._note(kind)))

    def _place(self, source: Telling | Held, span: Span, *claims: str) -> int:
        """A stretch of a report: with one that it touches, if both together are short enough, or its own."""
        start, end = span
        for place, cited in enumerate(self._cited):
            if cited.span is None or cited.source is None or cited.source.sha256 != source.sha256:
                continue
            low, high = cited.span
            joined = (min(low, start), max(high, end))
            if (
                start <= high + _NEAR
                and low <= end + _NEAR
                and joined[1] - joined[0] <= max(_LONGEST, high - low)
            ):
                cited.span = joined
                cited.claims.extend(claims)
                return place + 1
        return self._append(_Cited(source=source, span=span, claims=list(claims)))

    def _note(self, kind: str) -> str:
        if kind == BEFORE and self._desk.before:
            return before_note(self._desk.before)
        return ledger_note(self._desk.situation) if kind == LEDGER else catalog_note(self._desk.situation)

    def _append(self, cited: _Cited) -> int:
        self._cited.append(cited)
        return len(self._cited)

    def _reference(self, number: int, cited: _Cited) -> Reference:
        source = cited.source
        if source is None:
            return Reference(number=number, note=cited.note)
        words = self._desk.text(source.sha256)[slice(*cited.span)] if cited.span else ""
        return Reference(
            number=number,
            claims=tuple(cited.claims),
            report=source.report,
            publisher=source.publisher,
            published=source.published,
            url=source.url if isinstance(source, Telling) else None,
            words=shorten(plain(words), limit=2 * _LONGEST) or None,
            title=None if cited.span else plain(source.title) or None,
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


def before_note(before: Situation) -> str:
    """Which report is compared with, in a line."""
    note = ledger_note(before)
    return f"The report compared with, of {before.at}: {note[0].lower()}{note[1:]}"


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
