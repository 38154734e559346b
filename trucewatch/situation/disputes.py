"""Disputes: what is told in two ways on one matter, side by side.

A claim is set against its denial, or against a counter-claim, only where the words speak of one matter
(see ``matters``). All claims on it and all denials of one side are one dispute; they are put together by
links and vetoes, in no order (identity/merging.py). Nothing is weighed: a denial lowers no count, and a
confirmation hides no denial. What is only told in two ways by a mediator or the press is the word of those
whom it relays. A denial of what nobody on file claims is kept with its own words.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from trucewatch.identity.merging import Group, Link, merge
from trucewatch.model import Entry, Incident, Judgement, Posture, Statement
from trucewatch.situation import denials, matters
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.days import ONE
from trucewatch.situation.denials import REACH, Account
from trucewatch.situation.matters import Matter, Reader
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import Dispute, Series, Tally
from trucewatch.situation.rivals import rivals
from trucewatch.situation.sides import Sides

_MOST = 30  # tellings that one denial is set against, the likest
_SOON = 3 * ONE  # accusations further from each other answer not each other
_AFTER = 1500  # characters after a claim in which a report tells that it is denied
_NEXT = 80  # characters between two sentences of which one takes up the other
SHOWN = 14  # words of a matter


def disputes(
    entries: Sequence[Entry],
    *,
    at: dt.date,
    cast: Cast,
    series: Sequence[Series] = (),
    tallies: Sequence[Tally] = (),
    judgements: Sequence[Judgement] = (),
    words: Words = lambda entry, span: "",
) -> list[Dispute]:
    """Matters told in two ways up to a day, the newest first.

    ``words`` looks up the exact words of a report; where there are none, a denial answers the charge that
    stands before it in its report. Judgements on claims (same, different) go before what the words say.
    """
    reader = Reader(cast, words)
    known = [entry for entry in entries if (entry.report.published or at) <= at]
    found = [
        *_denied(known, reader=reader, judgements=judgements),
        *_countered(known, reader=reader, judgements=judgements),
        *rivals(series, tallies, entries=entries, cast=cast),
    ]
    return sorted(found, key=lambda one: (-(one.told or dt.date.min).toordinal(), one.kind, one.id))


# --- denials --------------------------------------------------------------------------------------


def _denied(
    entries: Sequence[Entry], *, reader: Reader, judgements: Sequence[Judgement]
) -> Iterator[Dispute]:
    """Each thing that a side denies, with all that is told of it."""
    denied = denials.denials(entries, reader=reader)
    charged = list(denials.charges(entries, denied=denied, reader=reader))
    pointing = {d.id: charge for d in denied if (charge := denials.meant(d, charged))}
    denied = [denials.as_of(d, pointing[d.id]) if d.id in pointing else d for d in denied]
    accounts = {account.id: account for account in (*charged, *denied)}
    answers = {account.id for account in denied}
    back = [Link(one=c.id, other=name, agree=("stands before it",)) for name, c in pointing.items()]
    links = [*back, *_answering(denied, charged), *_repeated(denied)]
    linked = answers | {name for link in links for name in (link.one, link.other)}
    groups = merge(linked, links, judgements=judgements, apart=_apart(accounts, answers))
    for group in groups:
        told = [accounts[name] for name in group.members if name in answers]
        if told and (len(group.members) > len(told) or any(one.firm and one.matter.is_told for one in told)):
            yield _denial(group, accounts, answers, reader.sides)


def _answering(denied: Iterable[Account], charged: Iterable[Account]) -> Iterator[Link]:
    """Which denial may answer which charges, and how surely: the likest of them."""
    by_mark: dict[str, list[Account]] = defaultdict(list)
    for charge in charged:
        for mark in (*charge.matter.kinds, *charge.matter.words):
            by_mark[mark].append(charge)
    for denial in denied:
        near = {c.id: c for mark in (*denial.matter.kinds, *denial.matter.words) for c in by_mark[mark]}
        found = (
            (_strength(denial, charge), charge) for charge in near.values() if _is_answer(denial, charge)
        )
        likely = [(strength, charge) for strength, charge in found if strength]
        for strength, charge in sorted(likely, key=lambda pair: (-pair[0], pair[1].id))[:_MOST]:
            yield Link(one=charge.id, other=denial.id, agree=_agree(denial, charge), strength=strength)


def _strength(denial: Account, charge: Account) -> float:
    """How surely a denial is of a charge: by the matter, or by following it in its report or the day after.

    What is not said as an accusation must be told of the same doers. What is only not meant ("no plans to")
    denies accusations of the same doers alone.
    """
    one, other = denial.matter, charge.matter
    doers, accuses = bool(one.doers & other.doers), _is_accusation(charge.entry.claim)
    if _stands_after(denial, charge) and not (one.doers and other.doers) and one.lasting & other.lasting:
        accuses = True
    if (
        matters.apart(one, other)
        or not (doers or accuses)
        or not (denial.firm or _is_of_itself(denial, charge))
    ):
        return 0.0
    strength = matters.likeness(one, other)
    if not one.doers and one.lasting & other.lasting and _is_moved(charge) and _within(denial, charge, _SOON):
        strength = max(strength, 0.4)
    if one.kinds & other.kinds and (doers or isinstance(charge.entry.claim, Statement)):
        if _stands_after(denial, charge):
            return max(strength, 0.5)
        if doers and accuses and _within(denial, charge, ONE):
            return max(strength, 0.35)
    return strength


def _is_of_itself(denial: Account, charge: Account) -> bool:
    """Whether somebody says that he does not mean what he is accused of."""
    own = denial.matter.doers & denial.sides & charge.matter.doers
    return bool(own) and _is_accusation(charge.entry.claim)


def _stands_after(denial: Account, charge: Account) -> bool:
    """Whether a denial follows a charge in one report, or a headline's denial goes before it."""
    one, other = denial.entry, charge.entry
    return (
        one.report.sha256 == other.report.sha256 and one.claim.evidence[0] - other.claim.evidence[0] < _AFTER
    )


