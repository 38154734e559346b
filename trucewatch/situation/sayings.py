"""Who said what, which incidents are reported, and what is disputed.

Nothing is weighed here: an accusation is not an incident that happened, a denial lowers no count,
and both sides of a dispute stay side by side with those who say so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product

import msgspec

from trucewatch.model import Entry, Incident, Statement
from trucewatch.situation.days import ONE, exact, single
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import Dispute, IncidentState, Point, PostureState, Saying, Series, Tally

_REACH = 3 * ONE


def sayings(entries: Iterable[Entry], *, at: dt.date, cast: Cast) -> list[Saying]:
    """The statements told up to a day, the newest first."""
    found = [
        _saying(entry, entry.claim, cast)
        for entry in entries
        if isinstance(entry.claim, Statement) and (entry.report.published or at) <= at
    ]
    return sorted(found, key=lambda saying: saying.told or dt.date.min, reverse=True)


def incidents(entries: Iterable[Entry], *, at: dt.date) -> list[IncidentState]:
    """The reported acts up to a day, the newest first; same type, place, day and accused are one."""
    found: dict[tuple[object, ...], IncidentState] = {}
    for entry in entries:
        claim = entry.claim
        if not isinstance(claim, Incident) or (entry.report.published or at) > at:
            continue
        made = _incident(entry, claim)
        where = key(made.place) if made.place else None
        same = (made.type, where, made.day or made.told, frozenset(map(key, made.accused)), made.trend)
        if same in found:
            claims = tuple(dict.fromkeys((*found[same].claims, *made.claims)))
            made = msgspec.structs.replace(found[same], claims=claims)
        found[same] = made
    return sorted(found.values(), key=lambda state: state.day or state.told or dt.date.min, reverse=True)


def disputes(
    entries: Sequence[Entry],
    *,
    at: dt.date,
    cast: Cast,
    postures: Sequence[PostureState],
    series: Sequence[Series],
    tallies: Sequence[Tally],
) -> list[Dispute]:
    """Matters told in two ways, the newest first."""
    said = [
        (entry, entry.claim)
        for entry in entries
        if isinstance(entry.claim, Statement) and at - _REACH <= (entry.report.published or dt.date.min) <= at
    ]
    found = [
        *_denied_postures(postures),
        *_denied_accusations(said, cast),
        *_counter_accusations(said, cast),
        *_rival_points(series),
        *_rival_counters(series),
        *_rival_tallies(tallies),
    ]
    return sorted(found, key=lambda dispute: dispute.told or dt.date.min, reverse=True)


def _saying(entry: Entry, claim: Statement, cast: Cast) -> Saying:
    return Saying(
        speakers=tuple(actor.name for actor in claim.speaker),
        sides=tuple(dict.fromkeys(party.role for a in claim.speaker if (party := cast.party(a)))),
        act=claim.act,
        form=claim.form,
        claims=(claim.id or "",),
        about=tuple(actor.name for actor in claim.about),
        addressees=tuple(actor.name for actor in claim.addressees),
        channel=claim.channel,
        day=single(claim.time),
        told=entry.report.published,
    )


def _incident(entry: Entry, claim: Incident) -> IncidentState:
    place = claim.place
    return IncidentState(
        type=claim.type,
        claims=(claim.id or "",),
        accused=tuple(actor.name for actor in claim.perpetrator),
        target=tuple(actor.name for actor in claim.target),
        place=(place.name or place.text) if place else None,
        trend=claim.trend,
        day=single(claim.time) or (exact(claim.time.end) if claim.time else None),
        told=entry.report.published,
    )


# --- disputes ------------------------------------------------------------------------------------

Said = Sequence[tuple[Entry, Statement]]


def _denied_postures(postures: Sequence[PostureState]) -> Iterable[Dispute]:
    for denial in postures:
        if denial.status != "denied":
            continue
        asserted = [
            state
            for state in postures
            if state.status == "asserted" and state.action == denial.action and _shared(state, denial)
        ]
        if asserted:
            yield Dispute(
                kind="denial",
                matter=denial.action,
                claims=_all(state.claims for state in asserted),
                against=denial.claims,
                accused=denial.force,
                told=denial.told,
            )


def _shared(one: PostureState, other: PostureState) -> bool:
    return bool({*map(key, one.force)} & {*map(key, other.force)})


def _denied_accusations(said: Said, cast: Cast) -> Iterable[Dispute]:
    """Per side that denies: what it is accused of, against what it denies. One dispute for each side."""
    denials, charges = defaultdict(list), defaultdict(list)
    for pair in said:
        if pair[1].act == "deny":
            for side in _speakers(pair[1], cast):
                denials[side].append(pair)
        elif pair[1].act == "accuse":
            for side in _accused(pair[1], cast):
                charges[side].append(pair)
    for side in sorted(denials.keys() & charges.keys()):
        accused = _names(charges[side], side, cast)
        yield _dispute("denial", charges[side], denials[side], accused=accused)


def _counter_accusations(said: Said, cast: Cast) -> Iterable[Dispute]:
    """Two sides that accuse each other."""
    charges = defaultdict(list)
    for pair in said:
        if pair[1].act == "accuse":
            for sides in product(_speakers(pair[1], cast), _accused(pair[1], cast)):
                charges[sides].append(pair)
    for one, other in sorted(charges):
        if one < other and (other, one) in charges:
            ours, theirs = charges[one, other], charges[other, one]
            accused = (*_names(ours, other, cast), *_names(theirs, one, cast))
            yield _dispute("counter-accusation", ours, theirs, accused=accused)


def _dispute(kind: str, charges: Said, answers: Said, *, accused: tuple[str, ...]) -> Dispute:
    newest = [entry.report.published for entry, _ in (*charges, *answers) if entry.report.published]
    return msgspec.convert(
        {
            "kind": kind,
            "matter": "accusations",
            "claims": tuple(claim.id or "" for _, claim in charges),
            "against": tuple(claim.id or "" for _, claim in answers),
            "accused": tuple(dict.fromkeys(accused)),
            "told": max(newest, default=None),
        },
        Dispute,
    )


def _rival_points(series: Sequence[Series]) -> Iterable[Dispute]:
    for line in series:
        for point in line.points:
            if point.rivals:
                against = _all(figure.claims for figure in point.rivals)
                yield Dispute(
                    kind="rival figures",
                    matter=f"{line.counter} {line.region or 'total'} {point.start} {point.end}",
                    claims=point.claims,
                    against=against,
                    told=point.end,
                )


def _rival_counters(series: Sequence[Series]) -> Iterable[Dispute]:
    """Two counters' totals for one window, by two counts of their own: shown, never averaged, and rivals
    even where the number is the same."""
    windows: dict[tuple[dt.date, dt.date, bool], list[Point]] = defaultdict(list)
    for line in series:
        for point in line.points if line.region is None else ():
            windows[point.start, point.end, point.calendar].append(point)
    for points in windows.values():
        for one, other in combinations(points, 2):
            yield Dispute(
                kind="rival figures",
                matter="ceasefire_violations",
                claims=one.claims,
                against=other.claims,
                told=one.end,
            )


def _rival_tallies(tallies: Sequence[Tally]) -> Iterable[Dispute]:
    """Counts of violations by two voices for one day: rivals even where the number is the same."""
    counted = [t for t in tallies if t.measure == "ceasefire_violations" and not t.running and not t.unit]
    for place, one in enumerate(counted):
        for other in counted[place + 1 :]:
            if key(one.voice) != key(other.voice) and one.day and one.day == other.day:
                yield Dispute(
                    kind="rival figures",
                    matter=one.measure,
                    claims=one.claims,
                    against=other.claims,
                    told=one.day,
                )


def _speakers(claim: Statement, cast: Cast) -> set[str]:
    return {cast.side(actor) for actor in claim.speaker}


def _accused(claim: Statement, cast: Cast) -> set[str]:
    return {cast.side(actor) for actor in claim.about}


def _names(said: Said, side: str, cast: Cast) -> tuple[str, ...]:
    """Those of a side whom the statements accuse, by name."""
    return tuple(
        dict.fromkeys(actor.name for _, claim in said for actor in claim.about if cast.side(actor) == side)
    )


def _all(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim for group in groups for claim in group))
