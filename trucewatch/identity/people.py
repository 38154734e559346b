"""Who takes part: participants as the reports name them, and who they are.

A roster is made from the claims themselves: which spellings are one person, of which country somebody is,
who holds an office when, and for whom a presidency's own releases speak. Nothing is looked up elsewhere but
the catalog: countries, offices, seats, and the posts of a ceasefire where one is given.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from trucewatch import catalog
from trucewatch.annotations.actors import BODIES
from trucewatch.annotations.mentions import groups
from trucewatch.claims.participants import is_office
from trucewatch.identity import names
from trucewatch.model import Actor, Ceasefire, Contact, Entry, Report
from trucewatch.model.days import opening

Kind = Literal["person", "state", "body"]

_OCCASIONS = frozenset(
    "meeting meetings summit summits session talks forum platform conference congress assembly award"
    " partnership initiative alliance agreement framework program programme act week day games war".split()
)
_HEADS_OF_STATE = frozenset({"president", "head of state"})
_FIRST_PERSON = frozenset("i we me us my our".split())
_STEM = 3  # letters by which names are looked up: those of one person share them in some word
_MOST = 10  # how many times as often as the next a surname's bearer must be named to be meant by it alone
_TERM = 400  # days: so far from a day an office is taken to have the holder named nearest to it
_OWN = 0.5  # share of a publisher's contacts in which its principal takes part
_CAPITAL = r"[A-ZÀ-Ž][\w’'-]*"
_OFFICE = re.compile(
    rf"(?:(?P<adjective>{_CAPITAL})\s+)?\b(?P<office>President|(?:Federal\s+)?Chancellor|Prime\s+Minister|Premier)"
    rf"(?P<of>\s+of\s+(?:the\s+)?)?\s*(?P<rest>{_CAPITAL}(?:\s+(?:(?:al|bin|de|van|von|der|da|dos|el|of)\s+)?{_CAPITAL}){{1,6}})"
)
_ACRONYM = re.compile(r"[A-Z]{3,8}\+?")
_WORDS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who a participant is: an id that is the same in all reports, a kind, the country where it is known.

    ``name`` is the fullest name of a person, and of others the name that the report gives.
    """

    id: str
    kind: Kind
    country: str | None = None
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Tenure:
    """A report that somebody held an office of a country on a day."""

    country: str
    office: str
    person: str
    day: dt.date


