"""Contacts held, and what each side told of them: two accounts of one contact, point by point.

Words in quotation marks are exactly those of the account they are given for. What one account leaves out it
does not deny.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from trucewatch.model import Span
from trucewatch.situation import ContactState
from trucewatch.situation.days import ONE
from trucewatch.situation.readouts.nouns import AccountOf, PointRelation, Readout, ReadoutPoint
from trucewatch.views.phrases import (
    PRONOUNS,
    count_of,
    day,
    days,
    exactly,
    names,
    plain,
    series,
    unquoted,
    voices,
)
from trucewatch.views.sitrep import LEDGER, Chapter, Desk, Draft, claims, left_out, passage

_CONTACTS = 4
_READOUTS = 2
_FRESH = 3 * ONE
_SHOWN: dict[PointRelation, int] = {"contradicted": 2, "differently": 2, "both": 2, "only_a": 3, "only_b": 3}
_LIMIT = 110


def contacts(desk: Desk) -> Chapter:
    """Contacts held since the day before, and the accounts of those of the last days compared."""
    since = desk.situation.at - ONE
    held = [c for c in desk.situation.contacts if c.status == "held" and not c.kept]
    new = sorted((c for c in held if recent(c, since)), key=lambda c: (not c.days, -len(c.claims)))
    drafts = [_contact(desk, contact) for contact in new[:_CONTACTS]]
    shown = _readouts(desk, held)
    for readout in shown[:_READOUTS]:
        drafts += _compared(desk, readout)
    drafts += left_out(contacts=len(new) - _CONTACTS, readouts=sum(len(r.points) for r in shown[_READOUTS:]))
    if not drafts:
        drafts.append(Draft(f"No contact held since {day(since)} is on file", (LEDGER,)))
    elif new and not shown:
        text = "No two accounts of one contact by different sides are on file to be compared"
        drafts.append(Draft(text, (LEDGER,)))
    return Chapter("Contacts and what each side told", tuple(drafts))


def recent(contact: ContactState, since: dt.date) -> bool:
    """Whether a contact was held, or where no account says when, told of, on that day or later."""
    if contact.days:
        return max(contact.days) >= since
    return contact.told is not None and contact.told >= since


def meeting(contact: ContactState) -> str:
    """A contact in a few words: ``call of Emmanuel Macron and Vladimir Putin``."""
    people = names(contact.participants) or (unquoted(plain(contact.body)) if contact.body else "")
    return f"{contact.form} of {people}" if people else f"{contact.form}, parties not named"


def _contact(desk: Desk, contact: ContactState) -> Draft:
    people = names(contact.participants) or (plain(contact.body) if contact.body else "parties not named")
    when = f"on {days(contact.days)}" if contact.days else "on a day that is not given"
    if len(contact.days) > 1:
        when = f"on {' or '.join(day(date) for date in contact.days)}, dated differently by the accounts,"
    minutes = (
        f" of {' or '.join(map(str, contact.duration_minutes))} minutes" if contact.duration_minutes else ""
    )
    where = f" in {unquoted(plain(contact.place))}" if contact.place else ""
    by = voices([desk.telling(name) for name in contact.claims])
    text = f"{unquoted(people)}: {contact.form}{minutes} held {when}{where}, according to {by}"
    return Draft(text, claims(contact.claims))


# --- two accounts --------------------------------------------------------------------------------------


def _readouts(desk: Desk, held: Sequence[ContactState]) -> list[Readout]:
    """The comparisons of the contacts of the last days, those of the newest contact first."""
    newest = {c.id: max(c.days, default=c.told or dt.date.min) for c in held}
    since = desk.situation.at - _FRESH
    fresh = [r for r in desk.situation.readouts if r.points and newest.get(r.contact, since) >= since]
    return sorted(
        fresh, key=lambda r: (-newest.get(r.contact, since).toordinal(), r.contact, r.a.sha256, r.b.sha256)
    )


def _compared(desk: Desk, readout: Readout) -> list[Draft]:
    many = Counter(point.relation for point in readout.points)
    first, second = _called(readout)
    contact = next((c for c in desk.situation.contacts if c.id == readout.contact), None)
    of = f"the {meeting(contact)}" if contact else "one contact"
    counted = series(
        [
            f"{number} {words}"
            for relation, words in (
                ("both", "told by both"),
                ("differently", "told differently"),
                ("contradicted", "contradicted"),
                ("only_a", f"only by {first}"),
                ("only_b", f"only by {second}"),
            )
            if (number := many[relation])  # type: ignore[index]
        ]
    )
    total = count_of(len(readout.points), "point")
    text = (
        f"Two accounts of {of}, by {first} and by {second}: {total}, {counted}; to leave out is not to deny, "
        "and what they put in wholly other words may stand as two points"
    )
    rests = tuple(passage(a.sha256, spans[0]) for a, spans in _anchors(readout))
    return [Draft(text, rests), *_points(desk, readout)]


def _anchors(readout: Readout) -> list[tuple[AccountOf, tuple[Span, ...]]]:
    """For each account the first passage that the comparison rests on."""
    one = next((p.a for p in readout.points if p.a), ())
    other = next((p.b for p in readout.points if p.b), ())
    return [(account, spans) for account, spans in ((readout.a, one), (readout.b, other)) if spans]


def _points(desk: Desk, readout: Readout) -> list[Draft]:
    found: list[Draft] = []
    for relation, most in _SHOWN.items():
        points = sorted((p for p in readout.points if p.relation == relation), key=_is_of_form)
        if not points:
            continue
        if relation in ("only_a", "only_b"):
            found.append(_only(desk, readout, points, most))
        else:
            found += [_both(desk, readout, point) for point in points[:most]]
    return found


def _is_of_form(point: ReadoutPoint) -> bool:
    """Whether a point tells only how the contact was held, or nothing in particular: told last."""
    return point.topic in (None, "form")


def _both(desk: Desk, readout: Readout, point: ReadoutPoint) -> Draft:
    first, second = _called(readout)
    lead = {"both": "Told by both", "differently": "Told differently", "contradicted": "Contradicted"}
    why = f" ({unquoted(plain(point.why))})" if point.why and point.relation != "both" else ""
    one = f"{first}{_as(point.voices_a)}: {_words(desk, readout.a, point.a)}"
    other = f"{second}{_as(point.voices_b)}: {_words(desk, readout.b, point.b)}"
    text = f"{lead[point.relation]}{why}: {one}; {other}{_differing(desk, readout, point)}"
    return Draft(text, _rests(readout, point))


def _only(desk: Desk, readout: Readout, points: Sequence[ReadoutPoint], most: int) -> Draft:
    """What only one account tells, the first points of it in its words."""
    is_first = points[0].relation == "only_a"
    account, name = (readout.a, _called(readout)[0]) if is_first else (readout.b, _called(readout)[1])
    told = [
        _words(desk, account, point.a if is_first else point.b)
        + _as(point.voices_a if is_first else point.voices_b)
        for point in points[:most]
    ]
    left = len(points) - most
    more = f"; and {left} more" if left > 0 else ""
    rests = tuple(dict.fromkeys(cite for point in points[:most] for cite in _rests(readout, point)))
    return Draft(f"Told only by {name}: {'; '.join(told)}{more}", rests)


def _differing(desk: Desk, readout: Readout, point: ReadoutPoint) -> str:
    """The words that make the difference, where they are known and are not all of what is told."""
    one = [_words(desk, readout.a, (span,)) for span in point.differs_a if span not in point.a]
    other = [_words(desk, readout.b, (span,)) for span in point.differs_b if span not in point.b]
    if not one and not other:
        return ""
    return f"; the words that differ: {series(one) or 'none'} against {series(other) or 'none'}"


def _words(desk: Desk, account: AccountOf, spans: Sequence[Span]) -> str:
    text = desk.text(account.sha256)
    told = [exactly(text[start:end], limit=_LIMIT) for start, end in spans[:2]]
    return " and ".join(filter(None, told)) or "the words are not on file"


def _as(who: Sequence[str]) -> str:
    """Whose words an account gives them as: " (as the words of Kremlin)"."""
    named = [name for name in who if name.lower() not in PRONOUNS]
    return f" (as the words of {names(named[:2])})" if named else ""


def _called(readout: Readout) -> tuple[str, str]:
    """What the accounts are called: by publisher, or by report where that tells them not apart."""
    named = [unquoted(plain(a.publisher or a.report)) for a in (readout.a, readout.b)]
    if named[0] == named[1]:
        named = [
            f"{name} ({unquoted(plain(a.report))})"
            for name, a in zip(named, (readout.a, readout.b), strict=True)
        ]
    return named[0], named[1]


def _rests(readout: Readout, point: ReadoutPoint) -> tuple[str, ...]:
    one = [passage(readout.a.sha256, span) for span in point.a[:2]]
    return tuple(one + [passage(readout.b.sha256, span) for span in point.b[:2]])
