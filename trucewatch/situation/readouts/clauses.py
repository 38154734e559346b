"""Clauses: a sentence of an account cut where it goes on to another thing that was said or done.

Rules over words, without a parser. "They discussed the grain deal and the release of captives, noting that
both are urgent" has three clauses; the second shares the first one's beginning, "They discussed". A clause
is cut before a further verb, a further subject, a further item of a list, a participle that tells
("noting"), a relative clause at the end, a reason and a purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from trucewatch.model import Noun, Span
from trucewatch.situation.readouts.words import STOP, is_telling, is_verb, lists

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’.,:/][^\W_]+)*(?:['’])?|[^\w\s]")
_DETERMINERS = frozenset("the a an its his her their our this these those any all".split())
_PREPOSITIONS = frozenset("to for on at in of with by from against about over as".split())
_POSSESSIVES = frozenset("its his her their our".split())
_PRONOUNS = frozenset("it he she they we i both".split())
_MODALS = frozenset("will would can could may might must should is are was were has have had".split())
_JOINING = frozenset({"and", "but", "or"})
_ADVERB = re.compile(r"\w+ly|also|then|again|further|not|later|once")
_REASONS = frozenset({"since", "because", "while", "whereas", "although", "but", "when", "after", "before"})
_PURPOSES = (
    ("in", "an", "effort"), ("with", "the", "aim"), ("with", "a", "focus"), ("with", "a", "view"),
    ("in", "order", "to"), ("aimed", "at"), ("to", "discuss"), ("with", "both"), ("starting",),
)  # fmt: skip
_ITEMS = (("as", "well", "as"),)
_FRAME = re.compile(
    r"(?:In|During|According|Considering|Overall|After|Given|For|At|Also|Meanwhile|Following|Moreover|Furthermore"
    r"|Besides|Separately|Additionally|On|As|With|Earlier|Speaking|Answering)\b[^,;]{0,160}?,\s+(?=\S)"
)
_ASIDE = re.compile(r"(?:for its part|in turn|during the same \w+|on the other hand),\s+", re.IGNORECASE)
_TAIL = re.compile(
    r",?[\"”’']?,?\s+(?!and\b|but\b|who\b|which\b|while\b|[a-z]+ing\b)(?:the\s+)?[^,\"”]{2,70}?\s(?:said|says|adds|added|wrote|writes|stressed|noted|stated|continued"
    r"|explained|emphasi[sz]ed|concluded|reported)\b[^,\"”]{0,60}$"
)
_ACCORDING = re.compile(r"\baccording\s+to\s+[^,.;]{3,60}", re.IGNORECASE)
_LEAST = 2  # content words of a clause
_LONG_FRAME = 5  # content words of a beginning that is a thing told of its own


class Clause(Noun, frozen=True, kw_only=True):
    """A clause, and the words at the beginning of its sentence that it shares ("They discussed")."""

    span: Span
    head: Span | None = None


class _Word(Noun, frozen=True, kw_only=True):
    span: Span
    text: str
    low: str
    quoted: bool = False


class _Cut(Noun, frozen=True, kw_only=True):
    """Where a clause begins: the numbers of its first word and of the one that joins it; what it shares."""

    at: int
    joined: int
    shares: Literal["", "subject", "verb"] = ""


def clauses(text: str, sentence: Span) -> list[Clause]:
    """The clauses of a sentence, in order. Every one lies within the sentence.

    >>> text = "They discussed the grain deal and the release of captives."
    >>> [text[slice(*clause.span)] for clause in clauses(text, (0, len(text)))]
    ['They discussed the grain deal', 'the release of captives']
    """
    start, end = _bare(text, sentence)
    frame = _frame(text, (start, end))
    words = _words(text, (frame[1] if frame else start, end))
    found = list(_cut_up(text, words))
    told = (
        [Clause(span=_trimmed(text, frame))] if frame and _content(_words(text, frame)) >= _LONG_FRAME else []
    )
    return told + found


def _bare(text: str, span: Span) -> Span:
    """A sentence without the words that say at its end who said it."""
    start, end = _trimmed(text, span)
    tail = _TAIL.search(text, start + (end - start) // 3, end)
    return (start, tail.start() + _closing(text, tail.start())) if tail else (start, end)


def said_by(text: str, sentence: Span) -> Iterator[str]:
    """The words at the end of a sentence that say who said it: ", the ministry said", "according to ..."."""
    start, end = _trimmed(text, sentence)
    for pattern in (_TAIL, _ACCORDING):
        if met := pattern.search(text, start, end):
            yield met[0]


def _closing(text: str, at: int) -> int:
    """How many marks that close a quotation stand at a place, after a comma."""
    marks = re.match(r",?[\"”]", text[at : at + 2])
    return marks.end() if marks else 0


def _frame(text: str, span: Span) -> Span | None:
    """The adverbial that a sentence begins with, up to its comma."""
    start, end = span
    at = start
    while (met := _FRAME.match(text, at, end)) and not _has_subject(text[at : met.end()]):
        at = met.end()
    more = re.compile(
        r"(?:for its part|in turn|during the same \w+|on the other hand),\s+", re.IGNORECASE
    ).match(text, at, end)
    at = more.end() if more else at
    return (start, at) if at > start and end - at > 20 else None


def _has_subject(frame: str) -> bool:
    """Whether a beginning is a clause itself: "As a result" is none, "As he said it was over" is."""
    words = frame.split()
    return any(is_verb(word.strip(",")) for word in words[1:]) and words[0] in ("As", "On")


def _words(text: str, span: Span) -> list[_Word]:
    found, quoted = [], False
    for match in _TOKEN.finditer(text, *span):
        if match[0] in '"“”':
            quoted = match[0] == "“" or (match[0] == '"' and not quoted)
        found.append(_Word(span=match.span(), text=match[0], low=match[0].lower(), quoted=quoted))
    return found


def _content(words: Sequence[_Word]) -> int:
    return sum(word.text[:1].isalnum() and word.low not in STOP for word in words)


# --- cutting ---------------------------------------------------------------------------------------


def _cut_up(text: str, words: Sequence[_Word]) -> Iterator[Clause]:
    """The stretches between the cuts; one without enough words of its own belongs to the one before."""
    cuts = [_Cut(at=0, joined=0), *_firm(words, list(_cuts(words)))]
    subject = verb = 0  # where the clauses begin whose subject and whose verb are shared
    for cut, after in zip(cuts, [*cuts[1:], None], strict=True):
        own = words[cut.at : after.joined if after else len(words)]
        head = _head(words, subject if cut.shares == "subject" else verb, cut)
        if _content(own) >= _LEAST and own[0].low != "where":
            yield Clause(span=_trimmed(text, (own[0].span[0], own[-1].span[1])), head=head)
        verb = verb if cut.shares == "verb" else cut.at
        subject = subject if cut.shares else cut.at


def _head(words: Sequence[_Word], begin: int, cut: _Cut) -> Span | None:
    """What a clause shares: the subject that an earlier one begins with, or its subject and verb."""
    verb = _verb_at(words[: cut.at], begin) if cut.shares else None
    if verb is None:
        return None
    last = verb + (cut.shares == "verb")
    if cut.shares == "verb" and words[last].low in _PREPOSITIONS:
        last += 1
    return (words[begin].span[0], words[last - 1].span[1]) if last > begin else None


def _verb_at(words: Sequence[_Word], first: int) -> int | None:
    return next((at for at in range(first, len(words)) if is_verb(words[at].text)), None)


def _firm(words: Sequence[_Word], cuts: Sequence[_Cut]) -> Iterator[_Cut]:
    """The cuts that leave enough words on both sides."""
    before = 0
    for number, cut in enumerate(cuts):
        after = cuts[number + 1].joined if number + 1 < len(cuts) else len(words)
        if _content(words[before : cut.joined]) >= _LEAST and _content(words[cut.at : after]) >= _LEAST:
            yield cut
            before = cut.at


def _cuts(words: Sequence[_Word]) -> Iterator[_Cut]:
    """Where a further thing may begin, in order."""
    paired = 0
    begin, at = 0, 1  # begin: where the last clause with a verb of its own begins
    while at < len(words) - 1:
        paired = 0 if words[at].text in ",;" else paired + (words[at].low in ("between", "both", "through"))
        if words[at].low == "and" and paired:
            paired -= 1
        elif cut := _cut(words, at, begin):
            yield cut
            begin, at = begin if cut.shares == "verb" else cut.at, max(cut.at, at)
            paired = 0
        at += 1


def _cut(words: Sequence[_Word], at: int, begin: int) -> _Cut | None:
    """The cut that a word makes, if it does."""
    word, comma = words[at], words[at - 1].text in (",", ";")
    joined = at - comma
    if word.text == ";":
        return _Cut(at=at + 1, joined=at)
    if word.low in _JOINING:
        return _after_and(words, at, begin)
    if _phrase(words, at, _ITEMS):
        return _Cut(at=at + 3, joined=joined, shares="verb")
    if at - begin > 2 and _phrase(words, at, _PURPOSES):
        return _Cut(at=at, joined=joined, shares="subject")
    if word.quoted:
        return None
    return _after_comma(words, at) if comma else None


def _after_comma(words: Sequence[_Word], at: int) -> _Cut | None:
    word = words[at]
    if is_telling(word.text):
        return _Cut(at=at, joined=at - 1, shares="subject")
    if word.low in _REASONS and _finite(words, at + 1, 12):
        return _Cut(at=at + 1, joined=at - 1)
    if word.low in ("which", "who", "where") and not _goes_on(words, at):
        return _Cut(at=at, joined=at - 1)
    if word.low in _DETERMINERS | _PREPOSITIONS and _is_listed(words, at):
        return _Cut(at=at, joined=at - 1, shares="verb")
    return None


def _after_and(words: Sequence[_Word], at: int, begin: int) -> _Cut | None:
    """A further verb, subject or item after "and"; none where it only joins two words or two subjects."""
    comma = words[at - 1].text in (",", ";")
    joined, first = at - comma, at + 1
    while first < len(words) - 1 and _ADVERB.fullmatch(words[first].low):
        first += 1
    word = words[first]
    if word.quoted and not words[at].quoted:
        return None
    if _is_predicate(words, first):
        return _Cut(at=at + 1, joined=joined, shares="subject")
    if word.low == "that" or _is_plain(words, first, begin):
        return _Cut(at=at + 1, joined=joined, shares="verb")
    if (word.low in _PRONOUNS or comma) and _finite(words, first + 1, 9):
        return _Cut(at=at + 1, joined=joined)
    if _is_item(words, at, first) and (begin or _verb_at(words[:at], begin) is not None):
        return _Cut(at=at + 1, joined=joined, shares="verb")
    return None


def _is_plain(words: Sequence[_Word], first: int, begin: int) -> bool:
    """Whether a further infinitive or gerund stands there: "to restore the truce and ensure progress"."""
    word = words[first].low
    if word.endswith("ing") and len(word) > 5:
        return True
    return word in lists().infinitives and any(w.low in ("to", "will", "help") for w in words[begin:first])


def _is_item(words: Sequence[_Word], at: int, first: int) -> bool:
    """Whether a further item of a list begins there: "the grain deal and the release of captives"."""
    word, named = words[first].low, words[at - 1].text[:1].isupper()
    if word not in _DETERMINERS | _PREPOSITIONS or (named and word in _POSSESSIVES):
        return False
    if named and _content(_up_to_next(words, first)) < _LEAST + 1:
        return False
    return not _joins_names(words, at) and not _is_subject(words, first)


def _up_to_next(words: Sequence[_Word], first: int) -> Sequence[_Word]:
    """The words up to the next comma or "and"."""
    ends = (at for at in range(first, len(words)) if words[at].low in _JOINING or words[at].text in ",;")
    return words[first : next(ends, len(words))]


def _is_predicate(words: Sequence[_Word], at: int) -> bool:
    """Whether a verb stands there: one that is known, or a past form with an object."""
    word, after = words[at], words[at + 1].low if at + 1 < len(words) else ""
    if is_verb(word.text):
        return True
    return word.low.endswith("ed") and after in _DETERMINERS | _PREPOSITIONS | {"that"}


def _finite(words: Sequence[_Word], first: int, reach: int) -> bool:
    """Whether a finite verb stands in the next words, before a comma."""
    for at in range(first, min(first + reach, len(words))):
        if words[at].text in (",", ";"):
            return False
        if words[at].low in _MODALS or words[at].low.endswith("ed") or is_verb(words[at].text):
            return True
    return False


def _is_subject(words: Sequence[_Word], first: int) -> bool:
    """Whether what follows is the second half of a subject: "the US and its allies will respond"."""
    for at in range(first, min(first + 7, len(words))):
        if words[at].text in (",", ";") or words[at].low in _JOINING - {"and"} | {"that", "which"}:
            return False
        if words[at].low in _MODALS:
            return True
    return False


def _joins_names(words: Sequence[_Word], at: int) -> bool:
    """Whether "and" stands between two names: "Russia and the United States"."""
    after = next((w for w in words[at + 1 : at + 3] if w.low not in _DETERMINERS), None)
    return bool(words[at - 1].text[:1].isupper() and after and after.text[:1].isupper())


def _goes_on(words: Sequence[_Word], at: int) -> bool:
    """Whether the sentence goes on after a relative clause with the verb of what it is about."""
    for later in range(at + 1, len(words) - 1):
        if words[later].text == ",":
            return _is_predicate(words, later + 1)
    return False


def _is_listed(words: Sequence[_Word], at: int) -> bool:
    """Whether a list goes on: the same kind of word after "and", or "as well as", and no verb between."""
    kind = _DETERMINERS if words[at].low in _DETERMINERS else {words[at].low}
    for later in range(at + 1, len(words) - 1):
        if _phrase(words, later, _ITEMS):
            return True
        if words[later].low == "and" and words[later + 1].low in kind:
            return True
        if words[later].low in _MODALS or words[later].text == ";":
            return False
    return False


def _phrase(words: Sequence[_Word], at: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    first = words[at].low
    return any(
        first == phrase[0] and tuple(word.low for word in words[at : at + len(phrase)]) == phrase
        for phrase in phrases
    )


def _trimmed(text: str, span: Span) -> Span:
    """A stretch without the spaces and stops around it."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:-–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:-–—" or _opens(text, end - 1)):
        end -= 1
    return start, end


def _opens(text: str, at: int) -> bool:
    """Whether a mark at the end of a stretch opens the quotation that comes after it."""
    return text[at] == "“" or (text[at] == '"' and at > 0 and text[at - 1].isspace())
