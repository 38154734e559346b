"""Key points: five to seven lines for whoever reads no further.

Whether the ceasefire holds is never adjudicated: it is told from what was counted against what was expected,
who accuses whom, and whether a side has declared it ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch.situation import CommitmentState, ContactState, Dispute, Point, RecordCheck, Series
from trucewatch.situation.alerts.nouns import Alert
from trucewatch.situation.days import ONE
from trucewatch.views.figures import basis_in_words, counted, expectation
from trucewatch.views.phrases import amount, count_of, day, names, number, plain, series, unquoted, who
from trucewatch.views.sitrep import CATALOG, LEDGER, Chapter, Desk, Draft, claims
from trucewatch.views.told import meeting, recent

_RECENT = 3 * ONE


def keypoints(desk: Desk) -> Chapter:
    """Is it holding, the headline count, alerts, what is new, what is due, what is not known."""
    if not desk.situation.tellings:
        text = "Whether the ceasefire holds cannot be told: no claim on it is on file"
        return Chapter("Key points", (Draft(text, (LEDGER,)),))
    drafts = [_holding(desk), *_headline(desk), *_alerts(desk), *_contacts(desk), *_disputes(desk)]
    return Chapter("Key points", (*drafts, *_due(desk), *_unknown(desk)))


# --- is it holding? --------------------------------------------------------------------------------------


def _holding(desk: Desk) -> Draft:
    parts = [_counted(desk), _accusing(desk), _ended(desk)]
    text = "; ".join(words for words, _ in parts if words)
    return Draft(f"Is it holding? {text}", tuple(dict.fromkeys(cite for _, rests in parts for cite in rests)))


Told = tuple[str, tuple[str, ...]]


def _counted(desk: Desk) -> Told:
    """What the monitoring body counted last against what was expected: no finding of ours."""
    situation = desk.situation
    found = _mechanism(desk)
    if not situation.in_force:
        return f"{day(situation.at)} lies outside the ceasefire as the catalog gives it", (CATALOG,)
    if found is None:
        return "No daily count of a monitoring body is on file", (LEDGER, CATALOG)
    total, point, _ = found
    measure = situation.counters[total.counter].measure.replace("_", " ")
    some = "No" if point.high == 0 else measure[0].upper() + measure[1:]
    what = f"No {measure} recorded" if point.high == 0 else f"{some} recorded"
    return f"{what} on {day(point.end)}, {_against(desk, total, point)}", (*claims(point.claims), LEDGER)


def _against(desk: Desk, total: Series, point: Point) -> str:
    expected = expectation(desk.situation, total, point.end)
    if expected is None or point.low is None:
        return "with too few evenings on file to say what was to be expected"
    if point.high == 0:
        return f"where about {number(round(expected.expected))} were expected"
    if expected.expected < 1:
        return "where none or next to none was expected"
    times = float(point.low) / expected.expected
    if times >= 1.5:
        above = "above" if float(point.low) > expected.upper else "within"
        return f"{times:.1f} times what was expected and {above} the bound"
    return "about as many as expected" if times >= 0.67 else "fewer than expected"


def _mechanism(desk: Desk) -> tuple[Series, Point, RecordCheck] | None:
    """The latest complete daily total of the monitoring body."""
    situation = desk.situation
    for total, record in counted(situation):
        full = [point for point in total.daily if point.complete]
        if situation.counters[total.counter].mechanism and full:
            return total, full[-1], record
    return None


def _accusing(desk: Desk) -> Told:
    """Who accuses whom, in the last days."""
    situation = desk.situation
    since = situation.at - _RECENT
    mutual = [d for d in situation.disputes if d.kind == "counter-accusation" and _is_new(d.told, since)]
    both = [d for d in mutual if d.accused and d.other_accused]
    if both:
        one = both[0]
        sides = f"{names(one.other_accused[:1])} and {names(one.accused[:1])}"
        return f"{sides} are each accused by the other", claims((one.claims[0], one.against[0]))
    accused = [s for s in situation.sayings if s.act == "accuse" and s.about and _is_new(s.told, since)]
    if accused:
        one_said = accused[0]
        by = names(one_said.speakers) or "somebody not named"
        return f"{by} accuses {names(one_said.about)}", claims(one_said.claims[:1])
    return "", ()


def _ended(desk: Desk) -> Told:
    """Whether a side is on file as having declared the ceasefire ended, or as having broken it."""
    truces = [state for state in desk.situation.commitments if state.topic == "ceasefire"]
    ended = [b for state in truces for b in state.evidence if b.says == "ended"]
    if ended:
        last = ended[-1]
        on = f" on {day(last.day)}" if last.day else ""
        return f"declared ended by {unquoted(plain(last.speaker))}{on}", claims([last.claim])
    return "no side is on file as having declared it ended", (LEDGER,)


# --- the headline and the alerts ---------------------------------------------------------------------------


def _headline(desk: Desk) -> list[Draft]:
    """The monitoring body's latest total with its basis and the verdict on the record."""
    found = _mechanism(desk)
    if found is None:
        return []
    total, point, record = found
    situation = desk.situation
    note = situation.counters[total.counter]
    figure = amount(point.low, point.high, approximate=point.approximate)
    basis = basis_in_words(situation, point)
    text = (
        f"{figure} {note.measure.replace('_', ' ')} counted by the {note.name} in the 24 hours to the "
        f"evening of {day(point.end)} ({basis}){_ranked(record, point)}{_doubted(record)}"
    )
    rests = dict.fromkeys((*point.claims, *(record.claims if record.highest else ())))
    return [Draft(text[0].upper() + text[1:], (*claims(rests), LEDGER))]


