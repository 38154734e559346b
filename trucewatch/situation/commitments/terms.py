"""Terms: start, end, length, area, scope and definition of a truce, as each party states them.

Two parties may count one truce from different days and by different definitions. What a party says, or
is said to count by, is its own; what others tell of a joint truce is the term of each that agreed to
it. Where two parties differ both stand side by side, and the agreement's own clause beside them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from trucewatch.identity.actions import CEASEFIRE, action
from trucewatch.identity.commitments import Side, report_name, whose
from trucewatch.identity.merging import Link, merge
from trucewatch.model import Actor, Agreement, Ceasefire, Commitment, Count, Entry, Judgement
from trucewatch.situation.commitments.outcomes import speaker_of
from trucewatch.situation.commitments.states import side_of
from trucewatch.situation.commitments.statuses import BINDING
from trucewatch.situation.commitments.undertakings import Difference, Term, TermField, Terms
from trucewatch.situation.days import closing, opening
from trucewatch.situation.names import Cast, key

NEAR = dt.timedelta(days=14)
"""Tellings so near each other, by the same parties or in one report, are of one truce."""
_LOOK_BACK = 20  # so many earlier tellings are compared with each
_CLOCK = re.compile(
    r"\b(?:from|at|until|till|to|by|since)\s+(?:the\s+)?(noon|midday|midnight|dawn|\d{1,2}[:.]\d\d|\d{1,2}\s*[ap]\.?m\.?"
    r"|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+o['’]clock)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|since|as\s+of|starting|beginning|effective)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)
_SCOPE = re.compile(
    r"(?:\bexcept\b.*|\bexcluding\b.*|\b(?:does|do|will|shall)\s+not\s+(?:include|cover|apply\s+to|extend\s+to)\b.*"
    r"|\bspares?\b.*|\bnot\s+to\s+(?:attack|fire|strike|shell|bomb)\b.*"
    r"|\b(?:all|any|every)\s+(?:\w+\s+){0,2}(?:operations?|attacks?|strikes?|hostilities|fire|shelling|actions?|flights?)\b.*"
    r"|\b(?:attacks?|strikes?|fire|shelling|bombing)\s+(?:on|against|of)\s.*|^.*\bonly$)",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\b(?:on|along|at|across)\s+(?:the\s+)?(?P<area>(?:entire\s+)?(?:line\s+of\s+contact|contact\s+line|line\s+of"
    r"\s+control|front\s?lines?|border))",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}


@dataclass(frozen=True)
class _Told:
    """One claim that states terms: whose they are, what it states, and where it holds."""

    entry: Entry
    parties: tuple[str, ...]
    stated: tuple[tuple[TermField, str], ...]
    place: str | None
    start: dt.date | None

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.entry.claim.id or ""

    @property
    def told(self) -> dt.date:
        """The day it was told; one that is not known is far from all others."""
        return self.entry.report.published or dt.date.min


def terms(
    entries: Iterable[Entry],
    *,
    at: dt.date,
    ceasefire: Ceasefire | None = None,
    cast: Cast | None = None,
    judgements: Sequence[Judgement] = (),
) -> Terms:
    """The terms stated up to a day, by truce, party and field, and where two parties differ.

    Judgements on ids of claims say which tellings are of one truce.

    >>> terms([], at=dt.date(2022, 2, 20))
    Terms(stated=(), differences=())
    """
    known = [entry for entry in entries if (entry.report.published or at) <= at]
    side = side_of(cast)
    told = sorted((t for e in known if (t := _told(e, side)) is not None), key=_order)
    truces = _truces(told, judgements)
    stated = [term for t in told for term in _terms(t, truces[t.id], ceasefire, cast)]
    differences = tuple(_differences(stated))
    marked = [msgspec.structs.replace(term, against=_against(term, differences)) for term in stated]
    return Terms(stated=tuple(sorted(marked, key=_term_order)), differences=differences)


# --- what a claim states ---------------------------------------------------------------------------


def _told(entry: Entry, side: Side) -> _Told | None:
    claim = entry.claim
    if isinstance(claim, Count) and claim.definition:
        found: list[tuple[TermField, str]] = [("definition", claim.definition)]
        return _of(entry, _counters(entry, claim, side), found, None)
    if isinstance(claim, Commitment) and claim.topic == "ceasefire" and claim.strength in BINDING:
        return _of(
            entry, _parties(entry, claim, side), list(_stated(claim, entry.report.published)), _start(claim)
        )
    return None


def _of(
    entry: Entry, parties: tuple[str, ...], stated: list[tuple[TermField, str]], start: dt.date | None
) -> _Told | None:
    place = entry.claim.place
    where = key(place.name or place.text or "") if place else None
    return _Told(entry, parties, tuple(stated), where, start) if parties and stated else None


def _parties(entry: Entry, claim: Commitment, side: Side) -> tuple[str, ...]:
    """Whose terms they are: the party's that says so, else those of all who are bound."""
    bound = sorted(whose(claim.parties, entry.report, side=side))
    for voice in claim.said_by:
        speaker = side(Actor(name=voice.source)) or _named_after(voice.source, bound)
        if speaker in bound:
            return (speaker,)
    return tuple(name for name in bound if " of " not in name)


