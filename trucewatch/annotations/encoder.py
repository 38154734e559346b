"""The trained encoder: attributions, evidence and a sight of the words from one pass over the text.

The network is an ONNX file that ships in the package, read with ONNX Runtime on the processor; nothing
is fetched. It is loaded at the first use. The last readings are kept, so that annotations and claims
ask about one reading: :func:`annotate` adds attributions and evidence, :func:`sight` answers
questions about any stretch of the text.
"""

from __future__ import annotations

import functools
import math
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime

from trucewatch.annotations import chunks, decoding, quoting
from trucewatch.annotations.chunks import Window, Words
from trucewatch.annotations.decoding import Floats
from trucewatch.annotations.labels import ABSENT, CLASSES, KINDS, SLICES
from trucewatch.annotations.pieces import CLS, PAD, SEP, Pieces
from trucewatch.annotations.sight import Links, Sight
from trucewatch.model import Annotations, Attribution, Document, Evidence, Span

ANNOTATOR = "encoder"
WEIGHTS = Path(__file__).parent / "weights"
LEAST = 1e-6
KEPT = 2  # readings that are remembered: of a damaged text and of the same text restored
Chances = tuple[float, float, float]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What goes with the network: its chain, and what was tuned on held-out text.

    ``lean`` is added to the outside score of each sequence (below 0 finds more). ``trust`` are the
    weights by which the log odds of cue, content and source make an attribution's score: bias first.
    """

    transitions: list[list[list[float]]]
    distance: list[list[float]]
    lean: list[float]
    trust: tuple[float, float, float, float] = (0.0, 1.0, 0.5, 0.5)


@dataclass(frozen=True)
class Reading:
    """What the encoder saw in a text: ``chances`` are those of each attribution's cue, content and source."""

    attributions: tuple[Attribution, ...]
    evidence: tuple[Evidence, ...]
    sight: Sight
    chances: tuple[Chances, ...] = ()


@dataclass(frozen=True)
class _Heads:
    """The network's output for one window, by word."""

    tags: Floats
    queries: Floats
    keys: Floats
    unary: Floats
    votes: Floats
    asks: Floats
    answers: Floats
    cases: Floats


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the attributions and the evidence that the encoder sees."""
    reading = shipped().read(document.text)
    return msgspec.structs.replace(
        annotations,
        attributions=reading.attributions,
        evidence=reading.evidence,
    )


def begin(document: Document) -> None:
    """Begin to read a document on the other core, while the rules read it on this one."""
    shipped().begin(document.text)


def sight(document: Document) -> Sight:
    """What the encoder saw of a document, word by word."""
    return shipped().read(document.text).sight


@functools.cache
def shipped() -> Encoder:
    """The encoder that ships in the package."""
    return Encoder(WEIGHTS)


class Encoder:
    """A trained network with its vocabulary and settings, from one folder."""

    def __init__(self, folder: Path, *, network: str = "encoder.onnx") -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(2, os.cpu_count() or 1)
        self.session = onnxruntime.InferenceSession(
            str(folder / network), options, providers=["CPUExecutionProvider"]
        )
        self.pieces = Pieces(folder / "vocabulary.txt")
        numbers = self.pieces.numbers
        self.special = (numbers[CLS], numbers[SEP], numbers[PAD])
        self.links = Links.load(folder / "links.npz")
        self.settings = msgspec.json.decode((folder / "settings.json").read_bytes(), type=Settings)
        self.transitions = np.array(self.settings.transitions, dtype=np.float32)
        self.distance = np.array(self.settings.distance, dtype=np.float32)
        self.lean = np.array(self.settings.lean, dtype=np.float32)
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._readings: dict[str, Future[Reading]] = {}

    def begin(self, text: str) -> Future[Reading]:
        """Read a text beside whatever is done meanwhile; the last readings are remembered."""
        if text not in self._readings:
            while len(self._readings) >= KEPT:
                del self._readings[next(iter(self._readings))]
            self._readings[text] = self._reader.submit(self.look, text)
        return self._readings[text]

    def read(self, text: str) -> Reading:
        """Everything the encoder sees in a text, which may have been begun already."""
        return self.begin(text).result()

    def look(self, text: str) -> Reading:
        """Read a text here and now, anew."""
        words = chunks.split(self.pieces, text)
        attributions: list[tuple[Attribution, Chances]] = []
        evidence: list[Evidence] = []
        parts: list[tuple[Floats, ...]] = []
        for window in chunks.windows(words.sizes):
            heads = self.scores(words, window)
            view = _View(words, window, self.settings, text)
            tags = heads.tags.reshape(len(heads.tags), -1, 3)
            tags[..., 0] += self.lean
            best = decoding.best_tags(tags[:, : 1 + len(KINDS)], self.transitions[: 1 + len(KINDS)])
            inside = decoding.inside_chances(tags, self.transitions)
            found = [[s for s in decoding.spans(column) if view.is_ours(s)] for column in best.T]
            attributions += self._attributions(view, found[0], heads, inside[:, 0])
            for head, kind in enumerate(KINDS, 1):
                evidence += (view.evidence(kind, s, inside[:, head], heads.votes) for s in found[head])
            ours = slice(window.keep[0] - window.start, window.keep[1] - window.start)
            parts.append(
                (inside[ours], heads.votes[ours], heads.asks[ours], heads.answers[ours], heads.cases[ours])
            )
        attributions.sort(key=lambda a: a[0].span)
        return Reading(
            tuple(a for a, _ in attributions),
            tuple(sorted(evidence, key=lambda e: e.span)),
            self._sight(words, parts),
            tuple(c for _, c in attributions),
        )

    def _sight(self, words: Words, parts: list[tuple[Floats, ...]]) -> Sight:
        if not parts:
            nothing = np.zeros((0, 0), dtype=np.float32)
            return Sight([], nothing, nothing, nothing, nothing, nothing, self.links)
        inside, votes, asks, answers, cases = (np.concatenate(p) for p in zip(*parts, strict=True))
        return Sight(
            words.spans, inside, votes, asks.astype(np.float16), answers, cases.argmax(1), self.links
        )

    def scores(self, words: Words, window: Window) -> _Heads:
        """The network's output for one window."""
        arrays = chunks.batch(words, [window], self.special)
        return _Heads(*(o[0] for o in self.session.run(None, arrays)))

    def _attributions(
        self, view: _View, cues: list[Span], heads: _Heads, chances: Floats
    ) -> Iterator[tuple[Attribution, Chances]]:
        if not cues:
            return
        unary = heads.unary
        scores = decoding.span_scores(heads.queries, heads.keys, unary[:, :-1], self.distance, cues)
        for cue, score in zip(cues, scores, strict=True):
            none = float(unary[cue[0] : cue[1], -1].mean())
            source, sure_source = decoding.best_span(score[0], score[1], score[2], none)
            content, sure_content = decoding.best_span(score[3], score[4], score[5])
            content = view.fit(content, cue, source) if content else None
            sure = (float(chances[cue[0] : cue[1]].mean()), sure_content, sure_source)
            yield view.attribution(cue, source, content, sure), sure


