"""Names of people, compared: spellings of one name, names told in part, offices before a name.

The same person is "Volodymyr Zelenskyy", "President Zelensky of Ukraine" and "Vladimir Zelenskiy". Letters
are folded to what different transliterations of one name have in common; the rest is compared as it stands.
No list of people is used.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from trucewatch import catalog

_WORD = re.compile(r"\[withheld \d+\]|[^\W\d_]+(?:[’'`´][^\W\d_]+)*")  # who is withheld stays told apart
_FOLDED = (
    ("shch", "sh"), ("tch", "ch"), ("sch", "sh"), ("zh", "j"), ("kh", "h"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("cz", "ch"), ("x", "ks"), ("w", "v"), ("q", "k"), ("y", "i"),
)  # fmt: skip
_INNER = (("j", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "e"), ("ia", "a"), ("iu", "u"))
_HARD_C = re.compile(r"c(?![h])")
_DOUBLE = re.compile(r"(.)\1+")
# Parts of names that are written or left out, joined or apart.
PARTICLES = frozenset(
    "al el ul bin bint ibn ben abu de da do dos das del della di du des la le van von der den y e".split()
)
_TITLES = frozenset(
    "mr mrs ms dr prof sir dame lady lord his her your majesty highness excellency holiness honourable"
    " honorable eminence royal the gen lt col maj adm sen rep gov jr sr ii iii iv st first gentleman".split()
)
_SMALL = frozenset({"of", "the", "and", "for", "to", "in"})
_CLOSE = 0.84  # how alike two surnames of six and more letters must be, as difflib has it
_GIVEN = 0.8  # how alike two given names with the same first letter must be, beside one surname
_SHORT = 4  # letters of a short form ("Joe", "Jake"), which shares the first two with the full name


@functools.lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in small letters, without accents, transliterations made alike.

    >>> fold("Zelenskyy") == fold("Zelensky") == fold("Zelenskiy"), fold("Vučić")
    (True, 'vukik')
    """
    if word.startswith("["):
        return word
    plain = unicodedata.normalize(
        "NFKD", word.casefold().replace("ł", "l").replace("ı", "i").replace("ø", "o")
    )
    text = "".join(letter for letter in plain if letter.isalpha())
    for written, folded in _FOLDED:
        text = text.replace(written, folded)
    head, tail = text[:1], text[1:]
    for written, folded in _INNER:
        tail = tail.replace(written, folded)
    return _DOUBLE.sub(r"\1", _HARD_C.sub("k", head + tail))


@functools.lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The folded words of somebody's own name: without offices, countries, titles, initials, particles.

    >>> words("President Joseph R. Odi, Jr."), words("Prime Minister")
    (('ioseph', 'odi'), ())
    """
    own = _WORD.findall(name)
    own = own[_lead(own) :]
    kept = [fold(word) for word in own if len(word) > 1 and word.lower() not in PARTICLES | _TITLES]
    return tuple(word for word in kept if word)


@functools.lru_cache(maxsize=65536)
def bare(name: str) -> str:
    """A name without what leads up to it: "Ann Odi" of "US President Ann Odi"; all where nothing is left."""
    found = list(_WORD.finditer(name))
    lead = _lead([match.group() for match in found])
    return name[found[lead].start() :].strip() if lead < len(found) else name


def surname(name: str) -> str:
    """The last word of a name as it is written, suffixes left out.

    >>> surname("Joseph R. Odi Jr."), surname("")
    ('Odi', '')
    """
    own = [word for word in _WORD.findall(name) if word.lower() not in _TITLES]
    return own[-1] if own else ""


@functools.lru_cache(maxsize=65536)
def office(name: str) -> str | None:
    """The office that a name is or begins with, in the singular: "president" of "the US President"."""
    known = catalog.vocabulary().offices
    own = _WORD.findall(name)
    lead = _lead(own) or 0
    found = [known[text] for text in _runs([word.lower() for word in own[:lead]]) if text in known]
    return found[0].lemma if found else None


def _runs(own: Sequence[str]) -> list[str]:
    """Runs of words, the longest first at each place."""
    return [" ".join(own[at : at + length]) for at in range(len(own)) for length in (3, 2, 1)]


def _lead(own: Sequence[str]) -> int:
    """How many words stand before somebody's own name: offices with their fields, countries, titles."""
    at = 0
    while at < len(own) and (length := _leading(own, at)):
        at += length
    return at


def _leading(own: Sequence[str], at: int) -> int:
    known = catalog.vocabulary()
    for length in (4, 3, 2, 1):
        text = " ".join(own[at : at + length])
        low = text.lower()
        if low in known.offices or low in known.portfolios or low in known.modifiers:
            return length
        if text in known.names and not known.names[text].ambiguous:
            return length
    return 1 if own[at].lower() in _SMALL | _TITLES else 0


@functools.lru_cache(maxsize=262144)
def is_one(one: str, other: str) -> bool:
    """Whether two full names are of one person: the same given name and surname in any spelling and order.

    >>> is_one("Joe Odi", "Joseph R. Odi"), is_one("Ann Odi", "Odi Ann"), is_one("Jill Odi", "Joe Odi")
    (True, True, False)
    """
    left, right = sorted((words(one), words(other)), key=len)
    if len(left) < 2:
        return False
    if left[-1] == right[-1] and _is_given(left[0], right[0]):
        return len(left) == 2 or all(any(is_word(a, b) for b in right) for a in left[1:])
    if is_word(left[0], right[0]) and all(any(is_word(a, b) for b in right) for a in left):
        return True
    if len(left) == len(right) and sorted(left) == sorted(right):
        return True
    return right[-len(left) :] == left and not _hangs_on_particle(one if words(one) == right else other, left)


def is_word(one: str, other: str) -> bool:
    """Whether two folded words are one: equal, or long and nearly so with the same first letter."""
    if one == other or one.startswith("["):
        return one == other
    near = one[:1] == other[:1] and min(len(one), len(other)) > 5
    return near and SequenceMatcher(None, one, other).ratio() >= _CLOSE


def _is_given(one: str, other: str) -> bool:
    """Whether two given names may be one: "Joe" and "Joseph" may, "Maria" and "Mario" may not."""
    if one[:1] != other[:1] or one.endswith("a") != other.endswith("a"):
        return one == other
    short, full = sorted((one, other), key=len)
    if len(short) <= _SHORT < len(full) and short[:2] == full[:2]:
        return True
    return SequenceMatcher(None, one, other).ratio() >= _GIVEN


def _hangs_on_particle(longer: str, tail: Sequence[str]) -> bool:
    """Whether the tail of a name is what a particle hangs on: "Khalid bin Salman" is no Salman."""
    own = _WORD.findall(longer)
    seen = 0
    for at in range(len(own) - 1, -1, -1):
        seen += fold(own[at]) in words(longer) and own[at].lower() not in PARTICLES
        if seen == len(tail):
            return at > 0 and own[at - 1].lower() in PARTICLES
    return False
