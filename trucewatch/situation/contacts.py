"""Contacts at a date: held, planned, proposed, conditional, called off, overdue, each with its history.

Which claims tell one contact is decided in ``identity/contacts.py``. Here it is told how each stands on a
day: it was held where somebody says so of a day that is past, else it is what was said last. A planned
contact whose window has passed is overdue; "in the coming days" never passes. One without a near window that
is followed by a held contact of the same people is no longer due, and ``kept`` names the claims that say so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from trucewatch.identity.contacts import Occasion, form, occasions, participants
from trucewatch.identity.tellings import Telling
from trucewatch.model import Ceasefire, Entry, Judgement
from trucewatch.situation.nouns import ContactState, ContactStatus, Told

_OFF = ("refused", "cancelled", "postponed")
_FIRMNESS = (
    "proposed",
    "conditional",
    "planned",
    *_OFF,
)  # of two said on one day the later in this list counts


@dataclass(frozen=True)
class _Known:
    """A contact as far as it is known on a day: the tellings that count."""

    occasion: Occasion
    tellings: tuple[Telling, ...]
    status: ContactStatus

    @property
    def held(self) -> tuple[Telling, ...]:
        return tuple(t for t in self.tellings if t.status == "held")

    @property
    def due(self) -> tuple[Telling, ...]:
        """The tellings that say how it stands."""
        return tuple(t for t in self.tellings if t.status == self.status)


def contacts(
    entries: Iterable[Entry],
    *,
    at: dt.date,
    judgements: Sequence[Judgement] = (),
    ceasefire: Ceasefire | None = None,
) -> list[ContactState]:
    """The contacts as they stand on a day: the newest held ones first, then what is due by its end."""
    return [state for _, state in states(entries, at=at, judgements=judgements, ceasefire=ceasefire)]


def states(
    entries: Iterable[Entry],
    *,
    at: dt.date,
    judgements: Sequence[Judgement] = (),
    ceasefire: Ceasefire | None = None,
) -> list[tuple[Occasion, ContactState]]:
    """The same with the claims that each state rests on."""
    found = occasions(entries, judgements=judgements, ceasefire=ceasefire)
    known = [one for occasion in found if (one := _known(occasion, at))]
    by_company = _by_company(known)
    made = [(one.occasion, _with_fate(one, by_company, at=at)) for one in known]
    return sorted(made, key=lambda pair: _order(pair[1]))


# --- what is known on a day ------------------------------------------------------------------------


def _known(occasion: Occasion, at: dt.date) -> _Known | None:
    """The tellings published by a day, or of what was over by then; None where there is none."""
    seen = tuple(t for t in occasion.tellings if t.told is None or t.told <= at or _is_past(t, at))
    seen = tuple(t for t in seen if not (t.status == "held" and (t.start or at) > at))
    return _Known(occasion, seen, _status(seen)) if seen else None


def _is_past(one: Telling, at: dt.date) -> bool:
    """Whether a later report tells of a held contact on or before the day."""
    return one.status == "held" and one.end is not None and one.end <= at


def _status(tellings: Sequence[Telling]) -> ContactStatus:
    """Held where one says so; else what was said last, and of what was said on one day the firmest."""
    if any(t.status == "held" for t in tellings):
        return "held"
    last = max(tellings, key=lambda t: (t.told or dt.date.min, _FIRMNESS.index(t.status)))
    return last.status


# --- the state -------------------------------------------------------------------------------------


def _state(one: _Known) -> ContactState:
    tellings = one.tellings
    first = max(one.due, key=lambda t: (t.day is not None, len(t.who), bool(t.contact.body)))
    ordered = [first, *(t for t in tellings if t is not first)]
    told = [t.told for t in tellings if t.told]
    claims = [t.contact for t in ordered]
    held = one.held if one.status == "held" else ()
    days = {t.day for t in held if t.day}
    dates = {t.date for t in held if t.date}
    time = next((c.time for c in claims if c.time), None)
    return ContactState(
        id=one.occasion.id,
        form=form(tellings),
        status=one.status,
        participants=participants(ordered),
        claims=tuple(dict.fromkeys(t.id for t in ordered)),
        body=next((c.body for c in claims if c.body), None),
        days=tuple(sorted(days)),
        start=min(dates, default=first.start),
        end=max(dates, default=first.end),
        when=time.text if time else None,
        duration_minutes=tuple(dict.fromkeys(c.duration_minutes for c in claims if c.duration_minutes)),
        condition=next((c.condition for c in claims if c.condition), None),
        purpose=next((c.purpose for c in claims if c.purpose), None),
        place=next((c.place.name or c.place.text for c in claims if c.place), None),
        told=max(told, default=None),
        history=tuple(_history(tellings)),
    )


def _history(tellings: Sequence[Telling]) -> Iterator[Told]:
    """What was said of it in the order of saying: one step for each day, status and window."""
    steps: dict[tuple[dt.date | None, ContactStatus, dt.date | None, dt.date | None], list[str]] = {}
    for one in tellings:
        steps.setdefault((one.told, one.status, one.start, one.end), []).append(one.id)
    for (told, status, start, end), claims in steps.items():
        yield Told(told=told, status=status, start=start, end=end, claims=tuple(dict.fromkeys(claims)))


# --- what became of it -----------------------------------------------------------------------------


def _with_fate(one: _Known, by_company: Mapping[object, Sequence[_Known]], *, at: dt.date) -> ContactState:
    state = _state(one)
    if one.status in ("held", *_OFF):
        return state
    others = {id(other): other for key in _companies(one) for other in by_company[key] if other is not one}
    for other in others.values():
        if other.status == "held" and _after(other, one, state):
            return msgspec.structs.replace(state, status="held", kept=tuple(t.id for t in other.held))
    for other in others.values():
        if other.status in ("refused", "cancelled") and _calls_off(other, one):
            return msgspec.structs.replace(state, status="cancelled", kept=tuple(t.id for t in other.due))
    passed = state.end is not None and state.end < at
    return msgspec.structs.replace(state, status="overdue") if passed and state.status == "planned" else state


def _by_company(known: Sequence[_Known]) -> dict[object, list[_Known]]:
    found: dict[object, list[_Known]] = defaultdict(list)
    for one in known:
        for key in _companies(one):
            found[key].append(one)
    return found


def _companies(one: _Known) -> set[object]:
    """By what a contact may be followed up: its participants or the body that meets, and its form."""
    kin = "call" if form(one.tellings) == "call" else "meeting"
    found: set[object] = {(kin, t.who) for t in one.tellings if len(t.who) > 1}
    return found | {(kin, body) for t in one.tellings for body in t.bodies}


def _calls_off(other: _Known, one: _Known) -> bool:
    """Whether what was called off later is the same: their windows meet; one without any window meets all."""
    later = (_last_told(other) or dt.date.min) >= (_last_told(one) or dt.date.max)
    spans = [(t.start, t.end) for t in (*other.due[:1], *one.due[:1]) if t.start and t.end]
    meet = len(spans) < 2 or (spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1])
    return later and meet


def _after(other: _Known, one: _Known, state: ContactState) -> bool:
    """Whether a held contact comes in or after the window, and was not the one that announced it."""
    begin = state.start or _last_told(one)
    days = [t.day for t in other.held if t.day]
    reports = [{t.entry.report.sha256 for t in told.tellings} for told in (one, other)]
    return bool(days and begin and max(days) >= begin and not reports[0] & reports[1])


def _last_told(one: _Known) -> dt.date | None:
    return max((t.told for t in one.tellings if t.told), default=None)


def _order(state: ContactState) -> tuple[bool, int, str]:
    due = None if state.status == "held" else state.end
    day = max(state.days, default=None) or due or state.told or dt.date.min
    sign = -1 if state.status == "held" else 1
    return state.status != "held", sign * day.toordinal(), state.claims[0]
