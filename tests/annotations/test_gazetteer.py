import os
import subprocess
import sys
import zlib

import pytest

from tests.reading import document
from trucewatch import catalog
from trucewatch.annotations import gazetteer, places
from trucewatch.annotations.gazetteer import FILE, Gazetteer, distance, fold, shipped, told
from trucewatch.model import Annotations, PlaceMention


def mark(text: str, name: str) -> PlaceMention:
    marks = places.annotate(document(text), Annotations()).places
    return next(m for m in marks if m.name == name)


# --- the file -------------------------------------------------------------------------------------


def test_the_file_is_small_and_comes_with_its_notice() -> None:
    assert FILE.stat().st_size <= 3_000_000
    assert "GeoNames" in FILE.with_name("NOTICE").read_text("utf-8")


def test_opening_it_takes_little_memory() -> None:
    code = (
        "import resource; from trucewatch.annotations import gazetteer\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak(); gazetteer.shipped(); print(peak() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert int(done.stdout) < 60 * 1024


def test_every_name_of_the_file_is_found() -> None:
    lines = zlib.decompress(FILE.read_bytes()).split(b"\n")
    sample = [line.split(b"\t")[0].decode() for line in lines[-200_002:-1]]
    assert len(sample) > 200_000 and sorted(sample, key=str.encode) == sample
    assert all(shipped().find(name) for name in (*sample[:50], *sample[-50:], *sample[::997]))


@pytest.mark.parametrize("name", ["", "zzzzzz", "0", "\n", "\t", "a\tb", "~1", "Киев", "\x00"])
def test_an_unknown_name_has_no_places(name: str) -> None:
    assert shipped().find(name) == ()


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(zlib.error):
        Gazetteer(b"no places")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kyiv", "Kiev"),
        ("Luhansk", "Lugansk"),
        ("Horlivka", "Gorlovka"),
        ("Al-Hudaydah", "Hodeidah"),
        ("Idlib", "Idleb"),
    ],
)
def test_two_spellings_are_one_place(one: str, other: str) -> None:
    assert {s[:5] for s in shipped().find(one)} & {s[:5] for s in shipped().find(other)}


def test_places_of_the_catalog_are_known_by_all_their_spellings() -> None:
    given = catalog.ceasefire("donbas-2020")
    groups = [[bool(shipped().find(name)) for name in group] for group in given.place_names]
    assert all(all(group) for group in groups if any(group))
    assert sum(any(group) for group in groups) > len(groups) * 0.8


@pytest.mark.parametrize(
    ("name", "key"),
    [("Al-Ḩasakah", "al hasakah"), ("Donets’k", "donetsk"), ("São  Paulo", "sao paulo"), ("", "")],
)
def test_names_are_folded(name: str, key: str) -> None:
    assert fold(name) == key


def test_kilometres() -> None:
    assert distance(50.45, 30.52, 50.45, 30.52) == 0
    assert distance(50.45, 30.52, 48.02, 37.80) == pytest.approx(595, abs=15)


# --- what a mark tells ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name", "sort", "owner"),
    [
        ("the village of Zolote", "Zolote", "settlement", None),
        ("Ukraine's Donetsk region", "Donetsk", "region", "Ukraine"),
        ("the Dutch province of Limburg", "Limburg", "region", None),
        ("the Puno region of Peru", "Puno", "region", "Peru"),
    ],
)
def test_the_name_is_told_from_its_kind(words: str, name: str, sort: str, owner: str | None) -> None:
    read = told(words)
    assert read and (read.name, read.sort, read.owner) == (name, sort, owner)


@pytest.mark.parametrize("words", ["the city", "", "Donetsk and Luhansk regions"])
def test_no_name_or_several_tell_nothing(words: str) -> None:
    assert told(words) is None


# --- which place it is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("Ukraine said it was calm in Donetsk.", "Donetsk", "UA", "settlement"),
        ("Ukraine said it was calm in Donetsk region.", "Donetsk region", "UA", "region"),
        ("Fighters left northern Aleppo.", "northern Aleppo", "SY", "region"),
        ("They live in Syria.", "Syria", "SY", "country"),
        ("A fire broke out in Tripoli, Lebanon.", "Tripoli", "LB", "settlement"),
        ("Libyan troops stood in Tripoli.", "Tripoli", "LY", "settlement"),
        ("People live in Crimea.", "Crimea", "UA", "region"),
        ("Storms came to Atlanta and Dallas in Georgia, Texas and Florida.", "Georgia", "US", "region"),
    ],
)
def test_the_text_decides(text: str, name: str, country: str, precision: str) -> None:
    found = mark(text, name)
    assert (found.country, found.precision) == (country, precision)


def test_a_place_lies_where_it_lies() -> None:
    found = mark("Ukraine: shots were heard near Avdiivka.", "Avdiivka")
    assert found.lat and found.lon and distance(found.lat, found.lon, 48.14, 37.75) < 5


def test_a_part_of_a_country_has_no_point() -> None:
    found = mark("It was calm in eastern Ukraine.", "eastern Ukraine")
    assert (found.country, found.precision, found.lat) == ("UA", "region", None)


@pytest.mark.parametrize("name", ["Springfield", "Oleksandrivka", "Qwertyville"])
def test_where_nothing_decides_no_place_is_chosen(name: str) -> None:
    found = mark(f"A fire broke out in {name}.", name)
    assert (found.lat, found.lon) == (None, None)


def test_other_places_of_the_text_decide() -> None:
    text = "It was calm in Toretsk, in Bakhmut and in Zolote. A shell fell in Popasna."
    found = mark(text, "Popasna")
    assert found.country == "UA"


def test_a_text_without_marks_needs_no_gazetteer() -> None:
    assert gazetteer.resolve((), document("Nothing.")) == ()
