"""Where the words of a search stand in what is shown: looked up in memory by the same rules as the index.

Small tables of FTS5 in memory are filled with texts as they leave the ledger, so that nothing withheld is
met here, and a word is the same word as in the index, in any script.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

import msgspec

from trucewatch.errors import UsageError
from trucewatch.ledger.indexing import GAP, TOKENS, spaced, strings, told
from trucewatch.model import AnyClaim, Noun, Report

Stretch = tuple[str, bool]
"""Some characters, and whether they are among the words looked for."""
LONG = 256_000
"""Characters of a text in which the words are looked for to show what stands around them."""

_PIECE = 4_000  # characters marked at once
_BEFORE, _WINDOW = 90, 260  # characters shown before the first word found, and in all
_LEAST = 2  # letters of a beginning: a single one begins a word of every report
_OPEN, _CLOSE = "\x02", "\x03"
_OURS = {0: " ", ord(GAP): " ", ord(_OPEN): " ", ord(_CLOSE): " "}
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_PART = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


class Sought(NamedTuple):
    """What is looked for, as FTS5 is asked: ``every`` word, and ``either`` of them."""

    every: str
    either: str


class Opened(NamedTuple):
    """A reading as it is shown: the name of its row in the index, its report, text and claims."""

    row: int
    report: Report
    text: str
    claims: tuple[AnyClaim, ...]


class Hit(Noun, frozen=True, kw_only=True):
    """A report in which all words were found: its title and an excerpt in stretches, and the claims of whose
    evidence and values all words are. ``place`` names it among the hits."""

    report: Report
    place: str
    title: tuple[Stretch, ...]
    excerpt: tuple[Stretch, ...]
    claims: tuple[AnyClaim, ...]


def sought(words: str) -> Sought:
    """What somebody types: words, ``"phrases"``, and beginnings of two letters or more (``cease*``).

    All of them are looked for; nothing else has a meaning. UsageError where there is no word among it.

    >>> sought('shell* "heavy fire"').every
    '"shell"* AND "heavy fire"'
    """
    legible = words.encode("utf-8", "replace").decode().translate(_OURS).translate(_QUOTES)
    parts = [_part(met) for met in _PART.finditer(unicodedata.normalize("NFC", legible))]
    found = list(dict.fromkeys(filter(None, parts)))
    if not found:
        raise UsageError(f"There is no word to search for in {words[:80]!r}.")
    return Sought(" AND ".join(found), " OR ".join(found))


def _part(met: re.Match[str]) -> str:
    phrase, star, word = met.groups()
    if phrase is None:
        star = "*" if word.endswith("*") else ""
    text = word.removesuffix("*") if phrase is None else phrase
    letters = sum(map(str.isalnum, text))
    if not letters:
        return ""
    return f'"{spaced(text)}"' + (star if letters >= _LEAST else "")


def matching(opened: Sequence[Opened], wanted: Sought) -> list[Opened]:
    """Those of some readings in which the words are found as they are shown."""
    rows = [
        (one.report.title, one.text, told(one.text, map(msgspec.to_builtins, one.claims))) for one in opened
    ]
    with closing(_table("title, text, told")) as table:
        table.executemany("INSERT INTO met VALUES (?, ?, ?)", (tuple(map(_legible, row)) for row in rows))
        found = table.execute("SELECT rowid FROM met WHERE met MATCH ? ORDER BY rowid", (wanted.every,))
        return [opened[row - 1] for (row,) in found]


def hits(opened: Sequence[Opened], places: Sequence[str], wanted: Sought) -> list[Hit]:
    """Some readings as hits, with the words marked."""
    marked = _marked(_pieces(opened), wanted)
    elsewhere = [at for at in range(len(opened)) if (at, "text") not in marked]
    marked |= _marked(_lines(opened, elsewhere), wanted)
    claims = _claims(opened, wanted)
    return [
        Hit(
            report=one.report,
            place=places[at],
            title=marked.get((at, "title")) or _unmarked(one.report.title),
            excerpt=marked.get((at, "text")) or marked.get((at, "told")) or _unmarked(one.text[:_WINDOW]),
            claims=tuple(claim for n, claim in enumerate(one.claims) if (at, n) in claims),
        )
        for at, one in enumerate(opened)
    ]


def _unmarked(text: str) -> tuple[Stretch, ...]:
    return ((text, False),) if text else ()


def _marked(
    pieces: Iterable[tuple[int, str, str]], wanted: Sought
) -> dict[tuple[int, str], tuple[Stretch, ...]]:
    """For each title, text and line of claims' values: the best stretch with the words marked."""
    best: dict[tuple[int, str], tuple[int, tuple[Stretch, ...]]] = {}
    with closing(_table("at UNINDEXED, what UNINDEXED, body")) as table:
        table.executemany("INSERT INTO met VALUES (?, ?, ?)", pieces)
        query = "SELECT at, what, highlight(met, 2, ?, ?) FROM met WHERE met MATCH ? ORDER BY rowid"
        for at, what, marked in table.execute(query, (_OPEN, _CLOSE, wanted.either)):
            many, found = _window(marked, whole=what == "title")
            if many > best.get((at, what), (0, ()))[0]:
                best[at, what] = (many, found)
    return {key: found for key, (_, found) in best.items()}


