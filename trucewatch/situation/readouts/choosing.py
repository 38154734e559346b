"""Which accounts of a contact are laid side by side: one of each side that took part, else two publishers'.

A side's own release goes before what the press tells; of several of one side the longest counts that is
about the contact. Two reports of one side are not two sides, and two printings of one text are one account.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import structs

from trucewatch.catalog.words import vocabulary
from trucewatch.identity.contacts import Occasion, occasions
from trucewatch.identity.names import fold, surname
from trucewatch.identity.tellings import Telling
from trucewatch.model import Actor, AnyClaim, Ceasefire, Entry, Noun, Report
from trucewatch.situation.days import ONE
from trucewatch.situation.names import Cast
from trucewatch.situation.nouns import ContactState
from trucewatch.situation.readouts import words
from trucewatch.situation.readouts.comparing import compare
from trucewatch.situation.readouts.nouns import Account, AccountOf, Participant, Readout
from trucewatch.situation.readouts.points import LIMIT

RECENT = 7 * ONE  # how long before a day a contact was held whose accounts are compared
_SIDES = 3  # accounts of one contact that are compared, each with each
_SAME_TEXT = 0.8  # share of its words by which an account is a printing of another
_SHORT = 120  # characters of an account that can be compared
_OFFICE = re.compile(
    r"\b(?:president|presidency|government|ministry|minister|office|administration|cabinet)\b", re.I
)
_BETWEEN = re.compile(r"(?:['’]s)?\s+(?:[A-Z][\w.'’-]*,?\s+){0,3}")

TextOf = Callable[[Report], str]
ClaimsOf = Callable[[Report], Sequence[AnyClaim]]


class _Candidate(Noun, frozen=True, kw_only=True):
    """A report that tells of a contact: whose account it is, and how good a one."""

    report: Report
    side: str
    own: bool
    news: bool
    titled: bool
    length: int

    @property
    def sha256(self) -> str:
        """The version of the report."""
        return self.report.sha256

    @property
    def rank(self) -> tuple[bool, bool, bool, int, str, str]:
        """Own releases first, then those whose title tells the contact, or whose news it is, then length."""
        return self.own, self.titled, self.news, self.length, self.report.id, self.report.sha256


def readouts(
    states: Iterable[tuple[Occasion, ContactState]],
    *,
    at: dt.date,
    text_of: TextOf,
    claims_of: ClaimsOf,
    since: dt.date | None = None,
    cast: Cast | None = None,
) -> tuple[Readout, ...]:
    """The accounts, laid side by side, of each contact held in the 7 days up to a day, or from ``since`` on.

    ``states`` are the contacts as they stand on the day (situation/contacts.py). ``text_of`` gives the text
    of a report, empty where there is none, ``claims_of`` the claims read from it.
    """
    first = since if since is not None else at - RECENT + ONE
    found = (
        _of_contact(occasion, state, at=at, text_of=text_of, claims_of=claims_of, cast=cast)
        for occasion, state in states
        if _is_asked(state, first, at) and len({t.publisher for t in occasion.accounts}) > 1
    )
    return tuple(readout for group in found for readout in group)


def claims_by_report(entries: Iterable[Entry]) -> ClaimsOf:
    """The claims of each report among some entries; they are sorted when the first is asked for."""

    @functools.cache
    def sorted_by_report() -> dict[str, list[AnyClaim]]:
        found: dict[str, list[AnyClaim]] = defaultdict(list)
        for entry in entries:
            found[entry.report.sha256].append(entry.claim)
        return found

    return lambda report: sorted_by_report().get(report.sha256, [])


def _is_asked(state: ContactState, first: dt.date, last: dt.date) -> bool:
    """Whether a contact was held between two days; a night in one capital is a day later in another."""
    day = max(state.days, default=None) or state.end or state.told
    return state.status == "held" and day is not None and first <= day <= last + ONE


def _of_contact(
    occasion: Occasion,
    state: ContactState,
    *,
    at: dt.date,
    text_of: TextOf,
    claims_of: ClaimsOf,
    cast: Cast | None,
) -> Iterator[Readout]:
    tellings = [t for t in occasion.accounts if t.told is None or t.told <= at + ONE]
    reports = {t.entry.report.sha256: t.entry.report for t in tellings}
    texts = {name: text_of(report)[:LIMIT] for name, report in reports.items()}
    people = participants(tellings, texts.values(), cast=cast)
    made = [
        account(one.report, texts[one.sha256], claims_of(one.report), people=people, news=one.news, cast=cast)
        for one in _best(tellings, texts, people)
    ]
    for one, other in combinations(made, 2):
        if not _is_one_text(one.text, other.text):
            yield Readout(contact=state.id, a=one.of, b=other.of, points=compare(one, other))


def _best(
    tellings: Sequence[Telling], texts: Mapping[str, str], people: Sequence[Participant]
) -> list[_Candidate]:
    """The best account of each side; of the press the best two where no two sides speak themselves."""
    by_side: dict[str, _Candidate] = {}
    for one in _candidates(tellings, texts, people):
        if one.side not in by_side or one.rank > by_side[one.side].rank:
            by_side[one.side] = one
    ranked = sorted(by_side.values(), key=lambda one: one.rank, reverse=True)
    own = [one for one in ranked if one.own]
    return (own if len(own) > 1 else ranked[:2])[:_SIDES]


def _candidates(
    tellings: Sequence[Telling], texts: Mapping[str, str], people: Sequence[Participant]
) -> Iterator[_Candidate]:
    lands = {one.country for one in people if one.country}
    held = {t.entry.report.sha256 for t in tellings if t.status == "held"}
    for one in tellings:
        report = one.entry.report
        if len(texts[report.sha256]) < _SHORT or report.sha256 not in held:
            continue
        land = country_of(report.publisher)
        own = land in lands
        yield _Candidate(
            report=report,
            side=f"side:{land}" if own else f"press:{report.publisher}",
            own=own,
            news=not one.passing and (one.is_opening or one.in_title > 0),
            titled=one.of_title or one.in_title > 0,
            length=len(texts[report.sha256]),
        )


def _is_one_text(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SAME_TEXT / 2 * max(len(one), len(other)):
        return False
    left, right = (Counter(word.lower() for _, word in words.words(text)) for text in (one, other))
    return (left & right).total() > _SAME_TEXT * max(left.total(), right.total())


# --- accounts --------------------------------------------------------------------------------------


def account(
    report: Report,
    text: str,
    claims: Sequence[AnyClaim],
    *,
    people: Sequence[Participant],
    news: bool = True,
    cast: Cast | None = None,
) -> Account:
    """A report as an account of a contact of some people."""
    land = country_of(report.publisher)
    party = cast.party(Actor(name=_bare(report.publisher), country=land)) if cast else None
    own = land is not None and land in {one.country for one in people}
    return Account(
        of=AccountOf(
            report=report.id,
            sha256=report.sha256,
            publisher=report.publisher,
            published=report.published,
            title=report.title,
            side=party.side if party else None,
        ),
        text=text,
        claims=tuple(claims),
        participants=tuple(people),
        own=own,
        news=news,
    )


def accounts(
    entries: Sequence[Entry],
    one: Report,
    other: Report,
    *,
    text_of: TextOf,
    ceasefire: Ceasefire | None = None,
) -> tuple[Account, Account]:
    """Two reports as accounts of the contact that both tell, by the claims read from them.

    Where their claims are not joined, the contact is the first that one of them tells of two people.
    """
    found = occasions(entries, ceasefire=ceasefire)
    wanted = {one.sha256, other.sha256}
    joined = [o.tellings for o in found if wanted <= {t.entry.report.sha256 for t in o.tellings}]
    of_two = [o.tellings for o in found if any(len(t.who) > 1 and t.status == "held" for t in o.tellings)]
    tellings = next(iter((*joined, *of_two)), ())
    texts = {report.sha256: text_of(report) for report in (one, other)}
    people, claims_of = participants(tellings, texts.values()), claims_by_report(entries)
    who = {name for t in tellings for name in t.who}
    held = [t for o in found for t in o.tellings if t.status == "held" and not t.passing]
    news = {t.entry.report.sha256 for t in held if t.who and t.who <= who}

    def made(told: Report) -> Account:
        name = told.sha256
        return account(told, texts[name], claims_of(told), people=people, news=name in news)

    return made(one), made(other)


def participants(
    tellings: Sequence[Telling], texts: Iterable[str], *, cast: Cast | None = None
) -> tuple[Participant, ...]:
    """Who took part by all accounts, each with a country where claims, catalog or texts give one."""
    known: dict[str, Participant] = {}
    for one in tellings:
        for who in one.people:
            if who.kind != "body" and who.name and (who.id not in known or not known[who.id].country):
                known[who.id] = Participant(name=who.name, country=who.country)
    read = list(texts)
    return tuple(structs.replace(one, country=_land(one, read, cast)) for one in known.values())


def _land(one: Participant, texts: Iterable[str], cast: Cast | None) -> str | None:
    """A participant's country: by the catalog, else by the claims, else by the texts."""
    return _party_land(one, cast) or one.country or _land_in(one.name, texts)


