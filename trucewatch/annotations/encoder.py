"""The trained encoder: attributions and evidence spans from one pass over the text.

The network is an ONNX file that ships in the package, read with ONNX Runtime on the processor; nothing
is fetched. It is loaded at the first use. One reading of a text serves both verbs:
:func:`annotate` adds attributions, :func:`evidence` gives where claims of each kind stand.
"""

from __future__ import annotations

import functools
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from trucewatch.annotations import chunks, decoding, quoting
from trucewatch.annotations.chunks import CLS, PAD, SEP, Window, Words
from trucewatch.annotations.decoding import Floats
from trucewatch.annotations.labels import ABSENT, CLASSES, KINDS
from trucewatch.model import Annotations, Attribution, Document, Evidence, Span

ANNOTATOR = "encoder"
WEIGHTS = Path(__file__).parent / "weights"
LEAST = 1e-6
Chances = tuple[float, float, float]
_Heads = tuple[Floats, Floats, Floats, Floats, Floats]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What goes with the network: its chain, and what was tuned on held-out text.

    ``lean`` is added to the outside score of each sequence (below 0 finds more). ``trust`` are the
    weights by which the log probabilities of cue, content and source make an attribution's score,
    ``faith`` those for evidence by kind: bias first.
    """

    transitions: list[list[list[float]]]
    distance: list[list[float]]
    lean: list[float]
    trust: tuple[float, float, float, float] = (0.0, 1.0, 0.5, 0.5)
    faith: dict[str, tuple[float, float]] = {}


@dataclass(frozen=True)
class Reading:
    """What the encoder saw in a text: ``chances`` are those of each attribution's cue, content and source."""

    attributions: tuple[Attribution, ...]
    evidence: tuple[Evidence, ...]
    chances: tuple[Chances, ...] = ()


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the attributions and the evidence that the encoder sees."""
    reading = _shipped().read(document.text)
    return msgspec.structs.replace(
        annotations,
        attributions=tuple(sorted((*annotations.attributions, *reading.attributions), key=lambda a: a.span)),
        evidence=reading.evidence,
    )


def evidence(document: Document) -> tuple[Evidence, ...]:
    """Where claims of each kind stand, in the order of the text."""
    return _shipped().read(document.text).evidence


@functools.cache
def _shipped() -> Encoder:
    return Encoder(WEIGHTS)


class Encoder:
    """A trained network with its tokenizer and settings, from one folder."""

    def __init__(self, folder: Path, *, network: str = "encoder.onnx") -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(2, os.cpu_count() or 1)
        self.session = onnxruntime.InferenceSession(
            str(folder / network), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        ids = self.tokenizer.get_vocab()
        self.special = (ids[CLS], ids[SEP], ids[PAD])
        self.settings = msgspec.json.decode((folder / "settings.json").read_bytes(), type=Settings)
        self.transitions = np.array(self.settings.transitions, dtype=np.float32)
        self.distance = np.array(self.settings.distance, dtype=np.float32)
        self.lean = np.array(self.settings.lean, dtype=np.float32)
        self._last: tuple[str, Reading] | None = None

    def read(self, text: str) -> Reading:
        """Everything the encoder sees in a text. The last text's reading is kept."""
        if self._last is None or self._last[0] != text:
            self._last = (text, self.look(text))
        return self._last[1]

    def look(self, text: str) -> Reading:
        """Read a text anew."""
        words = chunks.split(self.tokenizer, text)
        attributions: list[tuple[Attribution, Chances]] = []
        evidence: list[Evidence] = []
        for window in chunks.windows(words.sizes):
            heads = self.scores(words, window)
            view = _View(words, window, self.settings, text)
            tags = heads[0].reshape(len(heads[0]), -1, 3)
            tags[..., 0] += self.lean
            best = decoding.best_tags(tags, self.transitions)
            chances = decoding.inside_chances(tags, self.transitions)
            cues = [s for s in decoding.spans(best[:, 0]) if view.is_ours(s)]
            attributions += self._attributions(view, cues, heads, chances[:, 0])
            for head, kind in enumerate(KINDS, 1):
                found = [s for s in decoding.spans(best[:, head]) if view.is_ours(s)]
                evidence += (view.evidence(kind, s, chances[:, head], heads[4]) for s in found)
        attributions.sort(key=lambda a: a[0].span)
        return Reading(
            tuple(a for a, _ in attributions),
            tuple(sorted(evidence, key=lambda e: e.span)),
            tuple(c for _, c in attributions),
        )

    def scores(self, words: Words, window: Window) -> _Heads:
        """The network's output for one window: tags, queries, keys, unary and votes, by word."""
        arrays = chunks.batch(words, [window], self.special)
        tags, queries, keys, unary, votes = (o[0] for o in self.session.run(None, arrays))
        return tags, queries, keys, unary, votes

    def _attributions(
        self, view: _View, cues: list[Span], heads: _Heads, chances: Floats
    ) -> Iterator[tuple[Attribution, Chances]]:
        if not cues:
            return
        _, queries, keys, unary, _ = heads
        scores = decoding.span_scores(queries, keys, unary[:, :-1], self.distance, cues)
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
        start, end = self.window.start, self.window.end
        spans = self.words.spans[start:end]
        texts = [self.text[a:b] for a, b in spans]
        return quoting.fit(content, cue, source, words=texts, gaps=self.words.gaps[start:end].tolist())

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
        faith = self.settings.faith.get(kind, (0.0, 1.0))
        return Evidence(
            span=self.on(span),
            annotator=ANNOTATOR,
            score=_logistic(faith, (float(chances[span[0] : span[1]].mean()),)),
            kind=kind,  # type: ignore[arg-type]
            classes=dict(_classes(kind, votes[span[0] : span[1]].mean(0))),
        )


def _classes(kind: str, votes: Floats) -> Iterator[tuple[str, tuple[str, float]]]:
    at = 0
    for name, values in CLASSES.items():
        of, field = name.split(".")
        if of == kind:
            part = np.exp(votes[at : at + len(values)] - votes[at : at + len(values)].max())
            best = int(part.argmax())
            if values[best] != ABSENT:
                yield field, (values[best], round(float(part[best] / part.sum()), 4))
        at += len(values)


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
