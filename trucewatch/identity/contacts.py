"""The accounts of one contact: told by both sides, by the press, in other spellings, before and after it.

Two claims tell one contact where form, participants and day agree. A call has two days where it is night in
one capital; a plan and what came of it are one. What can never be one is held apart: other days, other
people, a call and a meeting, two people alone and the same two among others, told lengths that differ. Who
takes part is known from the claims themselves (people.py). A claim with nobody known on one side is joined
to nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from trucewatch.identity import names
from trucewatch.identity.company import AGREEING, BODIED, company, kindred
from trucewatch.identity.merging import Link, merge
from trucewatch.identity.people import Roster
from trucewatch.identity.tellings import Telling, order, telling
from trucewatch.model import Ceasefire, Contact, Entry, Judgement

_ONE = dt.timedelta(days=1)
_OFF = frozenset({"cancelled", "refused", "postponed"})
_BY_PHONE = frozenset({"call", "talks"})
_OF_DAYS = frozenset({"day", "day of publication", "window", "called off before it was due"})
_LATE = 3 * _ONE  # a report later than this does not bring news of a contact
_LOOSE = 0.15  # told lengths this far apart, or ten minutes, are rounded
_MANY = 6  # of more participants only so many pairs are looked up


@dataclass(frozen=True)
class Occasion:
    """One contact: all claims that tell it, in order, and why they are one."""

    tellings: tuple[Telling, ...]
    why: tuple[Link, ...]

    @cached_property
    def id(self) -> str:
        """``contact-`` and the id of the claim that was told first."""
        return f"contact-{self.tellings[0].id}"

    @cached_property
    def accounts(self) -> tuple[Telling, ...]:
        """The claims by which reports tell of it, without mere mentions; else those of the first report."""
        first = self.tellings[0].entry.report.sha256
        told = tuple(t for t in self.tellings if not t.passing)
        return told or tuple(t for t in self.tellings if t.entry.report.sha256 == first)

    @cached_property
    def mentions(self) -> tuple[Telling, ...]:
        """The claims of reports that only look back on it or name it as the occasion of another contact."""
        told = {(t.publisher, t.entry.report.id) for t in self.accounts}
        return tuple(t for t in self.tellings if (t.publisher, t.entry.report.id) not in told)


def occasions(
    entries: Iterable[Entry], *, judgements: Sequence[Judgement] = (), ceasefire: Ceasefire | None = None
) -> list[Occasion]:
    """The contacts that some entries tell; other kinds are passed over. Each claim is in exactly one.

    Judgements are on ids of claims; the posts of ``ceasefire`` tell who held which office.
    """
    found = [entry for entry in entries if isinstance(entry.claim, Contact)]
    roster = Roster(found, ceasefire=ceasefire)
    told: dict[str, list[Telling]] = defaultdict(
        list
    )  # one claim under one id may stand in copies of a report
    for one in _tellings(found, roster):
        told[one.id].append(one)

    def apart(one: str, other: str) -> bool:
        return are_apart(told[one][0], told[other][0])

    firsts = [copies[0] for copies in told.values()]
    made = [
        Occasion(tuple(sorted((t for name in group.members for t in told[name]), key=order)), group.why)
        for group in merge(told, _links(firsts), judgements=judgements, apart=apart)
    ]
    return sorted(made, key=lambda occasion: order(occasion.tellings[0]))


def form(tellings: Iterable[Telling]) -> str:
    """The form of a contact: the commonest, "talks" only where nobody says more."""
    forms = Counter(t.form for t in tellings)
    return max(forms, key=lambda name: (name != "talks", forms[name], name))


def participants(tellings: Sequence[Telling]) -> tuple[str, ...]:
    """Who took part by all accounts, under the fullest names; those not known only where nobody else is."""
    first = max(tellings, key=lambda t: (len(t.who), t.day is not None, len(t.people)))
    known: dict[str, str] = {}
    for one in (first, *tellings):
        known |= {who.id: who.name for who in one.people if who.id in one.who and who.id not in known}
    if len(known) > 1:
        return tuple(known.values())
    named = (actor.name for actor in first.contact.participants)
    return tuple(dict.fromkeys((*known.values(), *(n for n in named if not _is_known(n, known.values())))))


def _is_known(name: str, known: Iterable[str]) -> bool:
    return any(names.words(name)[-1:] == names.words(other)[-1:] for other in known)


# --- what is compared ------------------------------------------------------------------------------


def are_apart(one: Telling, other: Telling) -> bool:
    """Whether two claims can never tell one contact."""
    return (
        not kindred(one, other)
        or company(one, other) == "other"
        or _durations_differ(one, other)
        or _days_differ(one, other)
    )


def link(one: Telling, other: Telling) -> Link | None:
    """Why two claims tell one contact; None where they do not, or it cannot be said."""
    agreement, when = company(one, other), _when(one, other)
    if agreement not in AGREEING or when is None or are_apart(one, other) or not _statuses(one, other):
        return None
    if _is_loose(one, other) or (agreement in ("body", "visitor") and when[0] not in _OF_DAYS):
        return None
    reason, strength = when
    agree = [AGREEING[agreement][0], reason, "form" if one.form == other.form else "kind of form"]
    strength *= AGREEING[agreement][1] * (1.0 if one.form == other.form else 0.95)
    agree += [name for name, same in _further(one, other) if same]
    agree += [f"{one.status}, then {other.status}"] if one.status != other.status else []
    return Link(one=one.id, other=other.id, agree=tuple(agree), strength=round(strength, 4))


def _is_loose(one: Telling, other: Telling) -> bool:
    """Whether two publishers tell of talks between states alone, and not both with a day: these are many."""
    named = any(name.startswith("person:") for name in one.who | other.who) or one.bodies & other.bodies
    return not named and _publishers_differ(one, other) and (one.day is None or other.day is None)


def _further(one: Telling, other: Telling) -> Iterator[tuple[str, bool]]:
    yield "duration", one.minutes is not None and one.minutes == other.minutes
    yield "place", one.place is not None and one.place == other.place
    yield "body", bool(one.bodies & other.bodies)


def _durations_differ(one: Telling, other: Telling) -> bool:
    if one.minutes is None or other.minutes is None:
        return False
    return abs(one.minutes - other.minutes) > max(10, _LOOSE * max(one.minutes, other.minutes))


def _statuses(one: Telling, other: Telling) -> bool:
    """Whether the one may follow on the other: what was held is not planned later, what is off not held."""
    statuses = {one.status, other.status}
    if "held" in statuses and statuses & _OFF:
        return False
    if "held" not in statuses or len(statuses) == 1:
        return True
    plan, held = (other, one) if one.status == "held" else (one, other)
    return plan.told is None or held.date is None or plan.told <= held.date + _ONE


# --- when ------------------------------------------------------------------------------------------


def _days_differ(one: Telling, other: Telling) -> bool:
    """Whether two claims give days or windows that do not meet."""
    if one.date and other.date:
        return one.date != other.date and not _may_be_late(one, other) and _night(one, other) is None
    first, second = one.window, other.window
    if first is None or second is None:
        return False
    slack = _ONE if _over_night(one, other) else dt.timedelta(0)
    return first[0] > second[1] + slack or second[0] > first[1] + slack


def _when(one: Telling, other: Telling) -> tuple[str, float] | None:
    """What agrees in the time of two claims, and how strongly."""
    if one.date and other.date:
        if one.date == other.date:
            return ("day", 1.0) if one.day and other.day else ("day of publication", 0.9)
        return _night(one, other)
    if one.window and other.window:
        return _in_window(one, other)
    off, plan = (one, other) if one.status in _OFF else (other, one)
    if off.status in _OFF and plan.status == "planned" and off.time is None and off.told and plan.told:
        due = plan.window[1] if plan.window else plan.told
        if plan.told <= off.told <= due:
            return "called off before it was due", 0.6
    return None


def _in_window(one: Telling, other: Telling) -> tuple[str, float] | None:
    """A day within the window of a plan, or one window told twice."""
    first, second = one.window or (dt.date.min, dt.date.min), other.window or (dt.date.min, dt.date.min)
    if first == second:
        return "window", 0.8
    days, span = (one, second) if one.date else (other, first)
    if days.date is None or (days.date - span[0]).days < 0 or days.date > span[1]:
        return None
    return "within the window", 0.7 - (days.date - span[0]).days / 100


def _night(one: Telling, other: Telling) -> tuple[str, float] | None:
    """One contact under two dates: night in one capital, or told on the next day without a day of its own."""
    if one.date is None or other.date is None or abs(one.date - other.date) != _ONE:
        return None
    early, late = (one, other) if one.date < other.date else (other, one)
    if not _publishers_differ(one, other):
        return None
    if early.day and not late.day:
        return "told the next day", 0.7
    return ("one night apart", 0.6) if _over_night(one, other) else None


def _may_be_late(one: Telling, other: Telling) -> bool:
    """Whether a report without a day of its own may tell of the day before, which another gives."""
    early, late = sorted((one, other), key=lambda t: t.date or dt.date.max)
    next_day = early.date is not None and late.date == early.date + _ONE
    return next_day and early.day is not None and late.day is None


def _over_night(one: Telling, other: Telling) -> bool:
    return _publishers_differ(one, other) and one.form in _BY_PHONE and other.form in _BY_PHONE


def _publishers_differ(one: Telling, other: Telling) -> bool:
    return None not in (one.publisher, other.publisher) and one.publisher != other.publisher


def _tellings(entries: Iterable[Entry], roster: Roster) -> list[Telling]:
    """The claims made ready, in order."""
    told = sorted((telling(entry, roster) for entry in entries), key=order)
    return sorted(_with_video(list(_with_news(told))), key=order)


def _with_news(told: Sequence[Telling]) -> Iterator[Telling]:
    """The claims, those marked that tell what their report is about, and those it tells only in passing.

    A report is about the contact of its title, else about the first that it tells.
    """
    by_report: dict[tuple[str | None, str], list[Telling]] = defaultdict(list)
    for one in told:
        by_report[one.publisher, one.entry.report.sha256].append(one)
    for group in by_report.values():
        main = _main(group)
        for one in group:
            yield _placed(one, main)


def _main(group: Sequence[Telling]) -> list[Telling]:
    """What a report is about: its title's contact, else one of two people or more, else of a body.

    Of several in the opening it is the one whose people the title names, and nothing of days before.
    """
    opening = [t for t in group if t.is_opening and not _is_past(t, by=_LATE)]
    of_people = [t for t in opening if len(t.who) > 1 and t.form not in BODIED]
    of_bodies = [t for t in opening if t.form in BODIED and (t.bodies or len(t.who) > 1)]
    if titled := [t for t in (*of_people, *of_bodies) if t.of_title]:
        return titled
    return (
        sorted(of_people, key=lambda t: (_is_past(t, by=dt.timedelta(0)), -t.in_title))[:1] or of_bodies[:1]
    )


def _placed(one: Telling, main: Sequence[Telling]) -> Telling:
    """A claim beside what its report is about: of the same contact, as far as is known, or of another."""
    if any(one is m or _is_of(one, m) for m in main):
        return replace(one, fresh=one.status == "held" and one.is_opening and _is_undated(one))
    others = bool(main) and all(company(one, m) == "other" for m in main)
    by_title = one.status == "held" and others and any(m.of_title or m.in_title for m in main)
    past = _is_past(one, by=dt.timedelta(0) if main else _LATE)
    occasion = one.form in (*BODIED, "visit") and bool(main)
    return replace(one, passing=by_title or past or occasion)


def _is_undated(one: Telling) -> bool:
    """Whether a claim gives no time; nor does "the third recently" of what the title tells."""
    return one.time is None or (one.start is None and one.end == one.told and one.in_title > 0)


def _is_of(one: Telling, main: Telling) -> bool:
    """Whether a claim is of the contact that its report is about: the same company on the same day."""
    late = main.day is None and main.told is not None and one.day == main.told - _ONE
    near = one.day is None or one.day == (main.day or main.told) or late
    return near and kindred(one, main) and company(one, main) in AGREEING


def _is_past(one: Telling, *, by: dt.timedelta) -> bool:
    """Whether it was held so many days before its report, or more."""
    return one.status == "held" and one.end is not None and one.told is not None and one.end < one.told - by


def _with_video(told: Sequence[Telling]) -> Iterator[Telling]:
    """The claims, those marked too that tell of the same people on the day of a contact by video."""
    seen = {(t.date, t.who) for t in told if t.by_video and t.date and len(t.who) > 1}
    for one in told:
        yield replace(one, by_video=True) if (one.date, one.who) in seen else one


# --- links -----------------------------------------------------------------------------------------


def _links(told: Sequence[Telling]) -> Iterator[Link]:
    """Links between claims that share a day and two participants, or a body: others are never compared."""
    blocks: dict[object, list[Telling]] = defaultdict(list)
    for one in told:
        for key in _keys(one):
            blocks[key].append(one)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                if found := link(one, other):
                    yield found


def _keys(one: Telling) -> Iterator[object]:
    """What claims of one contact have in common: a day, and two participants, a body or a visitor."""
    who: list[object] = [*combinations(sorted(one.who)[:_MANY], 2)]
    if one.form in BODIED:
        who += sorted(one.bodies)
    if len(one.who) == 2:
        who.append(tuple(sorted(one.lands(one.who))))
    if one.form == "visit":
        who += sorted(one.who)
    for members in who:
        for day in one.days:
            yield day, members
        if one.status in _OFF or one.status == "planned":
            yield "off", members