class Roster:
    """The people of some entries: made once, asked for each participant.

    >>> Roster(entries).who(Actor(name="Zelensky", type="person"), report)  # doctest: +SKIP
    Somebody(id='person:Volodymyr Zelenskyy', kind='person', country='UA')
    """

    def __init__(self, entries: Iterable[Entry], *, ceasefire: Ceasefire | None = None) -> None:
        self._entries = [entry for entry in entries if isinstance(entry.claim, Contact)]
        self._ceasefire = ceasefire
        self._firsts: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._titles: dict[str, frozenset[str]] = {}
        self._likes: dict[str, str | None] = {}
        self._known: dict[
            tuple[str, str | None, str | None, str | None, dt.date | None], Somebody | None
        ] = {}

    def who(self, actor: Actor, report: Report) -> Somebody | None:
        """Who an actor in a report is; None for nobody in particular ("leaders", "the delegation")."""
        key = (actor.name, actor.country, actor.type, report.publisher, report.published)
        if key not in self._known:
            self._known[key] = self._who(actor, report)
        return self._known[key]

    def principal(self, publisher: str | None) -> Somebody | None:
        """For whom a publisher's own releases speak: the Kremlin's for the President of Russia."""
        return self._principals.get(publisher or "")

    @property
    def countries(self) -> dict[str, str]:
        """The country of each person who has one."""
        return self._countries

    def partners(self, somebody: Somebody) -> frozenset[str]:
        """Those who are told to have met or called somebody alone, countrymen left out."""
        return self._partners.get(somebody.id, frozenset())

    def named_in(self, title: str) -> frozenset[str]:
        """Those whose surnames stand in a title."""
        if title not in self._titles:
            words = (names.fold(word) for word in _WORD.findall(title) if word[:1].isupper())
            self._titles[title] = frozenset(self._surnames[word] for word in words if word in self._surnames)
        return self._titles[title]

    # --- one participant ---

    def _who(self, actor: Actor, report: Report) -> Somebody | None:
        if actor.name.lower() in _FIRST_PERSON:
            return self.principal(report.publisher)
        if found := _collective(actor):
            return found
        if _ACRONYM.fullmatch(actor.name):
            return Somebody(body(actor.name), "body", None, actor.name)
        return self._in_office(actor, report) if is_office(actor.name) else self._by_name(actor)

    def _by_name(self, actor: Actor) -> Somebody | None:
        own = names.words(actor.name)
        if len(own) > 1:
            found = self._people.get(actor.name) or self._like(actor.name)
        else:
            found = self._surnames.get(own[0]) if own else None
        if found is None and len(own) == 1 and _may_be_person(actor):
            found = f"person:{names.bare(actor.name)}"
        return self._person(found, actor.country) if found else None

    def _person(self, person: str, country: str | None) -> Somebody:
        name = self._fullest.get(person, person.partition(":")[2])
        return Somebody(person, "person", self._countries.get(person) or country, name)

    def _in_office(self, actor: Actor, report: Report) -> Somebody | None:
        lemma = names.office(actor.name)
        own = self.principal(report.publisher)
        country = actor.country or _country_in(actor.name) or (own.country if own else None)
        if lemma in _HEADS_OF_STATE and country in self._presidents:
            return self._presidents[country]
        holder = self._holder(country, lemma, report.published)
        return self._person(holder, country) if holder else None

    def _holder(self, country: str | None, lemma: str | None, day: dt.date | None) -> str | None:
        """Who held an office on a day: whoever is named in it nearest to it, if nobody else is as near."""
        tenures = self._tenures.get((country or "", lemma or ""), [])
        if day is None:
            people = {tenure.person for tenure in tenures}
            return next(iter(people)) if len(people) == 1 else None
        before = max((t for t in tenures if t.day <= day), key=lambda t: (t.day, t.person), default=None)
        after = min((t for t in tenures if t.day >= day), key=lambda t: (t.day, t.person), default=None)
        near = sorted((abs((t.day - day).days), t.person) for t in (before, after) if t)
        if not near or near[0][0] > _TERM:
            return None
        clear = len(near) == 1 or near[0][1] == near[1][1] or 3 * near[0][0] < near[1][0]
        return near[0][1] if clear else None

    # --- the roster ---

    @cached_property
    def _named(self) -> Counter[str]:
        """How often each full name of a person is told, as it is written."""
        told: Counter[str] = Counter()
        for entry in self._entries:
            for actor in _participants(entry):
                if actor.type in ("person", None) and _is_full(actor.name):
                    told[actor.name] += 1
        return told

    @cached_property
    def _people(self) -> dict[str, str]:
        """The person that each full name names: spellings of one name have the id of the commonest."""
        found: dict[str, str] = {}
        for name in sorted(self._named, key=lambda name: (-self._named[name], name)):
            same = self._nearest(name)
            found[name] = found[same] if same else f"person:{names.bare(name)}"
            if same is None:
                for word in names.words(name):
                    self._firsts[word[:_STEM]].append((-self._named[name], name))
        return found

    def _nearest(self, name: str) -> str | None:
        """The commonest of the names so far that is a spelling of a name."""
        near = {first for word in names.words(name) for first in self._firsts.get(word[:_STEM], ())}
        return next((first for _, first in sorted(near) if names.is_one(name, first)), None)

    def _like(self, name: str) -> str | None:
        """The person of a name in a spelling that no claim has."""
        if name not in self._likes:
            people = self._people
            self._likes[name] = people.get(self._nearest(name) or "")
        return self._likes[name]

    @cached_property
    def _fullest(self) -> dict[str, str]:
        """The fullest name of each person that is not rare: most words, then the commonest."""
        best: dict[str, tuple[bool, int, int, str]] = {}
        most = Counter[str]()
        for name, person in self._people.items():
            most[person] = max(most[person], self._named[name])
        for name, person in self._people.items():
            plain = names.bare(name)
            often = self._named[name] * 20 >= most[person]
            own = (often, len(plain.split()), self._named[name], plain)
            best[person] = max(best.get(person, own), own)
        return {person: name for person, (*_, name) in best.items()}

    @cached_property
    def _surnames(self) -> dict[str, str]:
        """Whom a surname alone means, or a first name: its only bearer or by far the commonest."""
        bearers: dict[str, Counter[str]] = defaultdict(Counter)
        for name, person in self._people.items():
            own = names.words(name)
            for word in {own[0], own[-1]}:
                bearers[word][person] += self._named[name]
        found = {}
        for word, people in bearers.items():
            (first, most), *rest = people.most_common(2)
            if not rest or most >= _MOST * rest[0][1]:
                found[word] = first
        return found

    @cached_property
    def _countries(self) -> dict[str, str]:
        """The country of each person, where what the reports give agrees in most cases."""
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for entry in self._entries:
            for actor in _participants(entry):
                if actor.country and actor.type == "person" and (person := self._people.get(actor.name)):
                    told[person][actor.country] += 1
        for tenures in self._tenures.values():
            for tenure in tenures:
                told[tenure.person][tenure.country] += 1
        found = {}
        for person, lands in told.items():
            country, most = max(lands.items(), key=lambda item: (item[1], item[0]))
            if most > 0.6 * lands.total():
                found[person] = country
        return found

    @cached_property
    def _tenures(self) -> dict[tuple[str, str], list[Tenure]]:
        """Who is said to hold which office: by titles, by names with offices, by the posts of a ceasefire."""
        found: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in self._all_tenures():
            found[tenure.country, tenure.office].append(tenure)
        return found

    def _all_tenures(self) -> Iterator[Tenure]:
        seen: set[tuple[str, dt.date]] = set()
        for entry in self._entries:
            day = entry.report.published
            if day is None:
                continue
            texts = [entry.report.title, *(a.name for a in _participants(entry) if a.type == "person")]
            for text in texts:
                if (text, day) not in seen:
                    seen.add((text, day))
                    yield from self._told_in(text, day)
        if self._ceasefire:
            yield from self._posts(self._ceasefire)

    def _told_in(self, text: str, day: dt.date) -> Iterator[Tenure]:
        for country, office, name in holders(text):
            if person := self._people.get(name) or self._like(name):
                yield Tenure(country, office, person, day)

    def _posts(self, ceasefire: Ceasefire) -> Iterator[Tenure]:
        posts = [(party, post) for party in ceasefire.parties for post in party.posts]
        held = [(party, post, holder) for party, post in posts for holder in post.holders]
        for party, post, holder in held:
            lemma = names.office(post.title)
            person = next((p for name in (holder.name, *holder.names) if (p := self._like(name))), None)
            if party.country and lemma and person:
                first = opening(holder.since) or ceasefire.start
                last = opening(holder.until) or ceasefire.end or first
                yield Tenure(party.country, lemma, person, first)
                yield Tenure(party.country, lemma, person, last)

    @cached_property
    def _principals(self) -> dict[str, Somebody]:
        """Publishers that are an office or its seat, each with who takes part in most of its contacts."""
        told: dict[str, Counter[str]] = defaultdict(Counter)
        contacts: Counter[str] = Counter()
        for entry in self._entries:
            publisher = entry.report.publisher
            if publisher and _seat(publisher):
                named = {self._people.get(actor.name, "") for actor in _participants(entry)} - {""}
                contacts[publisher] += bool(named)
                told[publisher].update(named)
        found = {}
        for publisher, people in told.items():
            country = _seat(publisher)
            ranked = [(n, p) for p, n in people.items() if self._countries.get(p, country) == country]
            most, person = max(ranked, default=(0, ""))
            if most > _OWN * contacts[publisher] or self._leads(ranked):
                found[publisher] = self._person(person, country)
        return found

    @cached_property
    def _partners(self) -> dict[str, frozenset[str]]:
        """With whom each principal is told to have been alone."""
        own = {who.id: who.country for who in self._principals.values()}
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self._entries:
            pair = [self._people.get(actor.name, "") for actor in _participants(entry)]
            for one, other in ((pair[0], pair[1]), (pair[1], pair[0])) if len(pair) == 2 else ():
                if one in own and other and self._countries.get(other) != own[one]:
                    found[one].add(other)
        return {person: frozenset(others) for person, others in found.items()}

    @cached_property
    def _presidents(self) -> dict[str, Somebody]:
        """Of each country the president, where a presidency's own releases are on file."""
        return {who.country: who for who in self._principals.values() if who.country}

    def _leads(self, ranked: Sequence[tuple[int, str]]) -> bool:
        """Whether one is named more than three times as often as anybody else of the country."""
        ordered = sorted(ranked, reverse=True)
        return bool(ordered) and (len(ordered) == 1 or ordered[0][0] > 3 * ordered[1][0])


