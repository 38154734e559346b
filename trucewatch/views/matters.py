"""What is due, what is disputed, what is missing."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from trucewatch.model import Count, Posture, Statement
from trucewatch.situation import Bearing, CommitmentState, ContactState, Dispute, Point
from trucewatch.situation.commitments.statuses import is_vague
from trucewatch.situation.days import ONE
from trucewatch.views.events import posture, statement
from trucewatch.views.phrases import (
    amount,
    count_of,
    day,
    days,
    names,
    plain,
    publisher,
    reported,
    series,
    shorten,
    span,
    unquoted,
    who,
)
from trucewatch.views.sitrep import CATALOG, LEDGER, Chapter, Desk, Draft, claims, report

_DUE = ("overdue", "planned", "conditional", "proposed", "postponed")
_FRESH = 14 * ONE
_STRENGTH = {
    "agreed": "Agreed by",
    "pledged": "Pledged by",
    "ordered": "Ordered for",
    "expected": "Expected of",
    "proposed": "Proposed to",
    "demanded": "Demanded of",
    "refused": "Refused by",
    "ended": "Ended by",
}
_PRESSING = (
    "overdue",
    "due",
    "reported broken",
    "reported fulfilled",
    "conditional",
    "open",
    "withdrawn",
    "superseded",
)
_NEWS = {
    "fulfilled": "reported fulfilled by",
    "broken": "reported broken by",
    "denies fulfilment": "denied by",
    "denies a breach": "a breach denied by",
    "refused": "refused according to",
    "ended": "ended according to",
    "called off": "called off according to",
    "condition met": "the condition met according to",
    "other terms": "other terms according to",
}


def due(desk: Desk) -> Chapter:
    """Contacts that are due or overdue, and commitments by deadline and strength."""
    situation = desk.situation
    fresh = situation.at - _FRESH
    open_ = [c for c in situation.contacts if c.status in _DUE and _is_open(c, situation.at, fresh)]
    open_ = sorted(open_, key=_urgency)
    pressing = [c for c in situation.commitments if _is_pressing(c, situation.at, fresh)]
    pressing.sort(key=lambda c: (_PRESSING.index(c.status), c.deadline or dt.date.max, not c.parties))
    drafts = [_contact(desk, contact) for contact in open_[:7]]
    drafts += [_commitment(desk, commitment) for commitment in pressing[:5]]
    left = len(open_[7:]) + len(pressing[5:])
    if left:
        verb = "is" if left == 1 else "are"
        drafts.append(Draft(f"{left} more among the contacts and commitments due {verb} on file", (LEDGER,)))
    if not drafts:
        drafts.append(Draft("No contact or commitment that is due is on file", (LEDGER,)))
    return Chapter("What is due", tuple(drafts))


def disputed(desk: Desk) -> Chapter:
    """A claim and its denial or counter-claim side by side."""
    found = desk.situation.disputes
    recent = [d for d in found if (d.told or dt.date.min) >= desk.situation.at - 3 * ONE]
    chosen = _by_turns(recent)[:5]
    drafts = list(dict.fromkeys(_dispute(desk, dispute) for dispute in chosen))
    if left := len(recent) - len(drafts):
        drafts.append(Draft(f"{count_of(left, 'more disputed matter')} of the last days on file", (LEDGER,)))
    if not drafts:
        text = "No denial, counter-accusation or rival figure of the last days is on file"
        drafts.append(Draft(text, (LEDGER,)))
    return Chapter("What is disputed", tuple(drafts))


def missing(desk: Desk) -> Chapter:
    """Gaps, quiet sources, reports that could not be used, and the basis of this report."""
    lacks = desk.situation.missing
    drafts = [*_evenings(desk), *_not_yet_due(desk)]
    for quiet in lacks.quiet[:3]:
        held = next(h for h in desk.situation.reports if h.report == quiet.report)
        text = f"Nothing of {unquoted(plain(quiet.publisher))} is on file since {day(quiet.last)}"
        drafts.append(Draft(text, (report(held), LEDGER)))
    if lacks.undated:
        have = "has" if len(lacks.undated) == 1 else "have"
        text = f"{count_of(len(lacks.undated), 'report')} on file {have} no date and stand on no day"
        drafts.append(Draft(text, tuple(report(held) for held in lacks.undated[:3])))
    if lacks.empty:
        text = (
            f"{count_of(len(lacks.empty), 'report')} of the last 14 days yielded no claim on this ceasefire"
        )
        drafts.append(Draft(text, tuple(report(held) for held in lacks.empty[:3])))
    if lacks.issues:
        first = lacks.issues[0]
        what = shorten(unquoted(plain(f"{first.origin}: {first.message}")), limit=140)
        many = count_of(len(lacks.issues), "issue")
        text = f"{many} on file of what could not be read, or only with a doubt, the first: {what}"
        drafts.append(Draft(text, (LEDGER,)))
    drafts.append(_basis(desk))
    return Chapter("What is missing", tuple(drafts))


# --- due -----------------------------------------------------------------------------------------


def _is_open(contact: ContactState, at: dt.date, fresh: dt.date) -> bool:
    if contact.status == "overdue":
        return (contact.end or dt.date.min) >= fresh
    if contact.end is not None:
        return contact.end >= at
    return (contact.told or dt.date.min) >= fresh


def _urgency(contact: ContactState) -> tuple[bool, bool, int, str]:
    """Overdue first, then by the end of the window, then what has none, the newest first."""
    told = (contact.told or dt.date.min).toordinal()
    order = contact.end.toordinal() if contact.end else -told
    return contact.status != "overdue", contact.end is None, order, contact.claims[0]


def _contact(desk: Desk, contact: ContactState) -> Draft:
    people = names(contact.participants) or (unquoted(plain(contact.body)) if contact.body else "")
    of = f" of {people}" if people else ""
    where = f" in {unquoted(plain(contact.place))}" if contact.place else ""
    condition = _condition(contact.condition)
    voices = series(list(dict.fromkeys(who(desk.telling(name)) for name in contact.claims))[:3])
    if contact.status == "overdue":
        text = (
            f"Overdue: {contact.form}{of}{where}, planned {_when(contact)} according to {voices}, "
            "which nothing on file says was held"
        )
    else:
        what = f"{contact.status.capitalize()}: {contact.form}{of}{where}, {_when(contact)}"
        text = f"{what}, according to {voices}{condition}"
    return Draft(text, (*claims(contact.claims), *((LEDGER,) if contact.status == "overdue" else ())))


def _when(contact: ContactState) -> str:
    if contact.start and contact.end:
        return f"for {span(contact.start, contact.end)}"
    if contact.end:
        return f"by {day(contact.end)}"
    if contact.start:
        return f"from {day(contact.start)} on with no end given"
    return "with no date given"


def _condition(text: str | None) -> str:
    """The condition in the report's words: "if conditions permit"."""
    words = reported(text or "", limit=120)
    return f", {words[0].lower()}{words[1:]}" if words else ""


