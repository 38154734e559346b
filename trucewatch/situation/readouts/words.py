"""The words of an account: what each stands for, so that two wordings of one thing can be compared.

"Step up" and "intensify", "Kiev" and "Ukrainian", "the OSCE" and its full name are one term each. Terms that
nearly every account has ("president", "discussed") weigh little.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from trucewatch.annotations.cues import lexicon
from trucewatch.catalog.files import decode
from trucewatch.catalog.words import FOLDER, Name, vocabulary
from trucewatch.model import Noun, Span

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\d+(?:[.,:]\d+)*|(?:de|re|non|co|ex|pro|anti)-[^\W\d_]+|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*",
    re.IGNORECASE,
)
_ENDINGS = (
    "ations", "ation", "ating", "ated", "ates", "ate", "ments", "ment", "ities", "ity", "ingly",
    "ively", "ness", "ings", "ing", "ions", "ion", "ously", "ous", "ives", "ive", "able", "ally",
    "ical", "ials", "ial", "als", "al", "ers", "er", "ors", "or", "ies", "ied", "ed", "es", "ly", "ic",
    "s", "y", "e",
)  # fmt: skip
_INFLECTIONS = ("ing", "ed", "es", "s", "ies", "ied")
_BRITISH = re.compile(r"is(?=e[ds]?$|ing$)")
_LEAST = 4  # letters that a stem keeps, one less before an inflection
_OF_LAND = ("name", "demonym", "capital", "seat")
LIGHT, _NAMED = 0.25, 0.5
STOP = frozenset(
    "a an the this that these those of to in on at for with by from and or but nor as into onto over"
    " under about its it his her he she they them their our we us you your my me i who whom whose which"
    " what all any each every other others more most some such no not will would shall should must may"
    " might can could be is are was were been being am has have had having do does did than then"
    " there here also so if upon among within between during after before until against through"
    " while since because when where how very just only own both however therefore thus yet per"
    " via mr mrs ms jr sr s".split()
)


class Lists(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``readouts.yml``: see there."""

    same: tuple[tuple[str, ...], ...]
    light: frozenset[str]
    verbs: frozenset[str]
    infinitives: frozenset[str]
    strengths: dict[str, tuple[str, ...]]
    topics: dict[str, tuple[str, ...]]


class Term(Noun, frozen=True, kw_only=True):
    """A word or phrase: where it stands, what it stands for, and how much it tells (0 to 1).

    ``country`` is that of a name of a country, its people or its government; ``number`` marks a figure.
    """

    span: Span
    key: str
    weight: float
    country: str | None = None
    number: bool = False


@functools.cache
def lists() -> Lists:
    """The lists of the catalog, read once."""
    return decode(FOLDER / "readouts.yml", Lists)


def terms(text: str) -> list[Term]:
    """What the words of a text stand for, in order; words that tell nothing are left out.

    >>> [term.key for term in terms("Kiev's leader asked to intensify the search.")]
    ['@UA', 'lead', 'ask', '=0', '=13']
    """
    found = [(match.span(), match[0]) for match in _WORD.finditer(text)]
    return [term for term in _read(found) if term.weight]


def lands(text: str) -> Iterator[tuple[Span, str]]:
    """Where a text names a country, its people or its government, and which.

    >>> list(lands("the Kremlin and Kiev"))
    [((4, 11), 'RU'), ((16, 20), 'UA')]
    """
    found = [(match.span(), match[0]) for match in _WORD.finditer(text)]
    at = 0
    while at < len(found):
        name, length = _name(found, at)
        if name and name.country and name.kind in _OF_LAND:
            yield (found[at][0][0], found[at + length - 1][0][1]), name.country
        at += length


def words(text: str, *, start: int = 0) -> Iterator[tuple[Span, str]]:
    """The words of a passage that begins at ``start``, as they stand."""
    for match in _WORD.finditer(text):
        yield (match.start() + start, match.end() + start), match[0]


def _read(found: Sequence[tuple[Span, str]]) -> Iterator[Term]:
    """Names first, then phrases of the list, then single words."""
    at = 0
    while at < len(found):
        name, length = _name(found, at)
        if name:
            yield _of_name((found[at][0][0], found[at + length - 1][0][1]), name)
        else:
            key, length = _listed(found, at)
            span = found[at][0][0], found[at + length - 1][0][1]
            yield _of_word(span, found[at][1].lower(), key)
        at += length


