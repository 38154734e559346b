"""Encounters: what a sentence says of people who meet or talk, before it is a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trucewatch.claims import moods
from trucewatch.claims.clauses import Passage
from trucewatch.model import Actor, ContactForm, ContactStatus, Span

# Words that may be noun or verb; what stands to the left decides.
AMBIGUOUS = frozenset("talk talks call calls visit visits meeting contact".split())

_COUNCIL = re.compile(
    r"\b(?:Council|Group|Committee|Assembly|Commission|Board|Cabinet|council|committee|cabinet|parliament)\b"
)
_MEDIA = re.compile(
    r"\b(?:media|press|journalists?|reporters?|newspapers?|correspondents?|editors?)\b", re.IGNORECASE
)
_AFTER_SUBJECT = re.compile(
    r"\b(?:to|will|would|can|could|should|may|might|must|not|cannot|also|again|n['’]t|he|she|they|we|I|who"
    r"|is|are|was|were|be|been|have|has|had)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_AFTER_PRONOUN = re.compile(r"\b(?:he|she|who|it)\s+$", re.IGNORECASE)
_AFTER_SINGULAR = re.compile(
    r"\b(?:he|she|who|it|(?!The|These|Those|Peace|Direct|No|Any|And|But)[A-Z][\w-]+)\s+$"
)


@dataclass(frozen=True, slots=True)
class Encounter:
    """One trigger with what was read around it. ``phrase`` is the words that say it, in their ``clause``."""

    passage: Passage
    form: ContactForm
    trigger: Span
    clause: Span
    phrase: Span
    status: ContactStatus
    people: tuple[Actor, ...]
    confidence: float
    body: str | None = None
    condition: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """The participants' names."""
        return frozenset(a.name for a in self.people)


def is_verb(word: str, left: str) -> bool:
    """Whether a word that may be noun or verb is a verb here, by the words to its left.

    >>> is_verb("visit", "invited him to "), is_verb("talks", "there are "), is_verb("call", "on a ")
    (True, False, False)
    """
    if word == "talks":
        return bool(_AFTER_PRONOUN.search(left))
    return bool((_AFTER_SINGULAR if word.endswith("s") else _AFTER_SUBJECT).search(left))


def is_council(actor: Actor) -> bool:
    """Whether an actor is a council, group or committee: one that meets in sessions."""
    return bool(_COUNCIL.search(actor.name)) and actor.type not in {"person", "armed group", "country"}


def is_session(inner: str, following: str) -> bool:
    """Whether the words beside "meeting" name a council, group or committee."""
    of_it = following.startswith(" of ") and _COUNCIL.search(following.partition(" in ")[0][:60])
    return bool(of_it or _COUNCIL.search(inner))


def is_interview(people: Iterable[Actor]) -> bool:
    """Whether journalists take part: an interview is no contact."""
    return any(_MEDIA.search(a.name) for a in people)


def joined(*groups: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors of some groups, each name once."""
    found: dict[str, Actor] = {}
    for group in groups:
        for actor in group:
            found.setdefault(actor.name, actor)
    return tuple(found.values())


def lead_in(passage: Passage, clause: Span, at: int) -> str:
    """The words before a trigger that may govern it: its clause's, and more before an infinitive."""
    text = passage.document.text
    start = clause[0]
    if text.startswith(("to ", "on ", "for "), start) or at - start < 20:
        start = max(passage.span[0], start - 60)
    return text[start:at]


def conditioned(passage: Passage, at: int, status: ContactStatus | None) -> tuple[ContactStatus, str | None]:
    """A status that is open or to come, made conditional where it hangs on something, and on what."""
    if status not in {"planned", "proposed", None}:
        return status or "held", None
    condition = moods.condition_for(passage.words(passage.span), at - passage.span[0])
    return ("conditional" if condition else status or "held"), condition