def _is_pressing(state: CommitmentState, at: dt.date, fresh: dt.date) -> bool:
    """Whether a commitment belongs on the page: due, overdue, newly reported on, or newly told."""
    if state.status == "overdue":
        return (state.deadline or dt.date.min) >= fresh
    if state.status in ("reported fulfilled", "reported broken", "withdrawn", "superseded"):
        return (state.status_since or dt.date.min) >= at - 3 * ONE
    return state.status == "due" or (state.told or dt.date.min) >= at - ONE


def _commitment(desk: Desk, state: CommitmentState) -> Draft:
    """What was undertaken or asked, by whom and by when, and what is reported of it, by whom."""
    people = names(state.parties) or "parties not named"
    condition = _condition(state.condition)
    voices = series(list(dict.fromkeys(who(desk.telling(name)) for name in state.claims))[:3])
    action = reported(state.action, limit=180)
    news = _news(state)
    became = "".join(f"; {_NEWS[b.says]} {unquoted(plain(b.speaker))}{_on(b.day)}" for b in news)
    if state.status == "overdue":
        became = "; the deadline has passed and nothing on file says that it was met"
    what = f"{_bound(state)} {people}{_until(state)}: {action}{condition}"
    text = f"{what}, according to {voices}{became}"
    rests = claims(dict.fromkeys((*state.claims, *(b.claim for b in news))))
    ledger = (LEDGER,) if state.status == "overdue" else ()
    return Draft(unquoted(text) if '"' in action else text, (*rests, *ledger))


def _bound(state: CommitmentState) -> str:
    """How firmly: "Pledged by", "Overdue: pledged by"."""
    strength = _STRENGTH[state.strength]
    if state.status not in ("due", "overdue"):
        return strength
    return f"{state.status.capitalize()}: {strength[0].lower()}{strength[1:]}"


def _until(state: CommitmentState) -> str:
    """The window of a truce, or the deadline; a vague one stands in the action's own words."""
    if is_vague(state.deadline_words or ""):
        return ""
    if state.topic == "ceasefire":
        begin = f", from {day(state.start)}" if state.start else ""
        return f"{begin}, until {day(state.deadline)}" if state.deadline else begin
    return f", by {day(state.deadline)}" if state.deadline else ""


def _news(state: CommitmentState) -> list[Bearing]:
    """The newest of each kind of thing said to have become of a commitment: none hides another."""
    newest = {bearing.says: bearing for bearing in state.evidence if bearing.says in _NEWS}
    alone = set(state.claims) if len(state.claims) == 1 else set()
    return [bearing for bearing in newest.values() if bearing.claim not in alone]


def _on(date: dt.date | None) -> str:
    return f" on {day(date)}" if date else ""


# --- disputed ------------------------------------------------------------------------------------


