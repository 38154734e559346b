"""Who does what a clause tells: one of the participants, several, or nobody that the text names.

A participant is named by the surname, by the country with or without an office ("the Ukrainian president",
"the Kremlin", "Kiev"), by "he" after that; all of them by "the leaders", "both sides", "they".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from trucewatch.claims.participants import is_office
from trucewatch.identity.names import fold, surname
from trucewatch.model import Span
from trucewatch.situation.readouts.nouns import Participant
from trucewatch.situation.readouts.words import LIGHT, Term, is_verb, lands, stem, words

_LEADERS = (
    r"(?:leaders|presidents|sides|parties|ministers|interlocutors|presidencies|heads\s+of\s+state"
    r"|delegations)"
)
_TOGETHER = re.compile(
    rf"\b(?:(?:the|both|two|all)\s+(?:two\s+|both\s+)?(?:\w+\s+)?{_LEADERS}|leaders|presidents)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b(?:they|both)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_REPORTED = re.compile(r"\bthat\s+(?P<who>[^,.;]{2,60})")
_AHEAD = 5  # words after "that" in which the doer of what is reported stands


class People:
    """The participants of a contact, recognised in a text; each by its number.

    ``last`` is who was named last as doing something: a "he" that comes next is he.
    """

    def __init__(self, participants: Sequence[Participant]) -> None:
        self.participants = participants
        self._surnames = {
            fold(surname(one.name)): at for at, one in enumerate(participants) if surname(one.name)
        }
        lands = [one.country for one in participants]
        self._lands = {land: at for at, land in enumerate(lands) if land and lands.count(land) == 1}
        self._last: frozenset[int] = frozenset()

    def lightened(self, told: Iterable[Term]) -> Iterator[Term]:
        """Terms, those light that are a participant's name: who did it is compared apart."""
        parts = {fold(stem(part.lower())) for one in self.participants for part in one.name.split()}
        for term in told:
            is_name = len(term.key) > 1 and term.country is None and fold(term.key) in parts
            yield structs.replace(term, weight=min(term.weight, LIGHT)) if is_name else term

    @property
    def all(self) -> frozenset[int]:
        """Every participant."""
        return frozenset(range(len(self.participants)))

    def named(self, text: str) -> frozenset[int]:
        """Whom a passage names, by person, country or office; "the two leaders" are all."""
        if _TOGETHER.search(text):
            return self.all
        return frozenset(self._each(text))

    def office(self, name: str) -> frozenset[int]:
        """Whom an office names ("President of France"); nobody where a person's own name stands beside it."""
        return self.named(name) if is_office(name) else frozenset()

    def people(self, text: str) -> frozenset[int]:
        """Whom a passage names by surname."""
        found = (self._surnames.get(fold(word)) for _, word in words(text))
        return frozenset(at for at in found if at is not None)

    def _each(self, text: str) -> Iterator[int]:
        yield from self.people(text)
        for _, country in lands(text):
            if country in self._lands:
                yield self._lands[country]

    def doing(self, text: str, span: Span, *, head: Span | None = None) -> frozenset[int]:
        """Who does what a clause tells; remembers it for the next."""
        doer = subject(text, head or span)
        found = self.named(doer)
        if not found and _THEY.search(doer):
            found = self.all
        if not found and _PRONOUN.search(doer):
            found = self._last
        if head and text.startswith("to ", span[0]):
            return frozenset()  # what a call was for, it was for both
        if found and head is None:
            self._last = found if len(found) == 1 else frozenset()
        reported = _REPORTED.search(text, *span)
        inner = _first_words(reported["who"]) if reported else ""
        return self.all if inner and _TOGETHER.search(inner) else self._inner(inner) or found

    def _inner(self, text: str) -> frozenset[int]:
        """Of what is reported, the doer where it is a person: "reported that Putin attributed"."""
        return self.people(text)


def subject(text: str, span: Span) -> str:
    """The words of a clause before its first verb."""
    last = span[0]
    for where, word in words(text[slice(*span)], start=span[0]):
        if is_verb(word) and last > span[0]:
            break
        last = where[1]
    return text[span[0] : last]


def _first_words(text: str) -> str:
    return " ".join(text.split()[:_AHEAD])
