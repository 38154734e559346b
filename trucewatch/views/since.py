"""Since the last report: what came in, what was corrected, what stands otherwise than before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from trucewatch.situation import CommitmentState, ContactState, Situation
from trucewatch.situation.days import ONE
from trucewatch.views.changes import Change, ChangeKind, changes, figure_id, new_reports
from trucewatch.views.figures import basis_in_words
from trucewatch.views.phrases import count_of, day, names, plain, publisher, reported, span, unquoted, who
from trucewatch.views.sitrep import BEFORE, LEDGER, Chapter, Desk, Draft, claims
from trucewatch.views.told import meeting

_MOST = 3
Thing = TypeVar("Thing", ContactState, CommitmentState)


def since(desk: Desk) -> Chapter:
    """What changed since the report before; empty where there is none to compare with."""
    title = "Since the last report"
    if desk.before is None:
        return Chapter(title, (Draft("No earlier report is at hand to compare with", (LEDGER,)),))
    found = changes(desk.before, desk.situation)
    drafts = [_compared_with(desk, desk.before)]
    for kind, write in _WRITERS.items():
        of_kind = [change for change in found if change.kind == kind]
        told = [draft for change in of_kind for draft in write(desk, change)]
        drafts += told[:_MOST]
        drafts += _more(kind, told[_MOST:])
    if len(drafts) == 1:
        text = "Nothing that this report tells has changed since"
        drafts.append(Draft(text, (LEDGER, BEFORE)))
    return Chapter(title, tuple(drafts))


def _compared_with(desk: Desk, before: Situation) -> Draft:
    came = new_reports(before, desk.situation)
    many = sum(one.claims for one in came)
    with_ = f" with {count_of(many, 'claim')} on this ceasefire" if came else ""
    text = f"Compared with {desk.compared_with}, {count_of(len(came), 'report')} came in{with_}"
    return Draft(text, (LEDGER, BEFORE))


def _more(kind: ChangeKind, left: Sequence[Draft]) -> list[Draft]:
    if not left:
        return []
    rests = tuple(dict.fromkeys(cite for draft in left for cite in draft.rests[:1]))[:3]
    return [Draft(f"{count_of(len(left), f'more {kind}')} that changed or came in", rests)]


# --- a sentence for each kind --------------------------------------------------------------------------


def _alert(desk: Desk, change: Change) -> list[Draft]:
    """New, worse and closed alerts on counts; those on other things are told where the thing is."""
    alerts = (*desk.situation.alerts, *(desk.before.alerts if desk.before else ()))
    alert = next(one for one in alerts if one.id == change.about)
    if alert.kind not in ("count", "drift", "change"):
        return []
    words = f": {unquoted(plain(alert.words)).rstrip('. ')}"
    if change.now is None:
        text = f"Closed, the alert of {day(alert.raised)}{words}"
    elif change.now == "worse":
        text = f"Alert reopened, worse{words}"
    else:
        text = f"New alert on the counts of {day(alert.day)}: see the key points"
    return [Draft(text, claims(change.claims) or (LEDGER,))]


def _figure(desk: Desk, change: Change) -> list[Draft]:
    """A figure that came in. What was corrected has a section of its own."""
    return [figure_draft(desk, change)] if change.was is None else []


def figure_draft(desk: Desk, change: Change) -> Draft:
    """A figure that came in, is no longer on file, or is another than before: both are named."""
    counter, *region, _, _ = change.about.split(" ")
    situation = desk.situation
    name = situation.counters[counter].name
    region_id = " ".join(region)
    where = f" in {situation.regions.get(region_id, region_id)}" if region else ""
    what = f"the {name}'s figure{where} for {_window(change)}"
    if change.was is None:
        text = f"Came in: {what}, {change.now}{_basis(situation, change)}"
    elif change.now is None:
        text = f"No longer on file: {what}, which was {change.was}"
    else:
        text = f"Changed: {what}, from {change.was} to {change.now}{_basis(situation, change)}"
    return Draft(text, claims(change.claims))


def _basis(situation: Situation, change: Change) -> str:
    """The basis of the figure as it is now: " (own figures, summed over regions)"."""
    lines = (*situation.totals, *situation.series)
    found = (p for line in lines for p in line.points if figure_id(line, p) == change.about)
    point = next(found, None)
    return f" ({basis_in_words(situation, point)})" if point else ""


def _window(change: Change) -> str:
    start, end = (dt.date.fromisoformat(part) for part in change.about.split(" ")[-2:])
    if (end - start).days == 1:
        return f"the evening of {day(end)}"
    return f"the evenings of {span(start + ONE, end)}"


def _record(desk: Desk, change: Change) -> list[Draft]:
    name = desk.situation.counters[change.about].name
    text = f"The {name}'s highest daily total on file: {change.now}; before: {change.was}"
    return [Draft(text, (*claims(change.claims), LEDGER))]


def _contact(desk: Desk, change: Change) -> list[Draft]:
    """A contact that stands otherwise. New ones have a section of their own."""
    if change.was is None:
        return []
    contact = _found(desk.situation.contacts, change.about)
    told = meeting(contact)
    text = f"{told[0].upper()}{told[1:]}: {change.now}, before {change.was}{_evidence(desk, change)}"
    return [Draft(unquoted(text), (*claims(change.claims), *((LEDGER,) if change.now == "overdue" else ())))]


def _commitment(desk: Desk, change: Change) -> list[Draft]:
    if change.was is None:
        return []
    state = _found(desk.situation.commitments, change.about)
    people = names(state.parties) or "parties not named"
    action = unquoted(reported(state.action, limit=120))
    text = f"Commitment of {people} ({action}): {change.now}, before {change.was}{_evidence(desk, change)}"
    return [Draft(text, (*claims(change.claims), *((LEDGER,) if change.now == "overdue" else ())))]


def _evidence(desk: Desk, change: Change) -> str:
    """Who says what made the change, or that a day passed with nothing on file."""
    if change.now and change.now.startswith("overdue"):
        return ", as its time has passed and nothing on file says that it took place"
    telling = desk.telling(change.claims[0])
    return f", according to {who(telling)} ({publisher(telling)})"


def _incident(desk: Desk, change: Change) -> list[Draft]:
    state = next(one for one in desk.situation.incidents if change.about in one.claims)
    where = f" in {unquoted(plain(state.place))}" if state.place else ""
    when = f" on {day(state.day)}" if state.day else ""
    text = f"Reported {state.type}{where}{when}: {change.now}, before {change.was}"
    return [Draft(text, claims(change.claims))]


def _dispute(desk: Desk, change: Change) -> list[Draft]:
    dispute = next(
        one
        for one in desk.situation.disputes
        if one.id == change.about and {*change.claims} == {*one.claims, *one.against}
    )
    telling = desk.telling((dispute.against or dispute.claims)[0])
    speakers = getattr(telling.claim, "speaker", ())
    by = names([actor.name for actor in speakers]) or who(telling)
    matter = unquoted(plain(dispute.matter)).replace("_", " ")
    if dispute.kind == "rival figures":
        matter = "see Disputed"
    text = f"New {dispute.kind}, by {by} ({publisher(telling)}): {matter}"
    return [Draft(text, claims(change.claims))]


def _source(desk: Desk, change: Change) -> list[Draft]:
    name = unquoted(plain(change.about))
    (held,) = [desk.held(sha) for sha in change.reports[:1]]
    rests = tuple(f"report:{sha}" for sha in change.reports)
    last = f" of {day(held.published)}" if held.published else ""
    verb = "Gone quiet" if change.now else "Back after silence"
    return [Draft(f"{verb}: {name}, its last report on file is that{last}", rests)]


def report_draft(desk: Desk, change: Change) -> Draft:
    """A report that its publisher corrected, or that no longer counts."""
    held = desk.held(change.reports[0])
    source = unquoted(plain(held.publisher or "no publisher"))
    what = "Corrected by its publisher" if change.now else "No longer counts"
    text = f"{what}: the report {unquoted(plain(held.report))} ({source})"
    return Draft(text, tuple(f"report:{sha}" for sha in change.reports))


def _found(things: Sequence[Thing], name: str) -> Thing:
    return next(one for one in things if one.id == name)


_WRITERS: dict[ChangeKind, Callable[[Desk, Change], list[Draft]]] = {
    "alert": _alert,
    "figure": _figure,
    "record": _record,
    "contact": _contact,
    "commitment": _commitment,
    "incident": _incident,
    "dispute": _dispute,
    "source": _source,
}
