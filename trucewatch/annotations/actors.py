"""Who is mentioned where: mentions of actors, each resolved to the actors it stands for.

A first pass collects the people and bodies that the report names in full, with the offices and
countries it gives them. A second pass goes through the text in order and resolves the rest against
them: surnames, roles ("the French president"), counterparts, pairs ("the two leaders"), pronouns.
What does not resolve keeps the words of its mention; nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import msgspec

from trucewatch.annotations.mentions import PARTICLES, Finder, Mention
from trucewatch.annotations.tokens import Token, sentences
from trucewatch.model import Actor, ActorMention, ActorType, Annotations, Document, Span

ANNOTATOR = "rules: actors"
BODIES = frozenset(
    "group committee commission council format forum mechanism panel quartet conference".split()
)
PAIRED = {"sides": None, "parties": None, "presidencies": "presidency", "governments": "government"}
HEADS = frozenset({"head", "royal", "leader"})


@dataclass
class _Entity:
    """An actor of this report, as known so far."""

    number: int
    name: str
    type: ActorType
    id: str | None = None
    country: str | None = None
    nation: str | None = None
    adjective: str | None = None
    lemmas: set[str] = field(default_factory=set)
    ranks: set[str] = field(default_factory=set)
    portfolios: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)

    def actor(self, mention: Mention) -> Actor:
        return Actor(name=self.name, span=mention.span, id=self.id, country=self.country, type=self.type)

    def learn(self, mention: Mention) -> None:
        """Take over country and office that a mention gives to its name."""
        if mention.office:
            self.lemmas.add(mention.office.lemma)
            self.ranks.add(mention.office.kind)
        if mention.portfolio:
            self.portfolios.add(mention.portfolio)
        if mention.entry and mention.country and not self.country:
            self.country, self.nation = mention.country, mention.nation
            self.adjective = mention.entry.text if mention.entry.kind == "demonym" else mention.nation
        if mention.entry and not mention.country and not self.nation:
            self.nation = mention.entry.name


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the actors' mentions."""
    found = _find(document, annotations)
    people = _People()
    for mentions in found:
        for mention in mentions:
            people.meet(mention)
    resolved: list[ActorMention] = []
    history = _History()
    for mentions in found:
        history.begin()
        for mention in mentions:
            entities = people.resolve(mention, history)
            history.add(mention, entities)
            if annotation := _annotation(mention, entities):
                resolved.append(annotation)
    return msgspec.structs.replace(annotations, actors=tuple(resolved))


def _find(document: Document, annotations: Annotations) -> list[list[Mention]]:
    tokenized = [tokens for _, tokens in sentences(document)]
    finder = Finder(_seen(tokenized))
    found = [finder.find(tokens) for tokens in tokenized]
    people = {m.name.split()[-1] for mentions in found for m in mentions if m.name and _is_person(m)}
    places = [p.span for p in annotations.places]
    return [[m for m in mentions if not _is_place(m, places, people)] for mentions in found]


def _is_person(mention: Mention) -> bool:
    return bool(mention.office or (mention.name and " " in mention.name and mention.sort == "person"))


def _is_place(mention: Mention, places: list[Span], people: set[str]) -> bool:
    """Whether an unknown name is a place: it stands where a place stands, or after "the" or "his"."""
    if mention.sort != "person" or mention.office or mention.name is None:
        return False
    if " " not in mention.name and mention.name in people:
        return False
    at = bisect_right(places, (mention.span[1], 0))
    inside = any(p[0] <= mention.span[1] - 1 < p[1] for p in places[max(0, at - 2) : at])
    return inside or (" " not in mention.name and (mention.definite or mention.owner is not None))


def _seen(tokenized: list[list[Token]]) -> frozenset[str]:
    """Words that stand with a capital inside a sentence: names rather than first words."""
    return frozenset(t.text for tokens in tokenized for t in tokens[1:] if t.capital)


def _annotation(mention: Mention, entities: list[_Entity]) -> ActorMention | None:
    metonymic = bool(
        mention.entry and mention.entry.kind in {"capital", "seat"} and mention.sort == "country"
    )
    return ActorMention(
        span=mention.span,
        annotator=ANNOTATOR,
        actors=tuple(e.actor(mention) for e in entities),
        entity=entities[0].number if len(entities) == 1 else None,
        metonymic=metonymic,
        pronoun=mention.sort == "pronoun",
    )