def _ranked(record: RecordCheck, point: Point) -> str:
    among = (
        f"the {record.on_file} of {record.days} days on file" if record.missing else f"all {record.days} days"
    )
    best = record.highest
    if best is None or record.on_file < 2:
        return ""
    if best.end != point.end:
        return f"; the highest of {record.scope} among {among} is {number(best.low or 0)} on {day(best.end)}"
    tied = "equal to the highest" if record.verdict == "tied" else "the highest"
    return f", {tied} of {record.scope} among {among}"


def _doubted(record: RecordCheck) -> str:
    if record.passed_by:
        return "; a later figure passes it or may do so, see Figures"
    return "; a window of several evenings may hide a higher one, see Figures" if record.may_hide else ""


def _alerts(desk: Desk) -> list[Draft]:
    """The most pressing alert that is new or worse, in its own words; the others are counted."""
    alerts = desk.situation.alerts
    fresh = sorted((a for a in alerts if a.state != "open"), key=_pressing)
    rest = [*fresh[1:], *(a for a in alerts if a.state == "open")]
    told = series([f"{n} on {kind}" for kind, n in _kinds(rest)])
    if fresh:
        words = unquoted(plain(fresh[0].words)).rstrip(". ")
        text = f"{_called(desk, fresh[0])}: {words}{f'; more alerts: {told}' if told else ''}"
    else:
        text = f"Alerts still open: {told}"
    rests = [*(fresh[0].claims if fresh else ()), *(name for alert in rest for name in alert.claims[:1])]
    return [Draft(text, (*claims(dict.fromkeys(rests[:8])), LEDGER))] if alerts else []


def _pressing(alert: Alert) -> tuple[bool, bool, int, str]:
    is_count = alert.kind in ("count", "drift", "change")
    return not is_count, alert.kind != "overdue", -alert.day.toordinal(), alert.id


def _called(desk: Desk, alert: Alert) -> str:
    """Whether an alert is new since the report before, or worse, or the one that stood there."""
    before = {one.id: one.state for one in desk.before.alerts} if desk.before else {}
    if before.get(alert.id) == alert.state:
        return f"Alert of {day(alert.raised)}"
    return "Alert, worse than before" if alert.state == "worse" else "New alert"


def _kinds(alerts: Sequence[Alert]) -> list[tuple[str, int]]:
    said = {"overdue": "what is overdue", "denial": "denials", "quiet": "quiet sources"}
    told = [said.get(alert.kind, "counts") for alert in alerts]
    return [(kind, told.count(kind)) for kind in dict.fromkeys(told)]


# --- what is new, due and not known ------------------------------------------------------------------------


