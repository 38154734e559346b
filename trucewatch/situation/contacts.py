"""Contacts: held, planned, conditional, called off, overdue.

Tellings are one contact if they have the same form of contact, the same participants (or the same
standing body) and the same day. Two more cases are joined: a telling without a day that is published
on the day of a held one or the day after, and a call told by two different publishers with days
one apart, because one call has two dates when it is night in one capital; both dates are kept.
A contact that is due stops being due when one with the same participants is held in or after its
window, and is overdue when its window has passed without one. "In the coming days" never passes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from trucewatch.model import Contact, Entry
from trucewatch.situation.days import ONE, closing, opening
from trucewatch.situation.names import key, same_name
from trucewatch.situation.nouns import ContactState, ContactStatus

_KINDRED = {
    "call": "call",
    "session": "session",
    "visit": "meeting",
    "meeting": "meeting",
    "summit": "meeting",
}


@dataclass(frozen=True)
class _Telling:
    """One claim of a contact with its days worked out."""

    entry: Entry
    contact: Contact
    start: dt.date | None
    end: dt.date | None
    told: dt.date | None

    @property
    def day(self) -> dt.date | None:
        return self.start if self.start == self.end else None


Group = tuple[_Telling, ...]


def contacts(entries: Iterable[Entry], *, at: dt.date) -> list[ContactState]:
    """The contacts as they stand on a day: the newest held ones first, then what is due by its end."""
    tellings = [_telling(entry, entry.claim) for entry in entries if isinstance(entry.claim, Contact)]
    known = [
        telling for telling in tellings if telling.told is None or telling.told <= at or _past(telling, at)
    ]
    held = _grouped([telling for telling in known if _is_held(telling, at)])
    other = [telling for telling in known if not _is_held(telling, at) and not _later(telling, at)]
    off = _grouped([t for t in other if t.contact.status in ("cancelled", "refused")])
    due = _grouped([t for t in other if t.contact.status not in ("cancelled", "refused", "held")])
    states = [_state(group, status="held") for group in held]
    states += [_state(group, status=group[0].contact.status) for group in off]
    states += [_due(group, held=held, off=off, at=at) for group in due]
    return sorted(states, key=_order)


def same_participants(one: Contact, other: Contact) -> bool:
    """Whether two contacts have the same participants, name by name, or the same standing body."""
    if one.body and other.body and key(one.body) == key(other.body):
        return True
    left, right = [actor.name for actor in one.participants], [actor.name for actor in other.participants]
    if not left or len(left) != len(right):
        return False
    return all(any(same_name(a, b) for b in right) for a in left) and all(
        any(same_name(a, b) for a in left) for b in right
    )


def _telling(entry: Entry, contact: Contact) -> _Telling:
    """A claim with its days. Nothing is held on a day after its report: that is only planned."""
    time = contact.time
    start, end = (opening(time.start), closing(time.end)) if time else (None, None)
    told = entry.report.published
    if contact.status == "held" and start and told and start > told:
        contact = msgspec.structs.replace(contact, status="planned")
    return _Telling(entry=entry, contact=contact, start=start, end=end, told=told)


def _is_held(telling: _Telling, at: dt.date) -> bool:
    return telling.contact.status == "held" and not _later(telling, at)


def _later(telling: _Telling, at: dt.date) -> bool:
    return telling.contact.status == "held" and (telling.start or at) > at


def _past(telling: _Telling, at: dt.date) -> bool:
    """Whether a later report tells of a held contact on or before the day."""
    return telling.contact.status == "held" and telling.end is not None and telling.end <= at


def _grouped(tellings: Sequence[_Telling]) -> list[Group]:
    groups: list[list[_Telling]] = []
    dated = sorted(tellings, key=lambda t: (t.day is None, t.day or dt.date.max, t.told or dt.date.max))
    for telling in dated:
        group = next((group for group in groups if all(_same(telling, other) for other in group)), None)
        if group is None:
            groups.append([telling])
        else:
            group.append(telling)
    return [tuple(group) for group in groups]


def _same(one: _Telling, other: _Telling) -> bool:
    form, other_form = (_KINDRED.get(t.contact.form, t.contact.form) for t in (one, other))
    if form != other_form or not same_participants(one.contact, other.contact):
        return False
    if one.contact.status != other.contact.status:
        return False
    if one.day and other.day:
        return one.day == other.day or _one_night_apart(one, other)
    if one.contact.status == "held" and (one.day or other.day):
        day = one.day or other.day or dt.date.min
        told = other.told if one.day else one.told
        undated = other if one.day else one
        return undated.start is None and undated.end is None and told in (day, day + ONE)
    return (one.start, one.end) == (other.start, other.end) and one.told == other.told


def _one_night_apart(one: _Telling, other: _Telling) -> bool:
    """One call in two capitals' calendars: only across publishers, and only for calls."""
    apart = abs(((one.day or dt.date.min) - (other.day or dt.date.min)).days) == 1
    publishers = {one.entry.report.publisher, other.entry.report.publisher}
    minutes = {t.contact.duration_minutes for t in (one, other)} - {None}
    return (
        apart
        and one.contact.form == "call"
        and one.contact.status == "held"
        and len(publishers) == 2
        and None not in publishers
        and len(minutes) < 2
    )


