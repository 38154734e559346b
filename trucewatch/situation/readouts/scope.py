"""Which sentences of a report are told as part of the contact, and which are the day's other news.

A side's own release about the contact tells nothing else, but for other contacts that it mentions. An
article has much else: of it counts what names both participants or "the two leaders", what one of them or
his side is reported to say, and what is told of "the conversation". In an article a sentence that tells of
another contact ("spoke afterwards with ...") ends it, until one names both again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trucewatch.model import Contact, Span, Statement
from trucewatch.situation.readouts.clauses import said_by
from trucewatch.situation.readouts.nouns import Account
from trucewatch.situation.readouts.people import People, subject

_CONTACT = re.compile(
    r"\b(?:the|this|that|same|during|telephone|phone)\s+(?:\w+\s+)?(?:call|conversation|meeting|talks|negotiations|summit)\b",
    re.IGNORECASE,
)
_RANG = re.compile(
    r"\b(?:spoke|talked|met|rang|phoned|telephoned|called)\s+(?:again\s+|also\s+|later\s+)?(?:with\s+|to\s+)?"
    r"(?P<who>(?:[A-Z][\w’'-]+\s+){1,4}[A-Z][\w’'-]+)"
)
_GOES_ON = re.compile(r"(?:it|he|she|they)\b", re.IGNORECASE)


class Scope:
    """Decides, sentence by sentence, what of an account is told of the contact."""

    def __init__(self, account: Account, *, people: People) -> None:
        self._account, self._people = account, people

    def sentences(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """The sentences that are told of the contact, in order."""
        own = self._account.own and self._account.news
        begun, is_open, before = own, True, False
        for span in found:
            words = text[slice(*span)]
            named = self._people.named(words)
            both = len(named) > 1
            if self._is_of_others(text, span):
                is_open, before = own, False
                continue
            is_open = is_open or both or bool(_CONTACT.search(words) and named)
            begun = begun or both
            before = begun and is_open and (own or both or self._is_said(text, span, named, goes_on=before))
            if before:
                yield span

    def _is_said(self, text: str, span: Span, named: frozenset[int], *, goes_on: bool) -> bool:
        """Whether a sentence of a report of others gives what a participant or his side says.

        ``goes_on``: the sentence before does, so "he added" does too.
        """
        words = text[slice(*span)]
        if _CONTACT.search(words) and named:
            return True
        if not self._account.news:
            return False
        if goes_on and _GOES_ON.match(words):
            return True
        told = (subject(text, span), *said_by(text, span), *self._speakers(span))
        return any(self._people.named(name) for name in told)

    def _speakers(self, span: Span) -> Iterator[str]:
        """Who says what a sentence tells, by the claims that stand in it."""
        for claim in self._account.claims:
            if span[0] <= claim.evidence[0] < span[1]:
                if isinstance(claim, Statement):
                    yield from (actor.name for actor in claim.speaker)
                yield from (voice.source for voice in claim.said_by)

    def _is_of_others(self, text: str, span: Span) -> bool:
        """Whether a sentence tells of a contact held with somebody else."""
        for claim in self._account.claims:
            inside = span[0] <= claim.evidence[0] < span[1]
            if inside and isinstance(claim, Contact) and claim.status == "held" and self._has_others(claim):
                return True
        met = _RANG.search(text, *span)
        return bool(met and not self._people.named(met["who"]))

    def _has_others(self, claim: Contact) -> bool:
        """Whether a person takes part in a contact who takes no part in this one, and not both of its do."""
        persons = [actor for actor in claim.participants if actor.type == "person"]
        known = [self._people.people(actor.name) or self._people.office(actor.name) for actor in persons]
        return any(not one for one in known) and len(frozenset[int]().union(*known)) < 2