def _is_moved(charge: Account) -> bool:
    """Whether a claim tells of forces that move, of which a denial need not say whose they are."""
    return isinstance(charge.entry.claim, Posture)


def _is_accusation(claim: object) -> bool:
    """Whether a claim holds something against somebody: an accusation or a warning, an act, a movement."""
    if isinstance(claim, Statement):
        return claim.act in ("accuse", "warn")
    return isinstance(claim, Incident | Posture)


def _is_answer(denial: Account, charge: Account) -> bool:
    """Whether a denial can answer a charge: another's word, told before; of what is planned, also after."""
    if denial.sides & charge.sides:
        return False
    if denial.told is None or charge.told is None:
        return True
    latest = REACH if denial.matter.planned else ONE
    return -latest <= denial.told - charge.told <= REACH


def _agree(one: Account, other: Account) -> tuple[str, ...]:
    """What two accounts have in common, for the link's reason."""
    first, second = one.matter, other.matter
    found = [*sorted(first.kinds & second.kinds), *sorted(first.words & second.words)]
    found += ["doers"] if first.doers & second.doers else []
    return (*found, "place") if first.place and first.place == second.place else tuple(found)


def _repeated(denied: Sequence[Account]) -> Iterator[Link]:
    """Denials of one side of one matter, told again within reach."""
    by_mark: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for one in denied:
        marks = [*product(sorted(one.sides), sorted(one.matter.kinds or one.matter.words))]
        near = {other.id: other for mark in marks for other in by_mark[mark] if _within(one, other, REACH)}
        for other in near.values():
            if strength := matters.likeness(one.matter, other.matter):
                yield Link(one=one.id, other=other.id, agree=_agree(one, other), strength=strength)
        for mark in marks:
            by_mark[mark].append(one)


