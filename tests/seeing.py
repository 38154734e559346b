"""What an encoder might have seen of a text, made by hand, for tests of what is built on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from tests.reading import document
from trucewatch.annotations import RULES, annotate
from trucewatch.annotations.labels import CLASSES, REACH, ROLES, SEQUENCES
from trucewatch.annotations.sight import Links, Sight
from trucewatch.claims.fillers import View
from trucewatch.model import Annotations, Attribution, Evidence, Kind, Span

QUIET = -5.0  # log odds of a word that fills nothing
FAINT = 0.02  # chance of a word that stands in no span


def on(text: str, words: str) -> Span:
    """The span of the first occurrence of some words."""
    start = text.index(words)
    return start, start + len(words)


def sight(
    text: str,
    *,
    fills: Mapping[str, Mapping[str, float]] | None = None,
    inside: Mapping[str, Mapping[str, float]] | None = None,
    classes: Mapping[str, Mapping[str, float]] | None = None,
) -> Sight:
    """A sight in which, whatever is asked about, some words fill a role and some stand in a sequence.

    ``fills`` are the log odds of words by role, ``inside`` the chances of words by sequence, ``classes``
    the votes for values of small classes: ``sight(text, fills={"statement.speaker": {"the mayor": 3}})``.
    Each word answers with its own number, and the only state asks every role for the words it was given.
    """
    spans = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
    weight = np.full((len(ROLES), len(spans), 1), QUIET, dtype=np.float32)
    for role, odds in (fills or {}).items():
        for words, value in odds.items():
            weight[ROLES.index(role), _numbers(spans, on(text, words)), 0] = value
    chances = np.full((len(spans), len(SEQUENCES)), FAINT, dtype=np.float32)
    for sequence, odds in (inside or {}).items():
        for words, value in odds.items():
            chances[_numbers(spans, on(text, words)), SEQUENCES.index(sequence)] = value
    votes = [(classes or {}).get(name, {}).get(v, 0.0) for name, values in CLASSES.items() for v in values]
    return Sight(
        spans=spans,
        inside=chances,
        votes=np.tile(np.array(votes, dtype=np.float32), (len(spans), 1)),
        asks=np.ones((len(spans), 1), dtype=np.float32),
        answers=np.eye(len(spans), dtype=np.float32),
        cases=np.zeros(len(spans), dtype=np.float32),
        links=links(weight),
    )


def links(weight: np.ndarray) -> Links:
    """Links of roles x LINK x state, in which neither distance nor the rarity of a role counts."""
    roles, link, _ = weight.shape
    return Links(
        weight=weight,
        bias=np.zeros((roles, link), dtype=np.float32),
        rarity=np.zeros(roles, dtype=np.float32),
        nearness=np.zeros((roles, 2 * REACH + 1), dtype=np.float32),
    )


def view(
    text: str,
    *,
    seen: Sight | None = None,
    evidence: Sequence[Evidence] = (),
    attributions: Sequence[Attribution] = (),
    annotations: Annotations | None = None,
) -> View:
    """A text with what the rules annotate (or the annotations given), and what the encoder saw of it."""
    doc = document(text)
    found = annotate(doc, RULES) if annotations is None else annotations
    found = msgspec.structs.replace(found, evidence=tuple(evidence), attributions=tuple(attributions))
    return View(doc, found, sight(text) if seen is None else seen)


def evidence(text: str, kind: Kind, words: str) -> Evidence:
    """Evidence of a kind on some words."""
    return Evidence(span=on(text, words), annotator="encoder", score=0.9, kind=kind)


def attribution(text: str, *, source: str, cue: str, content: str, score: float = 0.9) -> Attribution:
    """An attribution as the encoder gives it: without a verb, and with nobody resolved."""
    parts = [on(text, part) for part in (source, cue, content)]
    return Attribution(
        span=(min(p[0] for p in parts), max(p[1] for p in parts)),
        annotator="encoder",
        score=score,
        source=parts[0],
        cue=parts[1],
        content=(parts[2],),
    )


def _numbers(spans: Sequence[Span], span: Span) -> list[int]:
    return [n for n, (start, end) in enumerate(spans) if start < span[1] and span[0] < end]
