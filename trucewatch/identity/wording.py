"""A text as words that can be compared: without typography, damage and spelling, its figures apart.

Two printings of one story differ in quotation marks, broken lines, entities, letters that only look
Latin and in "Kyiv" against "Kiev". A word is therefore told by its first letter and its consonants.
Numbers, weekdays and months are kept apart from the words around them: they are what differs between
Monday's and Tuesday's issue of one bulletin.
"""

from __future__ import annotations

import html
import re
import unicodedata
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.annotations.chunks import fold
from trucewatch.annotations.numbers import ONES, TENS

Words = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]
NUMBER, DAY = 1, 2  # stand for all numbers, and for all weekdays and months

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_MARKS = re.compile(
    "[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)  # accents, and what has no width
_WITHIN = re.compile(r"(?<=\w)['\u2019](?=\w)")  # an apostrophe
_SEPARATOR = re.compile(r",(?=\d{3}(?!\d))")  # of thousands
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")
# UTF-8 that was read as Windows-1252: "\u00e2\u20ac\u2122" was an apostrophe.
_MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]{1,3}")
_NUMBERS = {word: str(value) for word, value in {**ONES, **TENS}.items() if word != "one"}  # a pronoun too
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Wording:
    """The words of a text in order.

    ``words`` are hashes of the words, with one and the same hash for all numbers and another for all
    days; ``figures`` say which of them are numbers or days, and ``values`` which number or day it is.
    """

    words: Words
    values: Words
    figures: npt.NDArray[np.bool_]

    @property
    def plain(self) -> int:
        """How many of the words are neither numbers nor days."""
        return int((~self.figures).sum())

    def __len__(self) -> int:
        return len(self.words)


class Vocabulary:
    """The words met so far, each looked at once: texts of one kind share most of their words."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, int, bool]] = {}

    def wording(self, text: str) -> Wording:
        """The wording of a text."""
        known = self._known
        found = []
        for token in tokens(text):
            if token not in known:
                known[token] = _read(token)
            found.append(known[token])
        columns = np.array(found, np.uint32).reshape(-1, 3).T.copy()
        return Wording(words=columns[0], values=columns[1], figures=columns[2].astype(bool))


def tokens(text: str) -> list[str]:
    """The words and figures of a text in small letters, with damage mended.

    >>> tokens("It\u00e2\u20ac\u2122s 1,566 &ndash; in Ky\u00eb\u00advs\u2019ka.")
    ['its', '1,566', 'in', 'kyevska']
    """
    plain = _MISREAD.sub(_reread, html.unescape(text) if "&" in text else text)
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", fold(plain)))
    return _TOKEN.findall(_WITHIN.sub("", plain.casefold()))


def runs(wording: Wording, *, length: int, figures: bool = False) -> Hashes:
    """A hash for every run of so many words, by the place where it begins.

    With ``figures``, runs with other numbers or days in them are other runs.
    """
    of = np.where(wording.figures, wording.values, wording.words) if figures else wording.words
    count = max(0, len(of) - length + 1)
    found = np.zeros(count, np.uint64)
    for step in range(length):
        found = _mixed(found + of[step : step + count])
    return found


def _mixed(numbers: Hashes) -> Hashes:
    mixed = numbers ^ (numbers >> np.uint64(32))
    mixed = (mixed + np.uint64(1)) * _MIX
    return mixed ^ (mixed >> np.uint64(29))


def _read(token: str) -> tuple[int, int, bool]:
    """The hash of a word, that of its value, and whether it is a figure: a number or a day."""
    if token[0].isdigit() or token in _NUMBERS:
        return NUMBER, _hash(_SEPARATOR.sub("", _NUMBERS.get(token, token))), True
    if token in _DAYS:
        return DAY, _hash(token[:3]), True
    return _hash(_sound(token)), 0, False


def _sound(word: str) -> str:
    """A word by its first letter and its consonants: "organise" and "organize", "Kyiv" and "Kiev"."""
    return _DOUBLED.sub(r"\1", word[0] + _VOWEL.sub("", word[1:]).replace("z", "s"))


def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def _reread(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode()
    except UnicodeError:
        return match[0]