def _within(one: Account, other: Account, reach: dt.timedelta) -> bool:
    return one.told is None or other.told is None or abs(one.told - other.told) <= reach


def _apart(accounts: Mapping[str, Account], answers: set[str]):  # type: ignore[no-untyped-def]
    """What can never be of one dispute: other matters, a denial and a telling of one side, denials of two."""

    def apart(one: str, other: str) -> bool:
        first, second = accounts.get(one), accounts.get(other)
        if first is None or second is None:
            return False
        denies = (one in answers) + (other in answers)
        shared = bool(first.sides & second.sides)
        if (denies == 2 and not shared) or (denies == 1 and shared):
            return True
        return matters.apart(first.matter, second.matter)

    return apart


def _denial(group: Group, accounts: Mapping[str, Account], answers: set[str], sides: Sides) -> Dispute:
    told = sorted((accounts[name] for name in group.members if name in accounts), key=_order)
    charges, denied = [a for a in told if a.id not in answers], [a for a in told if a.id in answers]
    return _dispute("denial", charges, denied, sides)


def _dispute(kind: str, one: Sequence[Account], other: Sequence[Account], sides: Sides) -> Dispute:
    every = sorted((*one, *other), key=_order)
    days = [account.told for account in every if account.told]
    topics = [account.matter.topic for account in (*other, *one)]
    return Dispute(
        id=f"{kind.split('-', maxsplit=1)[0]}-{every[0].id}",
        kind=kind,  # type: ignore[arg-type]
        matter=_matter(other if kind == "denial" else one, [*one, *other]),
        topic=next(filter(None, topics), None),
        claims=tuple(account.id for account in one),
        against=tuple(account.id for account in other),
        sides=_sides(one, sides),
        other_sides=_sides(other, sides),
        accused=_accused(one, sides),
        other_accused=_accused(other, sides) if kind != "denial" else (),
        since=min(days, default=None),
        told=max(days, default=None),
    )


def _order(account: Account) -> tuple[dt.date, str]:
    return account.told or dt.date.max, account.id


def _sides(accounts: Iterable[Account], sides: Sides) -> tuple[str, ...]:
    found = (p.side for a in accounts for actor in a.voices if (p := sides.party(actor)))
    return tuple(dict.fromkeys(found))


def _accused(accounts: Iterable[Account], sides: Sides) -> tuple[str, ...]:
    """Those against whom others hold something, by name: nobody accuses himself of what he says he does."""
    found: dict[str, str] = {}
    for account in accounts:
        for actor in account.doers:
            if sides.side(actor) not in account.sides:
                found.setdefault(key(actor.name), actor.name)
    return tuple(found.values())


def _matter(first: Sequence[Account], every: Sequence[Account]) -> str:
    """A few words for the matter: those of the first account that tells it, else its topic."""
    told = [account for account in (*first, *every) if account.matter.is_told and account.content]
    best = next((a for a in told if len(a.content.split()) > 2), told[0] if told else None)
    if best:
        return shortened(best.content)
    for account in (*first, *every):
        if account.matter.is_told and account.matter.text:
            return shortened(account.matter.text)
    return next((account.matter.topic for account in every if account.matter.topic), "accusations")


def shortened(text: str) -> str:
    """The beginning of a passage without quotation marks, for it is cut and is no quotation."""
    bare = text.translate(dict.fromkeys(map(ord, '"“”„«»‟'))).strip(" ,;:.")
    words = bare.removeprefix("that ").split()
    return " ".join(words[:SHOWN]) + (" [...]" if len(words) > SHOWN else "")


# --- counter-accusations --------------------------------------------------------------------------