def _state(group: Group, *, status: ContactStatus) -> ContactState:
    first = max(group, key=lambda t: (t.day is not None, len(t.contact.participants), bool(t.contact.body)))
    contacts_ = [first.contact, *(t.contact for t in group if t is not first)]
    told = [t.told for t in group if t.told]
    time = next((c.time for c in contacts_ if c.time), None)
    return ContactState(
        form=first.contact.form,
        status=status,
        participants=tuple(actor.name for actor in first.contact.participants),
        claims=tuple(dict.fromkeys(c.id or "" for c in contacts_)),
        body=next((c.body for c in contacts_ if c.body), None),
        days=tuple(sorted({t.day for t in group if t.day})) if status == "held" else (),
        start=first.start,
        end=first.end,
        when=time.text if time else None,
        duration_minutes=tuple(dict.fromkeys(c.duration_minutes for c in contacts_ if c.duration_minutes)),
        condition=next((c.condition for c in contacts_ if c.condition), None),
        purpose=next((c.purpose for c in contacts_ if c.purpose), None),
        place=next((c.place.name or c.place.text for c in contacts_ if c.place), None),
        told=max(told, default=None),
    )


@dataclass(frozen=True)
class _Fate:
    """What became of a contact that was due."""

    status: ContactStatus
    claims: tuple[str, ...] = ()


def _due(group: Group, *, held: list[Group], off: list[Group], at: dt.date) -> ContactState:
    state = _state(group, status=group[0].contact.status)
    fate = _fate(group, state, held=held, off=off, at=at)
    return msgspec.structs.replace(state, status=fate.status, kept=fate.claims)


def _fate(group: Group, state: ContactState, *, held: list[Group], off: list[Group], at: dt.date) -> _Fate:
    for other in held:
        if _after(other, group, state) and _meets(other, group):
            return _Fate("held", tuple(t.contact.id or "" for t in other))
    for other in off:
        later = (_told(other) or dt.date.min) >= (_told(group) or dt.date.max)
        if later and _meets(other, group) and _overlap(other, group):
            return _Fate("cancelled", tuple(t.contact.id or "" for t in other))
    passed = state.end is not None and state.end < at
    if passed and state.status == "planned":
        return _Fate("overdue")
    return _Fate(state.status)


def _meets(other: Group, group: Group) -> bool:
    return any(same_participants(a.contact, b.contact) for a in other for b in group)


def _overlap(other: Group, group: Group) -> bool:
    """Whether the windows of two contacts meet; one without any window meets all."""
    spans = [
        (min(t.start for t in g if t.start), max(t.end for t in g if t.end))
        for g in (other, group)
        if any(t.start for t in g) and any(t.end for t in g)
    ]
    return len(spans) < 2 or (spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1])


def _after(other: Group, group: Group, state: ContactState) -> bool:
    """Whether a held contact comes in or after the window, and was not the one that announced it."""
    begin = state.start or _told(group)
    days = [t.day for t in other if t.day]
    announced = {t.entry.report.sha256 for t in group} & {t.entry.report.sha256 for t in other}
    return bool(days and begin and max(days) >= begin and not announced)


def _told(group: Group) -> dt.date | None:
    return max((t.told for t in group if t.told), default=None)


def _order(state: ContactState) -> tuple[bool, int, str]:
    due = None if state.status == "held" else state.end
    day = max(state.days, default=None) or due or state.told or dt.date.min
    sign = -1 if state.status == "held" else 1
    return state.status != "held", sign * day.toordinal(), state.claims[0]
