"""Training examples: labels follow the words they stand on."""

import random

import numpy as np
import pytest

pytest.importorskip("torch")

from training import examples
from trucewatch.annotations import encoder
from trucewatch.annotations.chunks import Window
from trucewatch.annotations.labels import ROLES, SEQUENCES

TEXT = '"We are ready," he said. Others doubt it.'


def polnear() -> examples.Example:
    document = {
        "id": "x",
        "set": "polnear",
        "text": TEXT,
        "attributions": [{"source": [15, 17], "cue": [18, 22], "content": [0, 15]}],
    }
    return examples.example(document, encoder.shipped().pieces)


def test_spans_become_words() -> None:
    made = polnear()
    assert made.texts[:6] == ['"', "We", "are", "ready", ",", '"']
    ((cue, source, content),) = made.attributions
    assert [made.texts[p[0] : p[1] + 1] for p in (cue, source, content) if p] == [
        ["said"], ["he"], ['"', "We", "are", "ready", ",", '"'],
    ]  # fmt: skip


def test_labels_move_when_quotation_marks_go() -> None:
    made = polnear()
    bare = examples._unquoted(examples.Piece(made, Window(0, len(made.texts), (0, len(made.texts)))))
    ((cue, _, content),) = bare.example.attributions
    assert bare.example.texts[cue[0]] == "said"
    assert content is not None
    assert bare.example.texts[content[0] : content[1] + 1] == ["We", "are", "ready", ","]
    assert len(bare.example.words.pieces) == len(bare.example.texts)


def test_the_longer_of_two_overlapping_spans_is_tagged() -> None:
    assert examples.tags([(1, 2), (0, 2), (4, 4)], Window(0, 6, (0, 6))).tolist() == [1, 2, 2, 0, 1, 0]


def test_cut_windows_cover_the_text_once() -> None:
    made = polnear()
    made.words.pieces.setflags(write=False)
    for seed in range(5):
        pieces = examples.cut(made, random.Random(seed), size=6)  # noqa: S311
        assert [n for p in pieces for n in range(p.window.start, p.window.end)] == list(
            range(len(made.texts))
        )
        assert all(p.size <= 6 for p in pieces)


def test_a_span_that_leaves_its_window_is_not_taught() -> None:
    assert examples._target((2, 5), Window(3, 9, (3, 9)), absent=-1) == [-2, -2]
    assert examples._target((4, 5), Window(3, 9, (3, 9)), absent=-1) == [1, 2]
    assert examples._target(None, Window(3, 9, (3, 9)), absent=-1) == [-1, -1]


def test_a_batch_pads_and_teaches_each_set_its_own() -> None:
    made = polnear()
    whole = examples.Piece(made, Window(0, len(made.texts), (0, len(made.texts))))
    part = examples.Piece(made, Window(0, 4, (0, 4)))
    batch = examples.collate([whole, part], (2, 3, 0))
    assert batch.taught[:, 0].tolist() == [1, 1]
    assert not batch.taught[:, 1:].any()
    assert batch.mask.sum(1).tolist() == [len(made.texts), 4]
    assert np.array(batch.cues).shape == (1, 3)


def gold() -> examples.Example:
    document = {
        "id": "x",
        "set": "gold",
        "text": TEXT,
        "evidence": [
            {
                "kind": "statement",
                "span": [0, 24],
                "classes": {"statement.act": "promise"},
                "roles": {"speaker": [[16, 18]], "addressees": []},
            }
        ],
        "marks": [["actor", 16, 18, "person"]],
    }
    return examples.example(document, encoder.shipped().pieces)


def whole(made: examples.Example) -> examples.Piece:
    return examples.Piece(made, Window(0, len(made.texts), (0, len(made.texts))))


def test_evidence_asks_for_its_roles_and_the_fillers_answer() -> None:
    made = gold()
    batch = examples.collate([whole(made)], (2, 3, 0))
    assert [ROLES[a[3]] for a in batch.asked] == ["statement.speaker", "statement.addressees"]
    assert [made.texts[n] for n in range(len(made.texts)) if batch.filled[0, n]] == ["he"]
    assert not batch.filled[1].any()
    assert batch.taught[0, SEQUENCES.index("cue")] == 0
    assert batch.taught[0, SEQUENCES.index("statement")] == 1
    assert batch.tags[0, made.texts.index("he"), SEQUENCES.index("actor")] == 1


def test_where_capitals_are_taken_away_the_words_tell_how_they_were_written() -> None:
    made = gold()
    for seed in range(200):
        piece = examples.disturb(whole(made), random.Random(seed))  # noqa: S311
        if piece.example.cases is not None:
            batch = examples.collate([piece], (2, 3, 0))
            assert batch.cases[0, made.texts.index("We")] == 1
            assert batch.cases[0, made.texts.index(",")] == examples.UNTAUGHT
            assert (
                set(piece.example.words.shapes.tolist()) <= {0, examples.LOST}
                or 3 in piece.example.words.shapes
            )
            return
    raise AssertionError("never disturbed")