class _History:
    """What was mentioned so far, for pronouns, pairs and counterparts."""

    def __init__(self) -> None:
        self.people: list[_Entity] = []
        self.subject: _Entity | None = None
        self.here: list[_Entity] = []
        self.groups: list[_Entity] = []
        self.plural: list[_Entity] = []

    def begin(self) -> None:
        """A new sentence begins: its subject so far is the last one's."""
        if self.here:
            self.subject = self.here[0]
        self.here = []

    def add(self, mention: Mention, entities: list[_Entity]) -> None:
        if len(entities) > 1:
            self.plural = entities
            return
        for entity in entities:
            if entity.type == "person":
                self.people.append(entity)
                if mention.sort != "pronoun":
                    self.here.append(entity)
            elif not self.here and (mention.plural or entity.type in {"group", "armed group"}):
                self.plural = [entity]

    def he(self) -> _Entity | None:
        """Whom "he" means: the first person of this sentence, else of the one before."""
        if self.here:
            return self.here[0]
        return self.subject

    def last_two(self) -> list[_Entity]:
        """The two people mentioned last, the earlier first, heads of state before others."""
        latest: list[_Entity] = []
        for pool in ([e for e in self.people if e.ranks & HEADS], self.people):
            for entity in reversed(pool):
                if entity not in latest:
                    latest.append(entity)
                if len(latest) == 2:
                    return latest[::-1]
        return []


