"""What is due, what is missing."""

from __future__ import annotations

import datetime as dt

from trucewatch.situation import Bearing, CommitmentState, ContactState, Point
from trucewatch.situation.commitments.statuses import is_vague
from trucewatch.situation.days import ONE
from trucewatch.situation.doubt import LEAST
from trucewatch.views.phrases import (
    count_of,
    day,
    days,
    names,
    plain,
    reported,
    series,
    shorten,
    span,
    unquoted,
    who,
)
from trucewatch.views.sitrep import CATALOG, LEDGER, Chapter, Desk, Draft, claims, left_out, report

_DUE = ("overdue", "planned", "conditional", "proposed", "postponed")
_FRESH = 14 * ONE
_MOST = 3
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
    """Commitments by status and deadline, and contacts that are due or overdue."""
    situation = desk.situation
    fresh = situation.at - _FRESH
    open_ = [c for c in situation.contacts if c.status in _DUE and _is_open(c, situation.at, fresh)]
    open_ = sorted(open_, key=_urgency)
    pressing = [c for c in situation.commitments if _is_pressing(c, situation.at, fresh)]
    pressing.sort(key=lambda c: (_PRESSING.index(c.status), c.deadline or dt.date.max, not c.parties))
    drafts = [_commitment(desk, commitment) for commitment in pressing[:_MOST]]
    drafts += [_contact(desk, contact) for contact in open_[:_MOST]]
    drafts += left_out(commitments=len(pressing) - _MOST, contacts=len(open_) - _MOST)
    if not drafts:
        drafts.append(Draft("No contact or commitment that is due is on file", (LEDGER,)))
    return Chapter("What is due", tuple(drafts))


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
    if desk.doubtful:
        left = count_of(desk.doubtful, "line")
        text = (
            f"{left} of the situation left out, read with a confidence below {LEAST}; they are in the exports"
        )
        drafts.append(Draft(text, (LEDGER,)))
    drafts.append(_basis(desk))
    return Chapter("What is missing, and limits", tuple(drafts))


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
