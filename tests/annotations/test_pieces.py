"""Words and their pieces."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.annotations import encoder
from trucewatch.annotations.pieces import UNKNOWN, Pieces


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Pieces:
    path = tmp_path_factory.mktemp("pieces") / "vocabulary.txt"
    path.write_text("[PAD]\n[UNK]\ncease\n##fire\n##s\n-\nelysee\n", encoding="utf-8")
    return Pieces(path)


def words(pieces: Pieces, text: str) -> list[tuple[str, list[str]]]:
    names = list(pieces.numbers)
    return [(text[a:b], [names[n] for n in numbers]) for (a, b), numbers in pieces.words(text)]


def test_a_word_is_cut_into_the_longest_pieces_from_the_left(pieces: Pieces) -> None:
    assert words(pieces, "Ceasefires") == [("Ceasefires", ["cease", "##fire", "##s"])]


def test_a_word_with_a_part_that_is_not_known_is_one_unknown_piece(pieces: Pieces) -> None:
    assert words(pieces, "ceasezz") == [("ceasezz", [UNKNOWN])]
    assert words(pieces, "cease" * 40) == [("cease" * 40, [UNKNOWN])]


def test_each_punctuation_mark_is_a_word_of_its_own(pieces: Pieces) -> None:
    assert [w for w, _ in words(pieces, 'cease-fire."')] == ["cease", "-", "fire", ".", '"']


def test_accents_and_capitals_do_not_matter(pieces: Pieces) -> None:
    assert words(pieces, "Élysée") == [("Élysée", ["elysee"])]


def test_signs_that_are_not_written_belong_to_no_word(pieces: Pieces) -> None:
    assert words(pieces, "\u200bcease\u200b \ufffd") == [("cease", ["cease"])]


@given(st.text(max_size=80))
def test_words_lie_in_the_text_in_order_and_have_pieces(text: str) -> None:
    end = 0
    for (start, stop), numbers in encoder.shipped().pieces.words(text):
        assert end <= start < stop <= len(text)
        assert numbers
        end = stop


def test_the_shipped_vocabulary_has_a_number_for_every_line() -> None:
    path: Path = encoder.WEIGHTS / "vocabulary.txt"
    assert len(encoder.shipped().pieces) == len(path.read_text(encoding="utf8").splitlines())
