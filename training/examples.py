"""Training examples: windows of documents with their labels, and batches of them as tensors."""

from __future__ import annotations

import json
import random
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from trucewatch.annotations import chunks
from trucewatch.annotations.chunks import Ints, Window, Words
from trucewatch.annotations.labels import CLASSES, KINDS, MARKS, ROLES, SEQUENCES
from trucewatch.annotations.pieces import Pieces

O, B, I = 0, 1, 2  # noqa: E741
QUOTES = frozenset("\"“”«»‘’'„`")
Pair = tuple[int, int]
LOST, UNTAUGHT = 5, -100  # the shape of a word without letters; what a cross entropy passes over


@dataclass(frozen=True)
class Told:
    """Annotated evidence: its words, small classes, and the words that fill each role."""

    kind: str
    at: Pair
    classes: dict[str, str]
    roles: dict[str, list[Pair]]


@dataclass
class Example:
    """A document in words, with its labels as word indices (last word included)."""

    name: str
    part: str
    words: Words
    texts: list[str]
    attributions: list[tuple[Pair, Pair | None, Pair | None]] = field(default_factory=list)
    evidence: list[Told] = field(default_factory=list)
    marks: list[tuple[str, Pair, str | None]] = field(default_factory=list)
    cases: Ints | None = None  # how the words were written, where their capitals are taken away


@dataclass
class Piece:
    """A window of an example."""

    example: Example
    window: Window

    @property
    def size(self) -> int:
        """Its word pieces."""
        return int(self.example.words.sizes[self.window.start : self.window.end].sum())


def load(path: Path, pieces: Pieces) -> list[Example]:
    """The documents of documents.jsonl as examples."""
    found = []
    for line in path.read_text(encoding="utf8").splitlines():
        found.append(example(json.loads(line), pieces))
    return found


def example(document: dict[str, Any], pieces: Pieces) -> Example:
    """One document in words and labels."""
    text = document["text"]
    words = chunks.split(pieces, text)
    starts, ends = [s[0] for s in words.spans], [s[1] for s in words.spans]

    def on(span: list[int] | None) -> Pair | None:
        if not span:
            return None
        a, b = bisect_right(ends, span[0]), bisect_left(starts, span[1]) - 1
        return (a, b) if a <= b else None

    out = Example(document["id"], document["set"], words, [text[a:b] for a, b in words.spans])
    for a in document.get("attributions", ()):
        if cue := on(a["cue"]):
            out.attributions.append((cue, on(a["source"]), on(a["content"])))
    for e in document.get("evidence", ()):
        if span := on(e["span"]):
            roles = {r: [p for p in map(on, spans) if p] for r, spans in e["roles"].items()}
            out.evidence.append(Told(e["kind"], span, e["classes"], roles))
    for sequence, start, end, kind in document.get("marks", ()):
        if span := on([start, end]):
            out.marks.append((sequence, span, kind))
    return out


def cut(example: Example, rng: random.Random, *, size: int = chunks.WINDOW) -> list[Piece]:
    """Windows that do not overlap, from a random offset, ending where a sentence ends if one is near."""
    sizes = example.words.sizes
    ends = np.cumsum(sizes)
    found: list[Piece] = []
    start, room = 0, size
    if len(ends) and ends[-1] > size:
        room = rng.randint(size // 3, size)
    while start < len(sizes):
        base = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, base + room, side="right")))
        if end < len(sizes):
            end = _back(example, start, end)
        found.append(Piece(example, Window(start, end, (start, end))))
        start, room = end, size
    return found


