"""The trained encoder: words and windows, decoding against plain enumeration, and the shipped weights."""

import itertools
import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import chunks, decoding, encoder
from trucewatch.annotations.labels import CLASSES, KINDS
from trucewatch.model import Annotations

CALL = (
    'The ministry said on Sunday that shelling had killed three people near Halden. "We will not answer '
    'provocations," General Adan Brecht told reporters. He denied that his troops had fired first.'
)


def scores(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32) * 2


# --- words and windows ---


@given(st.text(alphabet="abcАВОе015 .\n", max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(chunks.fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Моscоw", "Moscow"),
        ("c3ase-f1re", "cease-flre"),
        ("120 mm, 2022, B-52, T-72B3, COVID19", "120 mm, 2022, B-52, T-72B3, COVID19"),
    ],
)
def test_look_alikes_become_latin_and_numbers_stay(text: str, folded: str) -> None:
    assert chunks.fold(text) == folded


@pytest.mark.parametrize(
    ("word", "shape"),
    [("talks", 0), ("Kyiv", 1), ("A", 2), ("NATO", 3), ("McCain", 4), ("1,500", 5), (".", 5)],
)
def test_shapes(word: str, shape: int) -> None:
    assert chunks.shape(word) == shape


def test_gaps_tell_line_ends_from_spaces() -> None:
    assert [chunks.gap(b) for b in ("", " ", "\n\n", " \n ")] == [0, 1, 2, 2]


@given(st.lists(st.integers(1, 9), max_size=120), st.integers(12, 40), st.integers(0, 9))
def test_windows_keep_every_word_once_and_hold_no_more_than_their_size(
    sizes: list[int], size: int, overlap: int
) -> None:
    found = chunks.windows(np.array(sizes, dtype=np.int64), size=size, overlap=overlap)
    kept = [n for w in found for n in range(*w.keep)]
    assert kept == list(range(len(sizes)))
    for w in found:
        assert w.start <= w.keep[0] <= w.keep[1] <= w.end
        assert sum(sizes[w.start : w.end]) <= size or w.end == w.start + 1


# --- decoding ---


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_best_tags_are_the_best_of_all_sequences(seed: int, words: int) -> None:
    emit, moves = scores(seed, words, 2, 3), scores(seed + 1, 2, 3, 3)
    moves[:, decoding.OUTSIDE, decoding.INSIDE] = decoding.NEVER
    best = decoding.best_tags(emit, moves)
    chances = decoding.inside_chances(emit, moves)
    for head in range(2):
        weight = {}
        for tags in itertools.product(range(3), repeat=words):
            if tags[0] == decoding.INSIDE:
                continue
            total = sum(emit[t, head, tag] for t, tag in enumerate(tags))
            weight[tags] = total + sum(moves[head, a, b] for a, b in itertools.pairwise(tags))
        assert tuple(best[:, head]) == max(weight, key=weight.__getitem__)
        norm = sum(math.exp(w) for w in weight.values())
        for t in range(words):
            inside = sum(math.exp(w) for tags, w in weight.items() if tags[t] != decoding.OUTSIDE) / norm
            assert chances[t, head] == pytest.approx(inside, abs=1e-3)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 9), st.floats(-8, 8))
def test_the_best_span_is_the_best_of_all_spans(seed: int, words: int, none: float) -> None:
    start, end, inside = scores(seed, 3, words)
    weight = {
        (i, j + 1): float(start[i] + end[j] + inside[i : j + 1].sum())
        for i in range(words)
        for j in range(i, words)
    }
    best = max(weight, key=weight.__getitem__)
    norm = math.exp(none) + sum(math.exp(w) for w in weight.values())
    span, chance = decoding.best_span(start, end, inside, none)
    assert span == (best if weight[best] >= none else None)
    assert chance == pytest.approx(math.exp(max(none, weight[best])) / norm, rel=1e-3)


def test_spans_of_tags() -> None:
    tags = np.array([0, 1, 2, 1, 0, 1], dtype=np.int64)
    assert decoding.spans(tags) == [(1, 3), (3, 4), (5, 6)]


def test_a_content_is_parted_by_a_cue_in_its_middle() -> None:
    assert encoder._around((0, 10), [(4, 5), (5, 6)]) == [(0, 4), (6, 10)]
    assert encoder._around((0, 4), [(4, 5), (5, 6)]) == [(0, 4)]
    assert encoder._around((0, 10), [(0, 1), (4, 5)]) == [(0, 10)]


# --- the shipped weights ---


def test_the_encoder_finds_who_says_what() -> None:
    doc = document(CALL)
    found = encoder.annotate(doc, Annotations()).attributions
    read = {(doc.words(a.source), doc.words(a.cue)) for a in found if a.source and a.cue}
    assert ("The ministry", "said") in read
    assert ("General Adan Brecht", "told") in read
    quote = next(a for a in found if a.cue and doc.words(a.cue) == "told")
    assert doc.words(quote.content[0]).strip(',"') == "We will not answer provocations"


def test_evidence_lies_in_the_text_with_classes_of_its_kind() -> None:
    doc = document(CALL)
    found = encoder.annotate(doc, Annotations()).evidence
    assert "statement" in {e.kind for e in found}
    for e in found:
        assert 0 <= e.span[0] < e.span[1] <= len(doc.text)
        assert 0 <= e.score <= 1
        for field, (value, chance) in e.classes.items():
            assert value in CLASSES[f"{e.kind}.{field}"]
            assert 0 < chance <= 1


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    reading = encoder.shipped().look(text)
    for span in [a.span for a in reading.attributions] + [e.span for e in reading.evidence]:
        assert 0 <= span[0] < span[1] <= len(text)
    assert {e.kind for e in reading.evidence} <= set(KINDS)


def test_a_long_text_is_read_alike_to_its_end() -> None:
    line = "The ministry said that two soldiers were killed. "
    doc = document(line * 120)
    cues = [a.cue for a in encoder.annotate(doc, Annotations()).attributions]
    assert len(cues) >= 110
    assert max(c[1] for c in cues if c) > len(doc.text) - 60


def test_annotations_with_evidence_go_through_json() -> None:
    found = encoder.annotate(document(CALL), Annotations())
    assert msgspec.json.decode(msgspec.json.encode(found), type=Annotations) == found


def test_what_the_encoder_saw_is_told_of_any_stretch_of_words() -> None:
    doc = document(CALL)
    sight = encoder.sight(doc)
    whole = (0, len(doc.text))
    assert sight.words((4, 12)) == (1, 2)
    assert len(sight.chances("statement", whole)) == len(sight.spans)
    acts = sight.values("statement.act", whole)
    assert sum(acts.values()) == pytest.approx(1, abs=1e-3)
    low, odds = sight.filling("statement.speaker", whole)
    assert low == 0
    assert len(odds) == len(sight.spans)


def test_the_speaker_s_words_are_likelier_to_fill_the_speaker_s_role_than_others() -> None:
    doc = document(
        "The spokesman of the Halden Mission said on Friday that both armies had fired near the bridge."
    )
    low, odds = encoder.sight(doc).filling("statement.speaker", (0, len(doc.text)))
    spans = encoder.sight(doc).spans[low : low + len(odds)]
    best = doc.words(spans[int(odds.argmax())])
    assert best in {"The", "spokesman", "Mission", "Halden"}


def test_an_empty_text_has_nothing_to_see() -> None:
    reading = encoder.shipped().look(" \n ")
    assert (reading.attributions, reading.evidence) == ((), ())
    assert reading.sight.words((0, 1)) == (0, 0)