def _pieces(opened: Sequence[Opened]) -> Iterator[tuple[int, str, str]]:
    for at, one in enumerate(opened):
        yield at, "title", _legible(one.report.title)
        yield from ((at, "text", _legible(piece)) for piece in _cut(one.text[:LONG]))


def _lines(opened: Sequence[Opened], places: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """What the claims of some readings say in other words than the text."""
    for at in places:
        lines = told(opened[at].text, map(msgspec.to_builtins, opened[at].claims))
        yield from ((at, "told", _legible(line)) for line in lines.split("\n"))


def _cut(text: str) -> Iterator[str]:
    """A text in pieces that end with a word, where a word ends at all."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            end = text.rfind(" ", start + 1, end) + 1 or end
        yield text[start:end]
        start = end


def _claims(opened: Sequence[Opened], wanted: Sought) -> set[tuple[int, int]]:
    """The claims, by the place of their reading and their own, of whose words all are found in each."""
    rows = (
        (at, n, _legible("\n".join([one.text[slice(*claim.evidence)], *strings(msgspec.to_builtins(claim))])))
        for at, one in enumerate(opened)
        for n, claim in enumerate(one.claims)
    )
    with closing(_table("at UNINDEXED, claim UNINDEXED, body")) as table:
        table.executemany("INSERT INTO met VALUES (?, ?, ?)", rows)
        return set(table.execute("SELECT at, claim FROM met WHERE met MATCH ?", (wanted.every,)))


def _table(columns: str) -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.execute(f"CREATE VIRTUAL TABLE met USING fts5({columns}, tokenize='{TOKENS}')")
    made.execute("BEGIN")
    return made


def _legible(text: str) -> str:
    """A text as the index has it, without the characters that have a meaning here."""
    return spaced(text.translate(_OURS))


def _window(marked: str, *, whole: bool) -> tuple[int, tuple[Stretch, ...]]:
    """Of a text with its words marked, the stretch with the most different ones, and how many they are."""
    text, marks = _parsed(marked.replace(GAP, ""))
    ends = {at: _different(text, marks, at) for at in range(len(marks))}
    at = max(ends, key=lambda one: (len(ends[one]), -one))
    if whole:
        return len(ends[at]), tuple(_stretches(text, marks, 0, len(text)))
    first = max(0, marks[at][0] - _BEFORE)
    start = text.find(" ", first, marks[at][0]) + 1 if first else 0
    end = max(marks[at][1], text.rfind(" ", 0, start + _WINDOW))
    end = len(text) if len(text) <= start + _WINDOW else end
    return len(ends[at]), tuple(_stretches(text, marks, start or first, end))


def _different(text: str, marks: Sequence[tuple[int, int]], at: int) -> set[str]:
    near = (mark for mark in marks[at : at + 20] if mark[1] <= marks[at][0] + _WINDOW - _BEFORE)
    return {text[start:end].lower() for start, end in near} or {""}


def _parsed(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its marks, and where they were."""
    marks = [(met.start() - 2 * n, met.end() - 2 * n - 2) for n, met in enumerate(_MARK.finditer(marked))]
    return _MARK.sub(r"\1", marked), marks


def _stretches(text: str, marks: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[Stretch]:
    for a, b in marks:
        if start <= a and b <= end:
            if start < a:
                yield text[start:a], False
            yield text[a:b], True
            start = b
    if start < end:
        yield text[start:end], False