def _named_after(voice: str, parties: Iterable[str]) -> str | None:
    """The party that a voice is named after: "the Varenian text" is that of Varenia."""
    for party in parties:
        stem = key(party)[: max(5, len(key(party)) - 1)]
        if any(word.startswith(stem) for word in key(voice).split()):
            return party
    return None


def _counters(entry: Entry, claim: Count, side: Side) -> tuple[str, ...]:
    names = [claim.observer] if claim.observer else [Actor(name=v.source) for v in claim.said_by[:1]]
    return tuple(sorted(whose(names, entry.report, side=side)))


def _stated(claim: Commitment, told: dt.date | None) -> Iterator[tuple[TermField, str]]:
    words = " ".join(claim.action.split())
    hours = [found.group(1) for found in _CLOCK.finditer(words)]
    yield from _window(claim, hours, told)
    if hours and not claim.time and _FROM.search(words):
        yield "start", hours[0]
    spoken_of = action(claim.action, time=claim.time.text if claim.time else None)
    for length in sorted(spoken_of.lengths):
        yield "duration", length if length.startswith("1 ") else f"{length}s"
    if CEASEFIRE in spoken_of.words and (area := _area(claim, words)):
        yield "area", area
    if scope := _SCOPE.search(words):
        yield "scope", scope.group().strip(" ,.;")


def _window(claim: Commitment, hours: list[str], told: dt.date | None) -> Iterator[tuple[TermField, str]]:
    """Start and end: a date that is led in by "from" or "until" or lies ahead, not the day of agreeing."""
    time = claim.time
    if time is None:
        return
    lead = re.escape(" ".join((time.text or "").split())[:40])
    near = re.search(rf"(?:\w+\s+){{0,3}}{lead}", " ".join(claim.action.split()))
    words = f"{near.group() if near and lead else ''} {time.text or ''}"
    ahead = told is not None and (opening(time.start) or closing(time.end) or told) > told
    is_window = time.end is not None and time.start != time.end
    if time.start and (_FROM.search(words) or (ahead and (is_window or hours))):
        yield "start", _moment(time.start, hours[:1])
    if time.end and is_window and (_UNTIL.search(words) if not time.start else _FROM.search(words) or ahead):
        yield "end", _moment(time.end, hours[1:] if time.start else hours[:1])


def _area(claim: Commitment, words: str) -> str | None:
    if found := _LINE.search(words):
        return found.group("area")
    return (claim.place.name or claim.place.text) if claim.place else None


def _moment(date: str, hours: list[str]) -> str:
    """A day, with the hour in the report's words where it gives one: ``2031-05-16, noon``."""
    return f"{date}, {hours[0]}" if hours else date


def _start(claim: Commitment) -> dt.date | None:
    return opening(claim.time.start) if claim.time else None


# --- which truce -----------------------------------------------------------------------------------


def _truces(told: Sequence[_Told], judgements: Sequence[Judgement]) -> dict[str, str]:
    """The truce of each claim: the founding claim's id, with a prefix."""
    by_id = {t.id: t for t in told}
    links = []
    for number, one in enumerate(told):
        for other in told[max(0, number - _LOOK_BACK) : number]:
            shared = set(one.parties) & set(other.parties)
            if (shared or _report(one) == _report(other)) and not _are_apart(one, other):
                agree = ("parties",) if shared else ("report",)
                links.append(Link(one=other.id, other=one.id, agree=agree))
    groups = merge(by_id, links, judgements=judgements, apart=lambda a, b: _are_apart(by_id[a], by_id[b]))
    founding = {m: min((by_id[m] for m in g.members), key=_order) for g in groups for m in g.members}
    return {name: f"truce-{first.id}" for name, first in founding.items()}


def _are_apart(one: _Told, other: _Told) -> bool:
    """Another place, told long after, or begun on days too far apart for one truce counted differently."""
    return (
        bool(one.place and other.place and one.place != other.place)
        or abs(one.told - other.told) > NEAR
        or bool(one.start and other.start and abs((one.start - other.start).days) > 3)
    )


def _report(told: _Told) -> str:
    return report_name(told.entry.report)


