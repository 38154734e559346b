"""What must hold in a ceasefire beyond the types of its fields: references, citations, dates, spellings."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections import Counter as Tally
from collections.abc import Iterable, Iterator

from trucewatch.catalog import maps
from trucewatch.model import Agreement, AlertRules, Ceasefire, Citation, Counter, Party

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CUTOFF = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_METHODS = ("regression", "C1", "C2", "C3", "cusum", "change point")
_LEVELS, _BASELINES, _COOL_DOWNS = (0.000001, 0.05), (14, 365), (0, 60)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def faults(given: Ceasefire) -> Iterator[str]:
    """Everything that is wrong, each as ``field: what is the matter``."""
    yield from _uncited("cite", given.cite)
    if given.end and given.end < given.start:
        yield f"end: {given.end} is before the start, {given.start}"
    yield from _ids(given)
    for index, country in enumerate(given.countries):
        yield from _country(f"countries[{index}]", country)
    for index, region in enumerate(given.regions):
        yield from _country(f"regions[{index}].country", region.country)
    for index, party in enumerate(given.parties):
        yield from _party(f"parties[{index}]", party, given)
    for index, agreement in enumerate(given.agreements):
        yield from _agreement(f"agreements[{index}]", agreement, given)
    for index, counter in enumerate(given.counters):
        yield from _counter(f"counters[{index}]", counter, given)
    yield from _alerts("alerts", given.alerts)
    yield from maps.faults("map", given.map)
    yield from _spellings(given)


def _ids(given: Ceasefire) -> Iterator[str]:
    lists = {
        "parties": [party.id for party in given.parties],
        "agreements": [agreement.id for agreement in given.agreements],
        "counters": [counter.id for counter in given.counters],
        "regions": [region.id for region in given.regions],
    }
    for field, ids in {"id": [given.id], **lists}.items():
        yield from (
            f"{field}: the id {i!r} is not lower-case words-with-hyphens" for i in ids if not _ID.fullmatch(i)
        )
        yield from (f"{field}: the id {i!r} stands twice" for i in _twice(ids))


def _party(field: str, party: Party, given: Ceasefire) -> Iterator[str]:
    yield from _country(f"{field}.country", party.country)
    yield from _unknown(f"{field}.members", party.members, (p.id for p in given.parties), "party")
    yield from _citations(f"{field}.cite", party.cite)
    if party.members and party.role != "format":
        yield f"{field}.members: {party.id!r} is a {party.role}; only a format has members"
    for p, post in enumerate(party.posts):
        for h, holder in enumerate(post.holders):
            for name, date in (("since", holder.since), ("until", holder.until)):
                if date and not _PARTIAL_DATE.fullmatch(date):
                    yield f"{field}.posts[{p}].holders[{h}].{name}: {date!r} is not YYYY[-MM[-DD]]"


def _agreement(field: str, agreement: Agreement, given: Ceasefire) -> Iterator[str]:
    yield from _uncited(f"{field}.cite", agreement.cite)
    if agreement.effective and not _is_time(agreement.effective):
        yield f"{field}.effective: {agreement.effective!r} is no ISO 8601 date or time"
    if agreement.ended and agreement.ended < agreement.signed:
        yield f"{field}.ended: {agreement.ended} is before the signing, {agreement.signed}"
    for index, provision in enumerate(agreement.provisions):
        where = f"{field}.provisions[{index}].parties"
        yield from _unknown(where, provision.parties, (p.id for p in given.parties), "party")


def _counter(field: str, counter: Counter, given: Ceasefire) -> Iterator[str]:
    yield from _uncited(f"{field}.cite", counter.cite)
    yield from _unknown(f"{field}.party", (counter.party,), (p.id for p in given.parties), "party")
    yield from _unknown(f"{field}.accused", counter.accused, (p.id for p in given.parties), "party")
    yield from _unknown(f"{field}.regions", counter.regions, (r.id for r in given.regions), "region")
    yield from _unknown(f"{field}.no_report_on", counter.no_report_on, _WEEKDAYS, "weekday")
    if counter.part_of is not None:
        others = (other.id for other in given.counters if other.id != counter.id)
        yield from _unknown(f"{field}.part_of", (counter.part_of,), others, "other counter")
    if not is_zone(counter.time_zone):
        yield f"{field}.time_zone: {counter.time_zone!r} is no IANA time zone (such as Europe/Kyiv)"
    if counter.cutoff is not None and not _CUTOFF.fullmatch(counter.cutoff):
        yield f"{field}.cutoff: {counter.cutoff!r} is not a time HH:MM"


def _alerts(field: str, rules: AlertRules) -> Iterator[str]:
    yield from _unknown(f"{field}.methods", rules.methods, _METHODS, "method")
    yield from (f"{field}.methods: {name!r} stands twice" for name in _twice(rules.methods))
    if not _LEVELS[0] <= rules.level <= _LEVELS[1]:
        yield f"{field}.level: {rules.level} is not between {_LEVELS[0]} and {_LEVELS[1]}"
    for name, days, (least, most) in (
        ("baseline", rules.baseline, _BASELINES),
        ("cool_down", rules.cool_down, _COOL_DOWNS),
    ):
        if not least <= days <= most:
            yield f"{field}.{name}: {days} is not between {least} and {most} days"
    for index, period in enumerate(rules.exclude):
        if period.until < period.since:
            yield f"{field}.exclude[{index}].until: {period.until} is before the first day, {period.since}"
        if not period.why.strip():
            yield f"{field}.exclude[{index}].why: is empty; the reason is shown with the alerts"


def _spellings(given: Ceasefire) -> Iterator[str]:
    """A spelling that means two things makes every reading of it a guess."""
    parties = [
        text
        for p in given.parties
        for text in _unique(p.name, p.names, *((o.title, *o.names) for o in p.posts))
    ]
    yield from (f"parties: the name {text!r} belongs to two parties" for text in _twice(parties))
    regions = [text for r in given.regions for text in _unique(r.name, r.names)]
    yield from (f"regions: the name {text!r} belongs to two regions" for text in _twice(regions))
    places = [text for group in given.place_names for text in _unique("", group)]
    yield from (f"place_names: {text!r} stands in two groups" for text in _twice(places))
    for index, group in enumerate(given.place_names):
        if len(group) < 2:
            yield f"place_names[{index}]: a group has at least two spellings"


def _unique(name: str, *lists: Iterable[str]) -> set[str]:
    return {name, *(text for texts in lists for text in texts)} - {""}


def _twice(texts: Iterable[str]) -> list[str]:
    return [text for text, times in Tally(texts).items() if times > 1]


def _uncited(field: str, cite: tuple[Citation, ...]) -> Iterator[str]:
    if not cite:
        yield f"{field}: a citation is needed: the document's title, and its address where it has one"
    yield from _citations(field, cite)


def _citations(field: str, cite: tuple[Citation, ...]) -> Iterator[str]:
    for index, citation in enumerate(cite):
        if not citation.text.strip():
            yield f"{field}[{index}].text: is empty"
        if citation.url is not None and not citation.url.startswith(("https://", "http://")):
            yield f"{field}[{index}].url: {citation.url!r} is no web address"


def _unknown(field: str, ids: Iterable[str], known: Iterable[str], what: str) -> Iterator[str]:
    choices = tuple(known)
    for given in ids:
        if given not in choices:
            yield f"{field}: there is no {what} {given!r}; there are: {', '.join(choices) or 'none'}"


def _country(field: str, code: str | None) -> Iterator[str]:
    if code is not None and not _COUNTRY.fullmatch(code):
        yield f"{field}: {code!r} is no ISO 3166-1 alpha-2 code in capitals (such as UA)"


def _is_time(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_zone(name: str) -> bool:
    """Whether a name is a time zone: Europe/Kyiv."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