def _name(found: Sequence[tuple[Span, str]], at: int) -> tuple[Name | None, int]:
    """The name of the catalog that begins at a word, and how many words it has."""
    if not found[at][1][:1].isupper():
        return None, 1
    longest = _name_lengths().get(found[at][1], 0)
    for length in range(min(longest, len(found) - at), 0, -1):
        name = vocabulary().names.get(" ".join(word for _, word in found[at : at + length]))
        if name and not (name.ambiguous and length == 1 and name.text.islower()):
            return name, length
    return None, 1


def _of_name(span: Span, name: Name) -> Term:
    of_land = name.kind in _OF_LAND and name.country
    parts = [(span, word) for word in name.text.split()]
    listed, length = _listed(parts, 0)
    listed = listed if length == len(parts) else None
    key = listed or (f"@{name.country}" if of_land else f"@{name.id}")
    weight = _NAMED if of_land and not listed else 1.0
    return Term(span=span, key=key, weight=weight, country=name.country if of_land else None)


def _listed(found: Sequence[tuple[Span, str]], at: int) -> tuple[str | None, int]:
    """The class of the list that a word or phrase belongs to, and how many words it has."""
    first = stem(found[at][1].lower())
    for phrase, key in _phrases().get(first, ()):
        own = found[at : at + len(phrase)]
        if len(own) == len(phrase) and all(
            stem(w.lower()) == part for (_, w), part in zip(own, phrase, strict=True)
        ):
            return key, len(phrase)
    return None, 1


def _of_word(span: Span, word: str, key: str | None) -> Term:
    if key is None and word in STOP:
        return Term(span=span, key=word, weight=0.0)
    if word[:1].isdigit():
        return Term(span=span, key=word, weight=1.0, number=True)
    light = key is None and (word in lists().light or stem(word) in _light() or is_verb(word))
    return Term(span=span, key=key or stem(word), weight=LIGHT if light else 1.0)


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its endings, of which at least four letters stay: "negotiating" is "negoti"."""
    plain = _BRITISH.sub("iz", word.replace("-", ""))
    while ending := next(
        (e for e in _ENDINGS if plain.endswith(e) and len(plain) - len(e) >= _least(e)), None
    ):
        plain = plain.removesuffix(ending)
    return plain


def _least(ending: str) -> int:
    return _LEAST - (ending in _INFLECTIONS)


@functools.cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases of the list by their first word, the longest first, each with its class."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for number, group in enumerate(lists().same):
        for phrase in group:
            stems = tuple(stem(word) for word in phrase.split())
            found.setdefault(stems[0], []).append((stems, f"={number}"))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


@functools.cache
def _name_lengths() -> dict[str, int]:
    """How many words the longest name has that begins with a word."""
    found: dict[str, int] = {}
    for text in vocabulary().names:
        first = text.split()[0]
        found[first] = max(found.get(first, 0), text.count(" ") + 1)
    return found


@functools.cache
def _light() -> frozenset[str]:
    return frozenset(map(stem, lists().light))


# --- verbs, strengths, topics ----------------------------------------------------------------------


@functools.lru_cache(maxsize=8192)
def is_verb(word: str) -> bool:
    """Whether a word is a finite verb by which accounts tell a thing ("stressed", "informs", "is")."""
    low = word.lower()
    return low in lists().verbs or any(form in ("ed", "s") for *_, form in lexicon().get(low, ()))


@functools.lru_cache(maxsize=8192)
def is_telling(word: str) -> bool:
    """Whether a word is a participle by which a further thing is told ("noting", "stressing")."""
    low = word.lower()
    return any(form == "ing" for *_, form in lexicon().get(low, ()))


def strength(text: str) -> tuple[str, Span] | None:
    """How strongly a passage tells its matter, and the words that say so.

    >>> strength("The leaders agreed on a truce")
    ('agreed', (12, 18))
    """
    for name, pattern in _strengths():
        if met := pattern.search(text):
            return name, met.span()
    return None


def topic(text: str) -> str | None:
    """The coarse matter of a passage."""
    return next((name for name, pattern in _topics() if pattern.search(text)), None)


@functools.cache
def _strengths() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _any(phrases, whole=True)) for name, phrases in lists().strengths.items())


@functools.cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _any(stems, whole=False)) for name, stems in lists().topics.items())


def _any(phrases: Sequence[str], *, whole: bool) -> re.Pattern[str]:
    each = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{each})" + (r"\b" if whole else ""), re.IGNORECASE)
