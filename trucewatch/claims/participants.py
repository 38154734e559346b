"""Participants of a contact, each named once: an office next to its holder is the holder.

Rules and encoder choose words that name somebody, and sometimes both the office and the person, or a
piece of a name and the whole: "the President of the Republic of Moldova Maia Sandu" is one participant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from trucewatch import catalog
from trucewatch.documents.spans import touching, within
from trucewatch.model import Actor, ActorMention, Annotations, Contact, Document, Span

_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")
_LEADING = re.compile(r"^[\W_]+")
_SUFFIXES = frozenset({"jr", "sr"})
_SMALL = frozenset({"the", "of", "and", "for", "to"})
_EMPTY = frozenset("of the a an and his her their your its . ,".split())
# What may stand between an office and the name of its holder: a country, a comma.
_BETWEEN = re.compile(
    r"(?:\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+|and\s+|the\s+)*[A-Z][\w’'-]*){0,4})?,?\s+"
)
_OF_PLACE = re.compile(r"\s+of\s+(?:the\s+)?")  # "Governor of" before "Vordal Ann Odi" read as one name
_REACH = 140  # characters from an office to the end of its holder's name


def mended(contact: Contact, document: Document, annotations: Annotations) -> Contact:
    """A contact whose participants are each named once.

    >>> mended(contact, document, annotations).participants  # doctest: +SKIP
    (Actor(name='Ann Odi', country='KE', ...),)
    """
    actors = [_whole(actor, document, annotations) for actor in contact.participants]
    actors = [clean for actor in actors if (clean := _clean(actor))]
    actors = _without_pieces(actors)
    actors = _without_offices(actors, document, annotations)
    return msgspec.structs.replace(contact, participants=tuple(_once(actors)))


def is_office(name: str) -> bool:
    """Whether a name is nothing but an office, perhaps with its country or field.

    >>> is_office("President of Poland"), is_office("Andrzej Duda")
    (True, False)
    """
    words, at, found = _WORD.findall(name), 0, False
    while at < len(words):
        length, office = _office_at(words, at)
        if not length:
            return found and _is_name(" ".join(words[at:]))
        at, found = at + length, found or office
    return found


def _office_at(words: Sequence[str], at: int) -> tuple[int, bool]:
    """How many words from one on belong to an office, and whether they are the office itself."""
    known = catalog.vocabulary()
    for length in (3, 2, 1):
        text = " ".join(words[at : at + length]).lower()
        if text in known.offices:
            return length, True
        if text in known.modifiers or text in known.portfolios or text in _SMALL:
            return length, False
    return 0, False


def _is_name(text: str) -> bool:
    names = catalog.vocabulary().names
    return text in names or text.removeprefix("Republic of ") in names


def _whole(actor: Actor, document: Document, annotations: Annotations) -> Actor:
    """The actor of the mention that a piece of a name stands in."""
    if actor.span is None or actor.type not in ("person", None):
        return actor
    for mention in touching(annotations.actors, actor.span):
        inside = mention.span[0] <= actor.span[0] and actor.span[1] <= mention.span[1]
        if inside and mention.span != actor.span and len(mention.actors) == 1:
            whole = mention.actors[0]
            if whole.type == "person" and not is_office(whole.name) and not _is_same_span(actor, annotations):
                return whole
    return actor


def _is_same_span(actor: Actor, annotations: Annotations) -> bool:
    return any(mention.span == actor.span for mention in within(annotations.actors, actor.span or (0, 0)))


def _clean(actor: Actor) -> Actor | None:
    """An actor without the marks and line ends that a piece of text brings along; None for a mere suffix."""
    name = " ".join(_LEADING.sub("", actor.name).split())
    if not name or name.lower().rstrip(".") in _SUFFIXES or name.lower() in _EMPTY:
        return None
    return actor if name == actor.name else msgspec.structs.replace(actor, name=name)


def _without_pieces(actors: Sequence[Actor]) -> list[Actor]:
    """Without those whose words lie within another's: "Ursula" of "Ursula von der Leyen"."""
    spans = [actor.span for actor in actors if actor.span]
    return [
        actor for actor in actors if not (actor.span and any(_lies_in(actor.span, other) for other in spans))
    ]


def _lies_in(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _without_offices(actors: Sequence[Actor], document: Document, annotations: Annotations) -> list[Actor]:
    """An office gives way to the holder who is named right after it, and gives its country."""
    found: dict[int, Actor] = {}
    for number, actor in enumerate(actors):
        holder = _holder(actor, document, annotations)
        if holder is None:
            found.setdefault(number, actor)
            continue
        same = next(
            (n for n, other in enumerate(actors) if other.span and _touches(other.span, holder)), None
        )
        chosen = actors[same] if same is not None else _actor(holder)
        country = (
            chosen.country
            or actor.country
            or _country(annotations, (actor.span or (0, 0))[1], holder.span[0])
        )
        found[number if same is None else same] = msgspec.structs.replace(chosen, country=country)
    return [found[number] for number in sorted(found)]


def _holder(actor: Actor, document: Document, annotations: Annotations) -> ActorMention | None:
    """The mention of a person that stands right after an office: "the President of Moldova", then a name."""
    if actor.span is None or not is_office(actor.name):
        return None
    start = actor.span[1]
    for mention in within(annotations.actors, (start, start + _REACH)):
        gap = document.text[start : mention.span[0]]
        if _is_holder(mention, gap):
            return mention
    return None


def _is_holder(mention: ActorMention, gap: str) -> bool:
    """Whether a mention is of a person, and only what leads from an office to its holder stands before it."""
    if len(mention.actors) != 1 or mention.pronoun:
        return False
    actor = mention.actors[0]
    named = actor.type == "person" and not is_office(actor.name)
    of_place = len(actor.name.split()) > 2 and _OF_PLACE.fullmatch(gap)
    return named and bool(of_place or _BETWEEN.fullmatch(gap))


def _touches(span: Span, mention: ActorMention) -> bool:
    return span[0] < mention.span[1] and mention.span[0] < span[1]


def _actor(mention: ActorMention) -> Actor:
    return msgspec.structs.replace(mention.actors[0], span=mention.span)


def _country(annotations: Annotations, start: int, end: int) -> str | None:
    """The country named between an office and its holder."""
    named = [
        a.country for m in within(annotations.actors, (start, end)) for a in m.actors if a.type == "country"
    ]
    return named[0] if named else None


def _once(actors: Iterable[Actor]) -> list[Actor]:
    """Each person once, under the name with no office in it; a later surname is the person named before."""
    kept: list[Actor] = []
    for actor in actors:
        at = next((n for n, other in enumerate(kept) if _one_person(actor, other)), None)
        if at is None:
            kept.append(actor)
        else:
            kept[at] = _better(kept[at], actor)
    return kept


def _one_person(one: Actor, other: Actor) -> bool:
    if "person" not in (one.type, other.type) or {one.type, other.type} - {"person", None, "organization"}:
        return one.name == other.name
    left, right = sorted((_words(one.name), _words(other.name)), key=len)
    return bool(left) and right[-len(left) :] == left and not (is_office(one.name) or is_office(other.name))


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _better(one: Actor, other: Actor) -> Actor:
    """Of two names of one person the longer that holds no office, with the country of either."""
    first, second = sorted((one, other), key=lambda a: (_holds_office(a.name), -len(_words(a.name))))
    return msgspec.structs.replace(
        first, country=first.country or second.country, type=first.type or second.type
    )


def _holds_office(name: str) -> bool:
    known = catalog.vocabulary()
    return any(word in known.offices or word in known.portfolios for word in _words(name))