# --- terms and differences -------------------------------------------------------------------------


def _terms(told: _Told, truce: str, ceasefire: Ceasefire | None, cast: Cast | None) -> Iterator[Term]:
    report = told.entry.report
    for party, (name, value) in itertools.product(told.parties, told.stated):
        yield Term(
            party=party,
            field=name,
            value=value,
            speaker=speaker_of(told.entry),
            truce=truce,
            claim=told.id,
            report=report.id,
            sha256=report.sha256,
            told=report.published,
            own=len(told.parties) == 1,
            provision=_provision(party, name, report.published, ceasefire, cast),
        )


def _provision(
    party: str, name: TermField, told: dt.date | None, ceasefire: Ceasefire | None, cast: Cast | None
) -> str | None:
    """The clause of the agreement in force that binds the party, beside what it states."""
    if ceasefire is None or cast is None or told is None:
        return None
    ids = {p.id for p in cast.parties.values() if p.side == party}
    in_force = [a for a in ceasefire.agreements if a.signed <= told and (a.ended is None or told <= a.ended)]
    for agreement in sorted(in_force, key=lambda a: (a.signed, a.id), reverse=True):
        clauses = [p for p in agreement.provisions if p.topic == "ceasefire" and ids & set(p.parties)]
        if clauses:
            return _beside(agreement, name, [(p.article, p.text) for p in clauses])
    return None


def _beside(agreement: Agreement, name: TermField, clauses: list[tuple[str | None, str]]) -> str | None:
    given = {"start": agreement.effective, "area": agreement.area}
    given["end"] = agreement.ended.isoformat() if agreement.ended else None
    if name in given:
        return f"{agreement.name}: {given[name]}" if given[name] else None
    articles = [f"{article}. {text}" if article else text for article, text in clauses]
    return f"{agreement.name}: {' '.join(articles)}"


def _differences(stated: Iterable[Term]) -> Iterator[Difference]:
    """Each two parties that state a term of one truce, and no value of theirs agrees."""
    by_field: dict[tuple[str, TermField], dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for term in stated:
        by_field[term.truce, term.field][term.party].append(term)
    for (truce, name), parties in sorted(by_field.items()):
        for one, other in itertools.combinations(sorted(parties), 2):
            mine, theirs = _own(parties[one]), _own(parties[other])
            if not any(agree(name, a.value, b.value) for a in mine for b in theirs):
                yield Difference(
                    truce=truce,
                    field=name,
                    one=one,
                    one_says=_values(mine),
                    other=other,
                    other_says=_values(theirs),
                    claims=tuple(dict.fromkeys(t.claim for t in (*mine, *theirs))),
                )


def _own(stated: list[Term]) -> list[Term]:
    """What is told of the party alone, which goes before what is told of all parties together."""
    return [term for term in stated if term.own] or stated


def agree(name: TermField, one: str, other: str) -> bool:
    """Whether two values of a term can be one: three days are 72 hours, a day fits a day with its hour.

    >>> agree("duration", "72 hours", "3 days"), agree("start", "2031-05-16, noon", "2031-05-16")
    (True, True)
    """
    if name == "duration":
        return _in_hours(one) == _in_hours(other)
    if name in ("start", "end"):
        return all(_fit(a, b) for a, b in zip(_parts(one), _parts(other), strict=True))
    return key(one) == key(other)


def _parts(moment: str) -> tuple[str, str]:
    """The day and the hour of a moment; either may be empty."""
    day, _, hour = moment.partition(", ")
    return (day, hour) if _DAY.fullmatch(day) else ("", moment)


def _fit(one: str, other: str) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _in_hours(length: str) -> float | None:
    many, _, unit = length.partition(" ")
    try:
        return float(many) * _HOURS[unit.removesuffix("s")]
    except (ValueError, KeyError):
        return None


def _values(stated: Iterable[Term]) -> tuple[str, ...]:
    return tuple(sorted({term.value for term in stated}))


def _against(term: Term, differences: Iterable[Difference]) -> tuple[str, ...]:
    found = set()
    for d in differences:
        if (d.truce, d.field) == (term.truce, term.field):
            found |= {d.other} if d.one == term.party and term.value in d.one_says else set()
            found |= {d.one} if d.other == term.party and term.value in d.other_says else set()
    return tuple(sorted(found))


def _order(told: _Told) -> tuple[dt.date, str, tuple[int, int], str]:
    return told.told, _report(told), told.entry.claim.evidence, told.id


def _term_order(term: Term) -> tuple[dt.date, str, str, str, str, str]:
    return term.told or dt.date.min, term.truce, term.party, term.field, term.value, term.claim
