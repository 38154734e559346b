import pytest

from tests.reading import document
from trucewatch.annotations import places
from trucewatch.model import Annotations, PlaceMention


def found(text: str) -> dict[str, PlaceMention]:
    return {m.name: m for m in places.annotate(document(text), Annotations()).places}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells fell on Zolote in Ukraine.", "Zolote"),
        ("Syrian families fled from Saraqib.", "Saraqib"),
        ("Convoys reached Mekelle in Ethiopia.", "Mekelle"),
        ("The envoy flew to Damascus.", "Damascus"),
        ("Residents of Aleppo waited for Syrian aid.", "Aleppo"),
        ("Luhansk region was quiet.", "Luhansk region"),
        ("The village of Kafr Nabl in Syria was hit.", "Kafr Nabl"),
        ("Talks in the capital, Nairobi, ended.", "Nairobi"),
        ("BEIRUT (AP) — The truce holds.", "Beirut"),
        ("In Sanaa, nothing moved.", "Sanaa"),
    ],
)
def test_a_name_of_the_gazetteer_is_a_place_where_the_words_around_it_say_so(text: str, name: str) -> None:
    assert found(text)[name].lat is not None


def test_places_in_a_row_are_places() -> None:
    assert {"Horlivka", "Debaltseve", "Marinka"} <= set(
        found("Ukraine: convoys drove from Horlivka, Debaltseve and Marinka.")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton spoke.",
        "Washington said the truce holds.",
        "Moscow denies it.",
        "George Washington thanked them, and they gave it to Washington.",
        "Arms were sent to Ukraine.",
        "He heard it from Zzyzxqua.",
    ],
)
def test_the_name_of_a_person_or_of_one_who_acts_is_no_place(text: str) -> None:
    assert found(text) == {}


def test_a_part_of_the_world_is_no_country() -> None:
    assert found("Trade fell in Asia.")["Asia"].precision is None


@pytest.mark.parametrize(
    "text", ["", "in", "In", "of the", "from\n\n", "A, B, C and D", "— — —", "the of The of"]
)
def test_odd_texts_are_read(text: str) -> None:
    assert all(m.name for m in found(text).values())
