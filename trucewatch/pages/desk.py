"""What the pages look things up in: a ledger, with what was worked out from it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

from trucewatch.ledger import Ledger
from trucewatch.ledger.erasing import in_words
from trucewatch.ledger.fetching import undisturbed
from trucewatch.model import Ceasefire, Entry, Noun, Report, Review, Run, Shelf
from trucewatch.pages.asking import NotFoundError, Question
from trucewatch.pages.memory import Memory, state_of
from trucewatch.pages.shelf import Near, Remembered
from trucewatch.pages.tiles import Tiles
from trucewatch.situation import Situation, names
from trucewatch.situation.assessment import assessed
from trucewatch.situation.horizon import RECENT
from trucewatch.situation.relevance import relevant
from trucewatch.views.exports import EXPORTS

Made = TypeVar("Made")
TABLES, PAGES, LOOKUPS, MADE, ORDERS = 256, 128, 6, 8, 8
TURNS = 2
_LOOKS_BACK = (31, 366, 36_600)  # days in which the newest report is looked for, one after the other


class Desk:
    """A ledger, its ceasefires, and the memory of what was worked out. One for the whole server."""

    def __init__(
        self, ledger: Ledger, ceasefires: Mapping[str, Ceasefire], *, tiles: Tiles | None = None
    ) -> None:
        def state() -> tuple[int, ...]:
            return state_of(ledger.path)

        self.ledger, self.ceasefires, self.tiles = ledger, ceasefires, tiles
        self._looked_up, self._made = Memory(state=state, size=LOOKUPS), Memory(state=state, size=MADE)
        self.shelf = cast(Shelf, Remembered(ledger, self._looked_up, self._made))
        self._tables = Memory(state=state, size=TABLES)
        self._pages = Memory(state=state, size=PAGES)
        self.orders = Memory(state=ledger.marks, size=ORDERS)
        self._turn = threading.BoundedSemaphore(TURNS)

    def situation(self, question: Question) -> Situation:
        """The situation of a day, as known on a day."""
        return assessed(self.shelf, question.ceasefire, at=question.day, known=question.known)

    def page(self, name: str, question: Question, write: Callable[[], str]) -> str:
        """A page as it was written for this question. Only two are worked out at a time.

        More side by side would all be ready only when the last is: Python computes in one thread at a time,
        but for what the database and the unpacking of texts do.
        """

        def in_turn() -> str:
            with self._turn, undisturbed():
                return write()

        key = (question.ceasefire.id, question.day, question.known, question.days)
        narrowed = (question.words, question.only, question.since, question.until, question.by)
        return self._pages.of((name, *key, *narrowed, question.older, question.newer), in_turn)

    def composed(self, question: Question, compose: Callable[[Situation], Made]) -> Made:
        """What is written of a situation, once."""
        key = ("composed", question.ceasefire.id, question.day, question.known)
        return self._tables.of(key, lambda: compose(self.situation(question)))

    def rows(self, view: str, question: Question) -> Sequence[Noun]:
        """The rows of an export for the days that a question covers."""
        key = ("rows", view, question.ceasefire.id, question.day, question.known, question.days)
        return self._tables.of(key, lambda: tuple(EXPORTS[view].rows(self.shelf, question.query)))

    def near(self, view: str, question: Question) -> Sequence[Noun]:
        """The rows of an export by what is near the days that a question covers, see :class:`Near`."""
        if question.start is None:
            return self.rows(view, question)
        key = ("near", view, question.ceasefire.id, question.day, question.known, question.days)
        near = Near(self.ledger, self._looked_up, self._made, first=question.start, last=question.day)
        shelf = cast(Shelf, near)
        return self._tables.of(key, lambda: tuple(EXPORTS[view].rows(shelf, question.query)))

    def reports(self, question: Question) -> Sequence[Report]:
        """The reports published within the days covered, the newest first."""
        key = ("reports", question.day, question.known, question.days)
        return self._tables.of(key, lambda: self._reports(question))

    def _reports(self, question: Question) -> Sequence[Report]:
        found = self.shelf.reports(question.known, since=question.start, until=question.day)
        return sorted(found, key=_by_date, reverse=True)

    def entries(self, question: Question) -> Sequence[Entry]:
        """The claims published within the days covered that belong to the ceasefire."""
        key = ("entries", question.ceasefire.id, question.day, question.known, question.days)
        return self._tables.of(key, lambda: self._entries(question))

    def _entries(self, question: Question, *, around: dt.timedelta = dt.timedelta()) -> Sequence[Entry]:
        since = question.start - around if question.start else None
        found = self.shelf.entries(question.known, since=since, until=question.day + around)
        return tuple(entry for entry, _ in relevant(found, cast=names.cast(question.ceasefire)))

    def entries_around(self, question: Question) -> Sequence[Entry]:
        """The same, with those published up to 14 days before and after: they may tell of days covered."""
        key = ("around", question.ceasefire.id, question.day, question.known, question.days)
        return self._tables.of(key, lambda: self._entries(question, around=RECENT))

    def report(self, sha256: str, question: Question) -> Report:
        """The report of some bytes, whatever day it is of. NotFoundError where none is on file."""
        near = next((report for report in self.reports(question) if report.sha256 == sha256), None)
        return near or self._version(sha256)

    def _version(self, sha256: str) -> Report:
        """The version of some bytes of a report, the newest or an older one."""
        found = [one for one in self.ledger.versions_of(sha256) if one.report.sha256 == sha256]
        if not found:
            raise NotFoundError(f"No report with SHA-256 {sha256[:80]} is on file.")
        if found[-1].erased:
            raise NotFoundError(f"The report with SHA-256 {sha256} {in_words(found[-1].erased)}.")
        return next((one.report for one in reversed(found) if not one.report.withdrawn), found[-1].report)

    def named(self, name: str, question: Question) -> Report:
        """The report of an id, or of ``publisher/id`` as exports write it where two share an id."""
        for reports in (self.reports(question), self._all_reports().values()):
            for report in reports:
                if name in (report.id, f"{report.publisher}/{report.id}"):
                    return report
        raise NotFoundError(f"No report {name[:200]!r} is on file.")

    def _all_reports(self) -> Mapping[str, Report]:
        return self._tables.of("all", lambda: {report.sha256: report for report in self.ledger.reports()})

    def claims_of(self, report: Report, known: dt.date | None) -> list[Entry]:
        """The claims of one version of a report, in the order of the text."""
        return [entry for entry in self._of_day(report.published, known) if _is_of(entry, report)]

    def _of_day(self, day: dt.date | None, known: dt.date | None) -> Sequence[Entry]:
        def look() -> Sequence[Entry]:
            if day is None:
                return self.shelf.entries(known, undated=True)
            return self.shelf.entries(known, since=day, until=day)

        return self._tables.of(("day", day, known), look)

    def reviews(self) -> Sequence[Review]:
        """The decisions on claims that stand, in order."""
        return self._tables.of("reviews", self.ledger.reviews)

    def text(self, sha256: str) -> str:
        """The text of a report; empty where none is on file."""
        return self.shelf.text(sha256, default="")

    def runs(self) -> list[Run]:
        """What was run over this ledger, in order."""
        return self.ledger.runs()

    def newest_day(self, ceasefire: Ceasefire) -> dt.date:
        """The day of the newest report within a ceasefire's time; its last day where there is none."""
        last = min(ceasefire.end or dt.date.max, dt.date.today())
        for days in _LOOKS_BACK:
            since = max(last - dt.timedelta(days=days), ceasefire.start)
            found = self.ledger.reports(since=since, until=last)
            dates = [report.published for report in found if report.published]
            if dates:
                return max(dates)
        return last


def _by_date(report: Report) -> tuple[dt.date, str, str]:
    return report.published or dt.date.min, report.publisher or "", report.id


def _is_of(entry: Entry, report: Report) -> bool:
    return entry.report.sha256 == report.sha256 and entry.report.id == report.id