def _participants(entry: Entry) -> tuple[Actor, ...]:
    return entry.claim.participants if isinstance(entry.claim, Contact) else ()


@lru_cache(maxsize=65536)
def _is_full(name: str) -> bool:
    """Whether it reads as somebody's full name: two words and more, all with a capital."""
    own = [w for w in _WORD.findall(names.bare(name)) if w.lower() not in names.PARTICLES]
    full = len(own) > 1 and all(word[:1].isupper() for word in own) and not is_office(name)
    return full and len(names.words(name)) > 1 and own[-1].lower() not in _things() and not own[-1].isupper()


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    """Words that end no person's name: offices, groups, bodies, forms of contact."""
    offices = {word for word in catalog.vocabulary().offices if " " not in word}
    return frozenset(offices | groups().heads | BODIES | _OCCASIONS)


@lru_cache(maxsize=65536)
def holders(text: str) -> tuple[tuple[str, str, str], ...]:
    """Who is named as head of a country in a title: country, office, name.

    >>> holders("Meeting with President of Kenya Ann Odi")
    (('KE', 'president', 'Ann Odi'),)
    """
    found = []
    for match in _OFFICE.finditer(text):
        office = catalog.vocabulary().offices.get(" ".join(match["office"].lower().split()))
        land, name = (
            _parted(match["rest"]) if match["of"] else (_country_in(match["adjective"] or ""), match["rest"])
        )
        if office and land and len(name.split()) > 1:
            found.append((land, office.lemma, name))
    return tuple(found)