def _back(example: Example, start: int, end: int) -> int:
    for limit in (lambda n: example.words.gaps[n] == 2, lambda n: example.texts[n - 1] in ".?!"):
        for n in range(end, max(start + 1, end - (end - start) // 3), -1):
            if n < len(example.texts) and limit(n):
                return n
    return end


def disturb(piece: Piece, rng: random.Random) -> Piece:
    """Now and then the window in capitals, in small letters, on one line, or without quotation marks."""
    draw = rng.random()
    words = piece.example.words
    if draw < 0.12:
        written, lost = words.shapes, 3 if draw < 0.06 else 0
        words = replace(words, shapes=np.where(written == LOST, LOST, lost))
        return Piece(replace(piece.example, words=words, cases=written), piece.window)
    if draw < 0.15:
        words = replace(words, gaps=np.minimum(words.gaps, 1))
        return Piece(replace(piece.example, words=words), piece.window)
    return _unquoted(piece) if draw < 0.18 else piece


def _unquoted(piece: Piece) -> Piece:
    """The window without its quotation marks: labels move along."""
    old, window = piece.example, piece.window
    keep = [n for n in range(window.start, window.end) if old.texts[n] not in QUOTES]
    new = {n: i for i, n in enumerate(keep)}

    def moved(pair: Pair | None) -> Pair | None:
        inside = [new[n] for n in range(pair[0], pair[1] + 1) if n in new] if pair else []
        whole = pair is not None and window.start <= pair[0] and pair[1] < window.end
        return (inside[0], inside[-1]) if inside and whole else None

    sizes = old.words.sizes[keep] if keep else np.zeros(0, dtype=np.int64)
    pieces = [old.words.pieces[old.words.first[n] : old.words.first[n] + old.words.sizes[n]] for n in keep]
    words = Words(
        spans=[old.words.spans[n] for n in keep],
        shapes=old.words.shapes[keep],
        gaps=old.words.gaps[keep],
        pieces=np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64),
        first=np.cumsum(sizes) - sizes,
    )
    made = Example(old.name, old.part, words, [old.texts[n] for n in keep])
    for cue, source, content in old.attributions:
        at = moved(cue)
        if at and (not source or moved(source)) and (not content or moved(content)):
            made.attributions.append((at, moved(source), moved(content)))
    for told in old.evidence:
        if at := moved(told.at):
            roles = {r: [p for p in map(moved, pairs) if p] for r, pairs in told.roles.items()}
            made.evidence.append(Told(told.kind, at, told.classes, roles))
    made.marks = [(name, at, kind) for name, span, kind in old.marks if (at := moved(span))]
    return Piece(made, Window(0, len(keep), (0, len(keep)))) if keep else piece


def tags(pairs: list[Pair], window: Window) -> Ints:
    """Tags of spans in a window: the longest first, those that overlap one already there left out."""
    out = np.zeros(window.end - window.start, dtype=np.int64)
    for a, b in sorted(set(pairs), key=lambda p: (p[0] - p[1], p)):
        low, high = max(a, window.start) - window.start, min(b + 1, window.end) - window.start
        if low < high and not out[low:high].any():
            out[low:high] = I
            out[low] = B
    return out


@dataclass
class Batch:
    """Tensors of some windows, and the lists of what to choose in them."""

    arrays: dict[str, torch.Tensor]
    mask: torch.Tensor
    tags: torch.Tensor
    helpers: torch.Tensor
    taught: torch.Tensor  # rows x sequences: which sequences the row teaches
    cues: list[tuple[int, int, int]]
    spans: torch.Tensor  # cues x 2 roles x 2; -1 absent, -2 not taught
    votes: list[tuple[int, int, int, str, int]]
    cases: torch.Tensor
    asked: list[tuple[int, int, int, int]]  # row, first word, one past the last, role
    filled: torch.Tensor  # questions x words


def collate(pieces: list[Piece], special: tuple[int, int, int]) -> Batch:
    """Windows of several documents as one batch."""
    rows = [chunks.batch(p.example.words, [p.window], special) for p in pieces]
    arrays = {}
    for name, fill in (("ids", special[2]), ("shapes", 5), ("gaps", 0), ("mask", 0), ("first", 0)):
        wide = max(r[name].shape[1] for r in rows)
        arrays[name] = torch.from_numpy(
            np.stack([np.pad(r[name][0], (0, wide - r[name].shape[1]), constant_values=fill) for r in rows])
        )
    count, wide = arrays["first"].shape
    batch = Batch(
        arrays,
        torch.zeros(count, wide),
        torch.zeros(count, wide, len(SEQUENCES), dtype=torch.long),
        torch.full((count, wide, 2), UNTAUGHT, dtype=torch.long),
        torch.zeros(count, len(SEQUENCES)),
        [],
        torch.zeros(0, 2, 2, dtype=torch.long),
        [],
        torch.full((count, wide), UNTAUGHT, dtype=torch.long),
        [],
        torch.zeros(0, wide),
    )
    filled: list[Ints] = []
    spans: list[list[list[int]]] = []
    for row, piece in enumerate(pieces):
        batch.mask[row, : piece.window.end - piece.window.start] = 1
        if piece.example.part == "polnear":
            _attribution(batch, row, piece, spans)
        else:
            _marks(batch, row, piece)
        if piece.example.part == "gold":
            _evidence(batch, row, piece)
            filled += _roles(batch, row, piece, wide)
        _cases(batch, row, piece)
    if spans:
        batch.spans = torch.tensor(spans)
    if filled:
        batch.filled = torch.from_numpy(np.stack(filled)).float()
    return batch


def _attribution(batch: Batch, row: int, piece: Piece, spans: list[list[list[int]]]) -> None:
    window, found = piece.window, piece.example.attributions
    n = window.end - window.start
    batch.taught[row, 0] = 1
    batch.tags[row, :n, 0] = torch.from_numpy(tags([a[0] for a in found], window))
    batch.helpers[row, :n, 0] = torch.from_numpy(tags([a[1] for a in found if a[1]], window))
    batch.helpers[row, :n, 1] = torch.from_numpy(tags([a[2] for a in found if a[2]], window))
    for cue, source, content in found:
        if window.start <= cue[0] and cue[1] < window.end:
            batch.cues.append((row, cue[0] - window.start, cue[1] + 1 - window.start))
            spans.append([_target(source, window, absent=-1), _target(content, window, absent=-2)])


def _target(pair: Pair | None, window: Window, *, absent: int) -> list[int]:
    if pair is None:
        return [absent, absent]
    if window.start <= pair[0] and pair[1] < window.end:
        return [pair[0] - window.start, pair[1] - window.start]
    return [-2, -2]


def _evidence(batch: Batch, row: int, piece: Piece) -> None:
    window = piece.window
    n = window.end - window.start
    for head, kind in enumerate(KINDS, 1):
        batch.taught[row, head] = 1
        pairs = [e.at for e in piece.example.evidence if e.kind == kind]
        batch.tags[row, :n, head] = torch.from_numpy(tags(pairs, window))
    for told in piece.example.evidence:
        for name, value in told.classes.items():
            _vote(batch, (row, window), told.at, name, value)


def _vote(batch: Batch, where: tuple[int, Window], at: Pair, name: str, value: str) -> None:
    row, window = where
    if window.start <= at[0] and at[1] < window.end:
        index = CLASSES[name].index(value)
        batch.votes.append((row, at[0] - window.start, at[1] + 1 - window.start, name, index))


def _marks(batch: Batch, row: int, piece: Piece) -> None:
    """Mentions of actors and places, and in reports of dates and quantities."""
    window, found = piece.window, piece.example.marks
    n = window.end - window.start
    for name in MARKS if piece.example.part == "gold" else MARKS[:2]:
        head = SEQUENCES.index(name)
        batch.taught[row, head] = 1
        batch.tags[row, :n, head] = torch.from_numpy(tags([m[1] for m in found if m[0] == name], window))
    for _, at, kind in found:
        if kind:
            _vote(batch, (row, window), at, "actor.type", kind)


def _roles(batch: Batch, row: int, piece: Piece, wide: int) -> list[Ints]:
    """The questions that evidence within the window asks, and the words that answer each."""
    window, filled = piece.window, []
    for told in piece.example.evidence:
        if not (window.start <= told.at[0] and told.at[1] < window.end):
            continue
        for role, pairs in told.roles.items():
            answer = np.zeros(wide, dtype=np.int64)
            for a, b in pairs:
                answer[max(a - window.start, 0) : max(b + 1 - window.start, 0)] = 1
            at = (told.at[0] - window.start, told.at[1] + 1 - window.start)
            batch.asked.append((row, *at, ROLES.index(f"{told.kind}.{role}")))
            filled.append(answer)
    return filled


def _cases(batch: Batch, row: int, piece: Piece) -> None:
    written = piece.example.cases
    if written is not None:
        part = written[piece.window.start : piece.window.end]
        batch.cases[row, : len(part)] = torch.from_numpy(np.where(part == LOST, UNTAUGHT, part))
