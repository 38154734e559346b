"""Damaged text: lost capitals and look-alike letters, made readable without moving a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations.restoring import restore

CALM = (
    "The Varenian army said on Monday that two soldiers had been killed near Halden. "
    "President Adan Brecht called General Mira Solt and asked her to stop the shelling."
)


def test_a_text_with_its_capitals_is_left_as_it_is() -> None:
    doc = document(CALM)
    assert restore(doc) is doc


def test_a_headline_in_capitals_alone_is_no_damage() -> None:
    doc = document("TRUCE HOLDS IN HALDEN")
    assert restore(doc) is doc


@pytest.mark.parametrize("damaged", [CALM.upper(), CALM.lower()])
def test_lost_capitals_come_back_for_most_names(damaged: str) -> None:
    restored = restore(document(damaged))
    assert len(restored.text) == len(damaged)
    assert restored.text.lower() == CALM.lower()
    names = ("Monday", "President", "Adan", "Brecht", "General", "Halden", "The")
    assert sum(name in restored.text for name in names) >= 5
    assert "soldiers" in restored.text
    assert len(restored.sentences) == 2


def test_letters_of_another_script_that_look_latin_become_latin() -> None:
    doc = document(CALM.replace("o", "о").replace("a", "а"))
    assert restore(doc).text == CALM


@given(st.text(max_size=120))
def test_nothing_moves(text: str) -> None:
    if text.strip():
        assert len(restore(document(text)).text) == len(text)