@dataclass(frozen=True)
class _View:
    """One window of a text: turns its words into spans of the text."""

    words: Words
    window: Window
    settings: Settings
    text: str

    def fit(self, content: Span, cue: Span, source: Span | None) -> Span:
        """A content with whole quotations."""
        texts, gaps, quotes = self._quoted
        return quoting.fit(content, cue, source, words=texts, gaps=gaps, quotes=quotes)

    @functools.cached_property
    def _quoted(self) -> tuple[list[str], list[int], list[Span]]:
        part = slice(self.window.start, self.window.end)
        texts = [self.text[a:b] for a, b in self.words.spans[part]]
        gaps = self.words.gaps[part].tolist()
        return texts, gaps, quoting.quotations(texts, gaps)

    def is_ours(self, span: Span) -> bool:
        """Whether a span's middle is in the part that this window answers for."""
        middle = self.window.start + (span[0] + span[1] - 1) // 2
        return self.window.keep[0] <= middle < self.window.keep[1]

    def on(self, span: Span) -> Span:
        """A span of words as a span of the text."""
        at = self.window.start
        return self.words.spans[at + span[0]][0], self.words.spans[at + span[1] - 1][1]

    def attribution(self, cue: Span, source: Span | None, content: Span | None, sure: Chances) -> Attribution:
        """An attribution; ``sure`` are the probabilities of cue, content and source."""
        within = [s for s in (cue, source) if s]
        parts = _around(content, within) if content else []
        hulls = [self.on(s) for s in (*within, *([content] if content else []))]
        return Attribution(
            span=(min(h[0] for h in hulls), max(h[1] for h in hulls)),
            annotator=ANNOTATOR,
            score=_logistic(self.settings.trust, sure),
            cue=self.on(cue),
            source=self.on(source) if source else None,
            content=tuple(self.on(p) for p in parts),
        )

    def evidence(self, kind: str, span: Span, chances: Floats, votes: Floats) -> Evidence:
        """Evidence of a kind, with the most probable value of each small class."""
        return Evidence(
            span=self.on(span),
            annotator=ANNOTATOR,
            score=round(float(chances[span[0] : span[1]].mean()), 4),
            kind=kind,  # type: ignore[arg-type]
            classes=dict(_classes(kind, votes[span[0] : span[1]].mean(0))),
        )


def _classes(kind: str, votes: Floats) -> Iterator[tuple[str, tuple[str, float]]]:
    for name, values in CLASSES.items():
        of, field = name.split(".")
        if of == kind:
            mine = votes[SLICES[name]]
            part = np.exp(mine - mine.max())
            best = int(part.argmax())
            if values[best] != ABSENT:
                yield field, (values[best], round(float(part[best] / part.sum()), 4))


def _around(content: Span, within: list[Span]) -> list[Span]:
    """The parts of a content that leave out a cue and source standing in its middle."""
    inside = [s for s in within if content[0] < s[0] and s[1] < content[1]]
    if not inside or any(s[0] <= content[0] < s[1] or s[0] < content[1] <= s[1] for s in within):
        return [content]
    return [(content[0], min(s[0] for s in inside)), (max(s[1] for s in inside), content[1])]


def _logistic(weights: tuple[float, ...], chances: tuple[float, ...]) -> float:
    """A probability from probabilities: the bias and one weight for the log odds of each."""
    total = weights[0]
    for weight, chance in zip(weights[1:], chances, strict=True):
        kept = min(1 - LEAST, max(LEAST, chance))
        total += weight * math.log(kept / (1 - kept))
    return round(1 / (1 + math.exp(-total)), 4)