def _countered(
    entries: Sequence[Entry], *, reader: Reader, judgements: Sequence[Judgement]
) -> Iterator[Dispute]:
    """Two sides that hold one matter against each other."""
    by_sides: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in _accusations(entries, reader):
        for sides in product(account.sides, account.matter.doers):
            by_sides[sides].append(account)
    for one, other in sorted(by_sides):
        if one < other and (other, one) in by_sides:
            yield from _exchanges(by_sides[one, other], by_sides[other, one], reader.sides, judgements)


def _accusations(entries: Iterable[Entry], reader: Reader) -> Iterator[Account]:
    """What somebody holds against another side: accusations, and acts of violence that it is said to do."""
    for entry in entries:
        claim = entry.claim
        if isinstance(claim, Incident):
            may = bool(claim.perpetrator and claim.said_by)
        else:
            may = isinstance(claim, Statement) and claim.act in ("accuse", "assert", "announce")
        voices = denials.voices_of(entry, reader.cast) if may else ()
        if not any(reader.sides.party(actor) for actor in voices):
            continue
        accuses = isinstance(claim, Statement) and claim.act == "accuse"
        if not (accuses or isinstance(claim, Incident) or reader.may_be_act(entry)):
            continue
        made = denials.account(entry, reader=reader, voices=voices)
        if made.matter.doers and not made.matter.doers & made.sides and (accuses or made.matter.is_act):
            yield made


def _exchanges(
    ours: Sequence[Account], theirs: Sequence[Account], sides: Sides, judgements: Sequence[Judgement]
) -> Iterator[Dispute]:
    """The matters that two sides hold against each other, each once."""
    accounts = {account.id: account for account in (*ours, *theirs)}
    links = [link for one, other in product(ours, theirs) for link in _exchange(one, other)]
    linked = {name for link in links for name in (link.one, link.other)}

    def apart(one: str, other: str) -> bool:
        first, second = accounts.get(one), accounts.get(other)
        return bool(first and second and _are_apart(first, second))

    mine = {account.id for account in ours}
    for group in merge(linked, links, judgements=judgements, apart=apart):
        told = sorted((accounts[name] for name in group.members), key=_order)
        first = [a for a in told if (a.id in mine) == (told[0].id in mine)]
        second = [a for a in told if a not in first]
        if second:
            yield _dispute("counter-accusation", first, second, sides)


def _exchange(one: Account, other: Account) -> Iterator[Link]:
    """Two accusations that answer each other: of one matter, or untold, side by side in one report."""
    if not _within(one, other, _SOON) or _is_one_passage(one, other):
        return
    first, second = matters.without_doers(one.matter), matters.without_doers(other.matter)
    strength = matters.likeness(first, second) if _is_of_one(first, second) else 0.0
    if not strength and _stand_together(one, other):
        strength = 0.3
    if strength:
        yield Link(one=one.id, other=other.id, agree=_agree(one, other), strength=strength)


def _is_one_passage(one: Account, other: Account) -> bool:
    (start, end), (first, last) = one.entry.claim.evidence, other.entry.claim.evidence
    return one.entry.report.sha256 == other.entry.report.sha256 and start < last and first < end


def _is_of_one(one: Matter, other: Matter) -> bool:
    """Whether two accusations of different reports tell one thing: acts of violence are many."""
    shared = len(one.words & other.words)
    placed = one.place is not None and one.place == other.place
    return bool(one.kinds & other.kinds) and (placed or bool(one.numbers & other.numbers) or shared > 2)


def _stand_together(one: Account, other: Account) -> bool:
    """Whether two accusations stand together in one report, of acts both or in words that tell none."""
    if one.entry.report.sha256 != other.entry.report.sha256 or _are_apart(one, other):
        return False
    if not (one.matter.is_told and other.matter.is_told):
        return True
    (start, end), (first, last) = one.entry.claim.evidence, other.entry.claim.evidence
    return one.matter.is_act and other.matter.is_act and first - end < _NEXT and start - last < _NEXT


def _are_apart(one: Account, other: Account) -> bool:
    return matters.apart(matters.without_doers(one.matter), matters.without_doers(other.matter))
