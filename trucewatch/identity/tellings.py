"""A claim of a contact made ready to be compared: who, when, how, told by whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trucewatch.claims.titles import READER as OF_TITLE
from trucewatch.claims.titles import legible
from trucewatch.identity import names
from trucewatch.identity.people import Roster, Somebody, body
from trucewatch.model import Contact, ContactForm, ContactStatus, Entry, Time
from trucewatch.model.days import closing, opening

_ONE = dt.timedelta(days=1)
_OPENING = 600  # characters: what a report tells within so many of its beginning is its news
_TOGETHER = frozenset({"call", "meeting", "talks"})
_LONG = 8  # days: a longer window is no date to know a contact by
# A title that begins with the contact itself leaves its publisher's side unsaid.
_WITH = re.compile(
    r"(?:[\w’'-]+\s+){0,3}(?:calls?|conversations?|talks|meetings?|negotiations?|consultations?|audience)\s+with\b",
    re.IGNORECASE,
)
_BY_VIDEO = re.compile(r"\b(?:video\w*|virtual\w*|online)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Telling:
    """One claim of a contact with what it is compared by. ``who`` and ``bodies`` are ids of a roster.

    ``day`` is the day that the claim gives, ``start`` and ``end`` what it gives of a window.
    ``fresh`` marks a held contact without any time that is its report's news: it has its report's day.
    ``titled`` are those whom the report's title names, ``own`` is for whom its publisher speaks. ``passing``
    marks what a report about another contact looks back on, or names as its occasion.
    """

    entry: Entry
    contact: Contact
    people: tuple[Somebody, ...]
    bodies: frozenset[str]
    status: ContactStatus
    start: dt.date | None
    end: dt.date | None
    fresh: bool
    passing: bool
    titled: frozenset[str]
    own: Somebody | None
    by_video: bool
    place: str | None
    countries: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The id of the claim."""
        return self.contact.id or ""

    @property
    def form(self) -> ContactForm:
        """The form as the claim gives it."""
        return self.contact.form

    @property
    def time(self) -> Time | None:
        """The time as the claim gives it."""
        return self.contact.time

    @property
    def minutes(self) -> int | None:
        """How long it took."""
        return self.contact.duration_minutes

    @property
    def publisher(self) -> str | None:
        """Who published the report."""
        return self.entry.report.publisher

    @property
    def told(self) -> dt.date | None:
        """The day of publication."""
        return self.entry.report.published

    @property
    def day(self) -> dt.date | None:
        """The one day that the claim gives."""
        return self.start if self.start == self.end else None

    @cached_property
    def date(self) -> dt.date | None:
        """The day, or the day of publication where the contact is the news of a report."""
        return self.day or (self.told if self.fresh else None)

    @cached_property
    def window(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day it may be on, as far as both are known and near."""
        if self.date:
            return self.date, self.date
        if self.start and self.end and self.end - self.start < _LONG * _ONE:
            return self.start, self.end
        return None

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days under which it is looked up: those of its window, and the nights around them."""
        if self.window is None:
            return ()
        first, last = self.window
        return tuple(first + step * _ONE for step in range((last - first).days + 2))

    @property
    def of_title(self) -> bool:
        """Whether the report's title tells it."""
        return self.contact.reader == OF_TITLE

    @cached_property
    def in_title(self) -> int:
        """How many of its people the report's title names, its publisher's own left out."""
        title = legible(self.entry.report.title)
        return sum(
            names.surname(who.name) in title
            for who in self.people
            if who.kind == "person" and who != self.own
        )

    @property
    def is_opening(self) -> bool:
        """Whether the report begins with it."""
        return _opens(self.contact)

    @cached_property
    def who(self) -> frozenset[str]:
        """The participants who are known, as ids; a state goes for nothing beside a person of it."""
        persons = {p.country for p in self.people if p.kind == "person"}
        return frozenset(p.id for p in self.people if p.kind == "person" or p.country not in persons)

    @cached_property
    def states(self) -> frozenset[str]:
        """The participants who are states."""
        return frozenset(p.id for p in self.people if p.kind == "state")

    def land(self, somebody: str) -> str | None:
        """The country of somebody, where it is known."""
        kind, _, name = somebody.partition(":")
        return name if kind == "state" else self.countries.get(somebody)

    def lands(self, members: frozenset[str]) -> frozenset[str]:
        """The countries of some participants."""
        return frozenset(land for name in members if (land := self.land(name)))


def telling(entry: Entry, roster: Roster) -> Telling:
    """The claim of an entry, which must be a contact, as it is compared.

    Nothing is held on a day after its report: that is only planned (trap 20).
    """
    contact = entry.claim
    assert isinstance(contact, Contact)  # noqa: S101 - callers choose
    start, end = days(contact.time)
    told = entry.report.published
    ahead = contact.status == "held" and start is not None and told is not None and start > told
    people, bodies = _company(contact, entry, roster)
    return Telling(
        entry=entry,
        contact=contact,
        people=people,
        bodies=bodies,
        status="planned" if ahead else contact.status,
        start=start,
        end=end,
        fresh=False,
        passing=False,
        titled=roster.named_in(legible(entry.report.title)),
        own=roster.principal(entry.report.publisher),
        by_video=bool(_BY_VIDEO.search(legible(entry.report.title))),
        place=_place(contact),
        countries=roster.countries,
    )


def order(told: Telling) -> tuple[dt.date, str, str, tuple[int, int], str]:
    """By the day of telling, then by content: the order of the input is no matter."""
    report = told.entry.report
    return told.told or dt.date.max, report.publisher or "", report.id, told.contact.evidence, told.id


def days(time: Time | None) -> tuple[dt.date | None, dt.date | None]:
    """The first day of a time and its last, each where the time gives it."""
    if time is None:
        return None, None
    return opening(time.start), closing(time.end)


def _company(contact: Contact, entry: Entry, roster: Roster) -> tuple[tuple[Somebody, ...], frozenset[str]]:
    """Who takes part, and the bodies that meet. A title names the other side: its own is the publisher's."""
    found = [who for actor in contact.participants if (who := roster.who(actor, entry.report))]
    people = {who.id: who for who in found if who.kind != "body"}
    own = roster.principal(entry.report.publisher)
    if own and len(people) == 1 and _leaves_out(contact, entry, roster, own, *people.values()):
        people.setdefault(own.id, own)
    bodies = {who.id for who in found if who.kind == "body"}
    return tuple(people.values()), frozenset(bodies | ({body(contact.body)} if contact.body else set()))


def _leaves_out(contact: Contact, entry: Entry, roster: Roster, own: Somebody, other: Somebody) -> bool:
    """Whether a contact with somebody of another country leaves the publisher's own side unsaid.

    So do "Telephone conversation with X" and, in a report whose title names the publisher's principal,
    an opening that tells of a meeting with X alone.
    """
    title = legible(entry.report.title)
    if contact.reader == OF_TITLE:
        return bool(_WITH.match(title))
    if other.kind != "person" or len(contact.participants) > 1 or contact.form not in _TOGETHER:
        return False
    foreign = other.country != own.country if other.country else other.id in roster.partners(own)
    return foreign and _opens(contact) and ("President" in title or names.surname(own.name) in title)


def _opens(contact: Contact) -> bool:
    return contact.reader == OF_TITLE or contact.evidence[0] < _OPENING


def _place(contact: Contact) -> str | None:
    place = contact.place
    return " ".join((place.name or place.text or "").casefold().split()) or None if place else None