def _parted(text: str) -> tuple[str | None, str]:
    """The country that a text begins with, and the rest: "South Africa Cyril Odi"."""
    own = text.split()
    for length in range(len(own) - 1, 0, -1):
        if land := _country(" ".join(own[:length])):
            return land, " ".join(own[length:])
    return None, ""


def _country(name: str) -> str | None:
    """The country of exactly this name."""
    known = catalog.vocabulary().names
    entry = known.get(name) or known.get(name.removeprefix("Republic of "))
    return entry.country if entry and entry.kind == "name" and entry.type == "country" else None


def _country_in(name: str) -> str | None:
    """The country that a name names or ends in: "Kenya", "Kenyan", "President of the Republic of Kenya"."""
    known = catalog.vocabulary().names
    for text in (name, re.sub(r"^.*\bof\s+(?:the\s+)?", "", name), name.partition(" ")[0]):
        entry = known.get(text) or known.get(text.removeprefix("Republic of "))
        if entry and entry.country and entry.kind in ("name", "demonym"):
            return entry.country
    return None


def _may_be_person(actor: Actor) -> bool:
    """Whether a single word may be somebody's name: a person by the report, or a name of no known kind."""
    return actor.type == "person" or (actor.type is None and actor.name[:1].isupper() and len(actor.name) > 2)


def _collective(actor: Actor) -> Somebody | None:
    """A country, or those who speak for it; a body of the vocabulary."""
    if actor.type == "person":
        return None
    entry = catalog.vocabulary().names.get(actor.name)
    listed = entry and entry.type in ("body", "organization") and entry.kind != "seat"
    if listed or actor.type == "body":
        return Somebody(body(actor.name), "body", None, actor.name)
    country = actor.country or (entry.country if entry and entry.kind in ("name", "seat") else None)
    if country and (entry or actor.type in ("country", "office", "organization", "group")):
        return Somebody(f"state:{country}", "state", country, actor.name)
    return None


def body(name: str) -> str:
    """The id of a standing body: that of the vocabulary, else its name in small letters.

    >>> body("UN Security Council"), body("the Liaison Committee")
    ('body:un-security-council', 'body:liaison committee')
    """
    plain = re.sub(r"^[Tt]he\s+", "", name)
    entry = catalog.vocabulary().names.get(plain)
    return f"body:{entry.id if entry else ' '.join(_WORDS.findall(plain.casefold()))}"


@lru_cache(maxsize=4096)
def _seat(publisher: str) -> str | None:
    """The country of a publisher that is an office or the seat of one: "Kremlin", "President of Ukraine"."""
    plain = publisher.removeprefix("The ").removeprefix("the ")
    entry = catalog.vocabulary().names.get(plain)
    if entry and entry.type == "office":
        return entry.country
    return _country_in(plain) if is_office(plain) else None