def _party_land(one: Participant, cast: Cast | None) -> str | None:
    party = cast.party(Actor(name=one.name)) if cast else None
    return party.country if party else None


def _land_in(name: str, texts: Iterable[str]) -> str | None:
    """The country that stands by a person's name in most cases: "Russian President ...", "... of Russia"."""
    told = Counter(land for text in texts for land in _lands_by(fold(surname(name)), text))
    return told.most_common(1)[0][0] if told else None


def _lands_by(person: str, text: str) -> Iterator[str]:
    spans = [span for span, word in words.words(text) if fold(word) == person]
    for (start, end), country in words.lands(text) if spans else ():
        for span in spans:
            before = 0 < span[0] - end < 60 and _BETWEEN.fullmatch(text[end : span[0]])
            if before or (span[1] < start and text[span[1] : start].strip() == "of"):
                yield country


def country_of(publisher: str | None) -> str | None:
    """The country for whose government or head of state a publisher speaks, by its name: "Kremlin" is RU.

    >>> country_of("President of Ukraine"), country_of("The White House"), country_of("Kyiv Gazette")
    ('UA', 'US', None)
    """
    name = _bare(publisher)
    if (seat := vocabulary().names.get(name)) and seat.kind == "seat":
        return seat.country
    if not _OFFICE.search(name):
        return None
    return next((country for _, country in words.lands(name)), None)


def _bare(publisher: str | None) -> str:
    """A publisher's name without article and what is in brackets: "Kremlin (summary)" is the Kremlin."""
    return re.sub(r"^The\s+|\s*\([^()]*\)", "", publisher or "").strip()
