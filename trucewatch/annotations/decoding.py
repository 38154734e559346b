"""From the network's scores to spans: best tag sequences, and the best span for a cue.

Everything here is plain arithmetic on one window: words x sequences x 3 tag scores (outside, begin,
inside), and for each cue the scores of start, end and inside of a span at each word.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trucewatch.annotations.labels import REACH

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Words = tuple[int, int]
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
NEVER = -1e4


def best_tags(scores: Floats, transitions: Floats) -> Ints:
    """The best tag sequence of each head: words x heads. An inside never follows an outside."""
    words, heads, _ = scores.shape
    moves = transitions.transpose(0, 2, 1)  # heads x to x from
    alpha = scores[0].copy()
    alpha[:, INSIDE] += NEVER
    back = np.zeros((words, heads, 3), dtype=np.int64)
    for t in range(1, words):
        reached = alpha[:, None, :] + moves
        back[t] = reached.argmax(2)
        alpha = reached.max(2) + scores[t]
    out = np.zeros((words, heads), dtype=np.int64)
    at = alpha.argmax(1)
    each = np.arange(heads)
    for t in range(words - 1, -1, -1):
        out[t] = at
        at = back[t, each, at]
    return out


def inside_chances(scores: Floats, transitions: Floats) -> Floats:
    """How probable it is that a word stands in a span: words x heads, summed over all tag sequences."""
    words, heads, _ = scores.shape
    emit = np.exp(scores - scores.max(2, keepdims=True))
    moves = np.exp(transitions)
    forward = np.empty((words, heads, 1, 3), dtype=np.float32)
    state = emit[0].copy()
    state[:, INSIDE] = 0
    forward[0, :, 0] = state / state.sum(1, keepdims=True)
    for t in range(1, words):
        state = np.matmul(forward[t - 1], moves)[:, 0] * emit[t]
        forward[t, :, 0] = state / state.sum(1, keepdims=True)
    turned = moves.transpose(0, 2, 1)
    backward = np.ones((words, heads, 3), dtype=np.float32)
    for t in range(words - 2, -1, -1):
        state = np.matmul((backward[t + 1] * emit[t + 1])[:, None], turned)[:, 0]
        backward[t] = state / state.sum(1, keepdims=True)
    both = forward[:, :, 0] * backward
    return np.asarray(1 - both[..., OUTSIDE] / both.sum(2), dtype=np.float32)


def spans(tags: Ints) -> list[Words]:
    """The spans of a tag sequence, as first and one past the last word."""
    found: list[Words] = []
    start: int | None = None
    for at, tag in enumerate([*tags.tolist(), OUTSIDE]):
        if start is not None and tag != INSIDE:
            found.append((start, at))
            start = None
        if tag == BEGIN:
            start = at
    return found


def span_scores(queries: Floats, keys: Floats, unary: Floats, distance: Floats, cues: list[Words]) -> Floats:
    """Scores of each channel at each word for each cue: cues x channels x words.

    ``queries`` and ``keys`` are words x (channels * width), ``unary`` words x channels, ``distance``
    channels x distances.
    """
    words, channels = unary.shape
    query = np.stack([queries[a:b].mean(0) for a, b in cues]).reshape(len(cues), channels, -1)
    key = keys.reshape(words, channels, -1)
    scores = np.matmul(query.transpose(1, 0, 2), key.transpose(1, 2, 0)).transpose(1, 0, 2)
    place = np.arange(words)
    away = np.stack([np.where(place < a, place - a, np.maximum(place - b + 1, 0)) for a, b in cues])
    bias = distance[:, np.clip(away, -REACH, REACH) + REACH].transpose(1, 0, 2)
    return np.asarray(scores + unary.T + bias, dtype=np.float32)


def best_span(start: Floats, end: Floats, inside: Floats, none: float = NEVER) -> tuple[Words | None, float]:
    """The best span and its probability among all spans of the window; None if none at all is better."""
    total = inside.cumsum()
    left, right = start - (total - inside), end + total
    reach = right + np.maximum.accumulate(left)
    last = int(reach.argmax())
    first = int(left[: last + 1].argmax())
    all_spans = np.logaddexp.reduce(right + np.logaddexp.accumulate(left))
    norm = float(np.logaddexp(all_spans, none))
    if none > reach[last]:
        return None, float(np.exp(none - norm))
    return (first, last + 1), float(np.exp(reach[last] - norm))