class _People:
    """The actors of one report."""

    def __init__(self) -> None:
        self.entities: list[_Entity] = []
        self.by_key: dict[str, _Entity] = {}

    # --- first pass: names -----------------------------------------------------------------------

    def meet(self, mention: Mention) -> None:
        """Note a mention that names somebody."""
        if not mention.name:
            return
        entity = self._named(mention.name)
        if entity is None:
            entity = self._new(mention.name, _type(mention))
            entity.keys = set(_name_keys(mention.name))
        elif len(mention.name.split()) > len(entity.name.split()):
            entity.name = mention.name
            entity.keys |= set(_name_keys(mention.name))
        for key in entity.keys:
            self.by_key.setdefault(key, entity)
        entity.learn(mention)

    def _named(self, name: str) -> _Entity | None:
        """The entity of this name: the same, or one that shares its last word and does not disagree."""
        if exact := self.by_key.get(name.lower()):
            return exact
        words = name.lower().split()
        known = self.by_key.get(words[-1])
        if known is None or known.type != "person":
            return None
        other = known.name.lower().split()
        agree = len(words) == 1 or len(other) == 1 or words[0][0] == other[0][0]
        return known if agree else None

    def _new(self, name: str, kind: ActorType) -> _Entity:
        entity = _Entity(number=len(self.entities), name=name, type=kind)
        self.entities.append(entity)
        return entity

    # --- second pass: everything else ------------------------------------------------------------

    def resolve(self, mention: Mention, history: _History) -> list[_Entity]:
        """The actors that a mention stands for; none where it does not resolve."""
        if mention.sort == "pronoun":
            return self._pronoun(mention, history)
        if mention.name:
            entity = self._named(mention.name)
            return [entity] if entity else []
        if mention.sort in {"country", "body"}:
            return [self._given(mention)]
        if mention.head and "counterpart" in mention.head:
            return self._counterpart(mention, history)
        if mention.office and mention.office.person:
            return self._role(mention, history)
        if mention.plural and mention.definite and mention.core in PAIRED:
            return self._pair(mention, history) or [self._phrase(mention)]
        return [self._phrase(mention)]

    def _pronoun(self, mention: Mention, history: _History) -> list[_Entity]:
        if mention.core in {"he", "she", "him"}:
            entity = history.he()
            return [entity] if entity else []
        if mention.core == "both":
            return history.last_two()
        return list(history.plural)

    def _given(self, mention: Mention) -> _Entity:
        """A country, seat or body of the vocabulary."""
        entry = mention.entry
        if entry is None:
            return self._phrase(mention)
        key = f"#{entry.name}"
        if key not in self.by_key:
            entity = self._new(entry.name, entry.type)
            entity.id, entity.country = entry.id, entry.country
            self.by_key[key] = entity
        return self.by_key[key]

    def _phrase(self, mention: Mention) -> _Entity:
        """An actor known only by a phrase: "pro-Russian separatists", "French presidency"."""
        key = f"~{mention.core.lower()}"
        if key not in self.by_key:
            kind: ActorType = _type(mention) if mention.sort == "organization" else "group"
            if mention.office and mention.office.person and not mention.plural:
                kind = "person"
            entity = self._new(mention.core, kind)
            entity.country = mention.country
            entity.learn(mention)
            self.by_key[key] = entity
        return self.by_key[key]

    def _counterpart(self, mention: Mention, history: _History) -> list[_Entity]:
        """ "His French counterpart": the person of that country whose office is the subject's."""
        subject = history.he()
        wanted = [
            e for e in self.entities if e.type == "person" and _of_country(e, mention) and e is not subject
        ]
        same = [
            e for e in wanted if subject and (e.ranks & subject.ranks or e.portfolios & subject.portfolios)
        ]
        for pool in (same, wanted if not (subject and subject.ranks) else []):
            if len(pool) == 1 or (pool and all(e.name == pool[0].name for e in pool)):
                return [pool[0]]
            if pool:
                recent = [e for e in history.people if e in pool]
                return [recent[-1] if recent else pool[0]]
        return [self._phrase(mention)]

    def _role(self, mention: Mention, history: _History) -> list[_Entity]:
        office = mention.office
        if office is None:
            return [self._phrase(mention)]
        if mention.plural:
            if (
                (mention.pair or mention.definite)
                and not mention.entry
                and not mention.qualified
                and office.kind in HEADS
            ):
                return history.last_two() or [self._phrase(mention)]
            return [self._phrase(mention)]
        candidates = [e for e in self.entities if e.type == "person" and e.ranks]
        if mention.entry:
            candidates = [e for e in candidates if _of_country(e, mention)]
        elif not mention.definite:
            return [self._phrase(mention)]
        fitting = [e for e in candidates if _fits(e, mention)]
        if not fitting:
            return [self._phrase(mention)]
        recent = [e for e in history.people if e in fitting]
        return [recent[-1] if recent else fitting[0]]

    def _pair(self, mention: Mention, history: _History) -> list[_Entity]:
        """ "The two presidencies", "both sides": those of the two people mentioned last."""
        two = history.last_two()
        institution = PAIRED.get(mention.core)
        if not institution or len(two) < 2:
            return two
        return [self._body(f"{e.adjective} {institution}", e.country) for e in two if e.adjective]

    def _body(self, name: str, country: str | None) -> _Entity:
        key = f"~{name.lower()}"
        if key not in self.by_key:
            entity = self._new(name, "office")
            entity.country = country
            self.by_key[key] = entity
        return self.by_key[key]


def _type(mention: Mention) -> ActorType:
    """What a name names: a person, a standing body ("Liaison Committee"), or an organization."""
    if mention.sort == "person":
        return "person"
    words = (mention.name or mention.core).split()
    return "body" if words[0][:1].isupper() and words[-1].lower() in BODIES else "organization"


def _of_country(entity: _Entity, mention: Mention) -> bool:
    if mention.country:
        return entity.country == mention.country
    return bool(mention.entry and entity.nation == mention.entry.name)


def _fits(entity: _Entity, mention: Mention) -> bool:
    """Whether an office and portfolio may be this person's: "leader" and "head of state" fit any head."""
    office = mention.office
    if office is None:
        return False
    if mention.portfolio and entity.portfolios and mention.portfolio not in entity.portfolios:
        return False
    if office.lemma in entity.lemmas:
        return True
    generic = office.lemma in {"leader", "head of state", "head of government", "statesman", "politician"}
    return (office.kind in entity.ranks and generic) or (
        office.lemma == "leader" and bool(entity.ranks & HEADS)
    )


def _name_keys(name: str) -> list[str]:
    """The lower-case forms under which a name is found again: whole, surname, surname with its particle."""
    words = name.lower().split()
    keys = [" ".join(words), words[-1]]
    if len(words) > 2 and words[-2] in PARTICLES:
        keys.append(" ".join(words[-2:]))
    if len(words) > 1 and len(words[0]) > 3:
        keys.append(words[0])
    return keys
