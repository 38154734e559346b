"""Training examples: labels follow the words they stand on."""

import random

import numpy as np
import pytest

pytest.importorskip("torch")
tokenizers = pytest.importorskip("tokenizers")

from training import examples  # noqa: E402
from trucewatch.annotations.chunks import Window  # noqa: E402

TEXT = '"We are ready," he said. Others doubt it.'


def tokenizer() -> "tokenizers.Tokenizer":
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    made = tokenizers.Tokenizer(
        tokenizers.models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]")  # noqa: S106
    )
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


def polnear() -> examples.Example:
    document = {
        "id": "x",
        "set": "polnear",
        "text": TEXT,
        "attributions": [{"source": [15, 17], "cue": [18, 22], "content": [0, 15]}],
    }
    return examples.example(document, tokenizer())


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