def _contacts(desk: Desk) -> list[Draft]:
    situation = desk.situation
    held = [c for c in situation.contacts if c.status == "held" and not c.kept]
    new = [c for c in held if recent(c, situation.at - ONE)]
    new.sort(key=lambda c: (not c.days, -len(c.claims)))
    if not new:
        return []
    told = series([meeting(contact) for contact in new[:2]])
    more = f" and {count_of(len(new) - 2, 'more contact')}" if len(new) > 2 else ""
    text = f"Held: {told}{more}{_accounts(desk, new)}"
    return [Draft(unquoted(text), claims(name for contact in new[:2] for name in contact.claims[:2]))]


def _accounts(desk: Desk, contacts: Sequence[ContactState]) -> str:
    """How far the accounts of these contacts go together."""
    ids = {contact.id for contact in contacts}
    points = [p.relation for r in desk.situation.readouts if r.contact in ids for p in r.points]
    counts = [
        (points.count("contradicted"), "contradicted"),
        (points.count("differently"), "told differently"),
        (points.count("both"), "told by both"),
        (points.count("only_a") + points.count("only_b"), "told by one only"),
    ]
    told = series([f"{many} {how}" for many, how in counts if many])
    return f"; points of the accounts compared: {told}" if told else ""


def _disputes(desk: Desk) -> list[Draft]:
    """The denial of the last days that stands against a claim on file, and how many more there are."""
    since = desk.situation.at - ONE
    denied = [d for d in desk.situation.disputes if d.kind == "denial" and _is_new(d.told, since)]
    if not denied:
        return []
    one = min(denied, key=lambda d: (not d.claims, not (d.sides and d.other_sides), d.id))
    more = f"; {count_of(len(denied) - 1, 'more denial')} of these days" if len(denied) > 1 else ""
    text = f"Denied by {_denier(desk, one)}: {unquoted(plain(one.matter)).replace('_', ' ')}{more}"
    return [Draft(text, claims(dict.fromkeys((*one.against[:2], *one.claims[:2]))))]


def _denier(desk: Desk, dispute: Dispute) -> str:
    telling = desk.telling(dispute.against[0])
    return names([actor.name for actor in getattr(telling.claim, "speaker", ())]) or who(telling)


def _due(desk: Desk) -> list[Draft]:
    """How much is overdue, and what is due next."""
    situation = desk.situation
    fresh = situation.at - 14 * ONE
    late = [c for c in situation.commitments if c.status == "overdue" and _is_new(c.deadline, fresh)]
    missed = [c for c in situation.contacts if c.status == "overdue" and _is_new(c.end, fresh)]
    coming = _next(situation.contacts, situation.commitments, situation.at)
    words = []
    if late or missed:
        many = [count_of(len(late), "commitment")] if late else []
        many += [count_of(len(missed), "contact")] if missed else []
        words.append(f"overdue: {series(many)}")
    if coming:
        words.append(f"next due: {coming[0]}, by {day(coming[1])}")
    if not words:
        return []
    text = "; ".join(words)
    founding = [c.claims[0] for c in late] + [c.claims[0] for c in missed]
    rests = claims(dict.fromkeys([*founding, *(coming[2] if coming else ())]))
    return [Draft(unquoted(text[0].upper() + text[1:]), (*rests, LEDGER))]


def _next(
    contacts: Sequence[ContactState], commitments: Sequence[CommitmentState], at: dt.date
) -> tuple[str, dt.date, tuple[str, ...]] | None:
    """What falls due first, and by when."""
    due = [
        (c.end, meeting(c), c.claims[:2])
        for c in contacts
        if c.end and c.end >= at and c.status in ("planned", "conditional") and c.participants
    ]
    due += [
        (c.deadline, f"what {names(c.parties)} undertook", c.claims[:2])
        for c in commitments
        if c.deadline and c.deadline >= at and c.status == "due" and c.binding and c.parties
    ]
    if not due:
        return None
    when, words, rests = min(due)
    return words, when, rests


def _unknown(desk: Desk) -> list[Draft]:
    lacks = desk.situation.missing
    words = []
    if lacks.evenings:
        words.append(
            f"no complete daily total for {len(lacks.evenings)} of the last 14 evenings (gaps, not zeros)"
        )
    if lacks.quiet:
        words.append(f"silent of late: {names([quiet.publisher for quiet in lacks.quiet])}")
    if not words:
        return []
    return [Draft(f"Not known: {'; '.join(words)}", (LEDGER,))]


def _is_new(date: dt.date | None, since: dt.date) -> bool:
    return date is not None and date >= since