def _dispute(desk: Desk, dispute: Dispute) -> Draft:
    one, other = _newest(desk, dispute.claims), _newest(desk, dispute.against)
    cites = claims((one, other))
    if dispute.kind == "rival figures":
        return Draft(_rival(desk, one, other), claims((*dispute.claims, *dispute.against)))
    first, second = _account(desk, one), _account(desk, other)
    if dispute.kind == "counter-accusation":
        return Draft(f"Each accuses the other: {first}; {second}", cites)
    same = isinstance(desk.telling(one).claim, Posture)
    lead = "Asserted and denied" if same else "An accusation, and a denial by the side accused"
    return Draft(f"{lead}: {first}; {second}{_also(dispute)}", cites)


def _by_turns(found: Sequence[Dispute]) -> list[Dispute]:
    """One of each kind in turn, so that no kind hides another."""
    kinds = [[d for d in found if d.kind == kind] for kind in dict.fromkeys(d.kind for d in found)]
    return [dispute for turn in itertools.zip_longest(*kinds) for dispute in turn if dispute]


def _also(dispute: Dispute) -> str:
    many, others = len(dispute.claims), len(dispute.against)
    if (many, others) == (1, 1):
        return ""
    return f" ({count_of(many, 'such claim')} and {count_of(others, 'denial')} on file)"


def _account(desk: Desk, claim: str) -> str:
    telling = desk.telling(claim)
    if isinstance(telling.claim, Statement):
        return statement(desk, claim)
    state = next(s for s in desk.situation.postures if claim in s.claims)
    return posture(desk, state).text


def _rival(desk: Desk, one: str, other: str) -> str:
    return f"Rival counts, not to be added or averaged: {_counted(desk, one)}; {_counted(desk, other)}"


def _counted(desk: Desk, claim: str) -> str:
    telling = desk.telling(claim)
    count = telling.claim
    assert isinstance(count, Count)  # noqa: S101 - rival figures are counts
    observer = unquoted(plain(count.observer.name)) if count.observer else who(telling)
    where = f" in {unquoted(plain(count.place.name or count.place.text or ''))}" if count.place else ""
    figure = amount(count.low, count.high, approximate=count.approximate)
    return f"{observer} gives {figure} {count.measure.replace('_', ' ')}{where} ({publisher(telling)})"


def _newest(desk: Desk, ids: tuple[str, ...]) -> str:
    """The newest telling, one with a named speaker first."""

    def rank(name: str) -> tuple[bool, dt.date, str]:
        telling = desk.telling(name)
        named = not isinstance(telling.claim, Statement) or bool(telling.claim.speaker)
        return named, telling.published or dt.date.min, name

    return max(ids, key=rank)


# --- missing -------------------------------------------------------------------------------------


def _evenings(desk: Desk) -> list[Draft]:
    lacks = desk.situation.missing
    if not lacks.evenings:
        return []
    total = next(line for line in desk.situation.totals if line.points)
    around = _around(total.points, lacks.evenings)
    text = (
        f"No complete daily total is on file for {count_of(len(lacks.evenings), 'evening')} of the last 14, "
        f"{days(lacks.evenings)}: these are gaps, not zeros"
    )
    found = [Draft(text, (*claims(around), LEDGER))]
    if lacks.spanned:
        inside = f"{days(lacks.spanned)} lies inside a window of several evenings"
        wide = [p for p in total.points if p.evenings > 1 and p.start < lacks.spanned[-1] <= p.end]
        rests = claims(name for point in wide for name in point.claims)
        found.append(Draft(f"{inside} and has no complete figure of its own", rests or (LEDGER,)))
    return found


def _around(points: tuple[Point, ...], evenings: tuple[dt.date, ...]) -> list[str]:
    """The nearest figures on file before the first and after the last gap."""
    before = [point for point in points if point.end < evenings[0]]
    after = [point for point in points if point.start >= evenings[-1]]
    nearest = [*(before[-1:]), *(after[:1])]
    return [name for point in nearest for name in point.claims[:1]]


def _not_yet_due(desk: Desk) -> list[Draft]:
    """Evenings up to the day whose report was not to be issued yet."""
    situation = desk.situation
    record = next((r for r in situation.records if r.highest), None)
    if record is None or record.last >= min(situation.at, situation.end or situation.at):
        return []
    note = situation.counters[record.counter]
    off = f" and none is issued on {series(note.no_report_on)}" if note.no_report_on else ""
    until = record.last + ONE
    span = f"evening of {day(until)}" if until == situation.at else f"evenings from {day(until)}"
    text = f"The {note.name}'s figure for the {span} was not due yet: its reports come the day after{off}"
    return [Draft(text, (CATALOG,))]


def _basis(desk: Desk) -> Draft:
    situation = desk.situation
    with_claims = [held for held in situation.reports if held.claims]
    known = (
        f"what was known on {day(situation.known, year=True)}" if situation.known else "all that is on file"
    )
    text = (
        f"This report rests on {known}: {count_of(len(situation.tellings), 'claim')} on this ceasefire "
        f"in {count_of(len(with_claims), 'report')}, read by machine and not checked by hand"
    )
    return Draft(text, (LEDGER,))
