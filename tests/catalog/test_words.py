"""The vocabulary: countries and their people, bodies, seats and offices."""

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.catalog import Vocabulary, vocabulary
from trucewatch.catalog.files import decode
from trucewatch.catalog.nations import plurals
from trucewatch.catalog.words import FOLDER, BodyFile, DemonymFile, OfficeFile, SeatFile
from trucewatch.errors import CatalogError

BODIES = decode(FOLDER / "bodies.yml", BodyFile)
SEATS = decode(FOLDER / "seats.yml", SeatFile)
DEMONYMS = decode(FOLDER / "demonyms.yml", DemonymFile)
OFFICES = decode(FOLDER / "offices.yml", OfficeFile)
NAMES = vocabulary().names
IDS = {name.id for name in NAMES.values()}


def twice(texts) -> list[str]:
    return [text for text, times in Counter(texts).items() if times > 1]


@pytest.mark.parametrize(
    ("file", "entries"),
    [
        (BODIES, BODIES.bodies),
        (SEATS, (*SEATS.seats, *SEATS.cities)),
        (DEMONYMS, (*DEMONYMS.countries, *DEMONYMS.peoples)),
        (OFFICES, OFFICES.offices),
    ],
    ids=["bodies", "seats", "demonyms", "offices"],
)
def test_every_entry_cites_a_source_of_its_file(file, entries) -> None:
    assert {entry.cite for entry in entries} <= set(file.sources)
    assert all(text.strip() for text in file.sources.values())


def test_every_id_is_unique() -> None:
    ids = [*(b.id for b in BODIES.bodies), *(s.id for s in SEATS.seats), *(p.id for p in DEMONYMS.peoples)]
    assert twice(ids) == []
    assert twice(m.country for m in DEMONYMS.countries) == []


def test_no_spelling_belongs_to_two_entries() -> None:
    listed = chain(
        (t for b in BODIES.bodies for t in (b.name, *b.names, *b.plurals, *b.garbled)),
        (t for s in SEATS.seats for t in (s.name, *s.names, *s.garbled)),
        (t for c in SEATS.cities for t in (c.name, *c.names)),
        (t for p in DEMONYMS.peoples for t in {p.name, *p.names, *p.demonyms, *p.persons, *(p.people or ())}),
        (t for m in DEMONYMS.countries for t in {*m.names, *m.capitals, *m.demonyms, *m.persons, *m.people}),
    )
    shared = {"Congolese"}  # of the two Congos, which is why it has two readings
    assert set(twice(listed)) <= shared


def test_a_listed_spelling_means_what_it_is_listed_for() -> None:
    for body in BODIES.bodies:
        for text in (body.name, *body.names, *body.plurals, *body.garbled):
            assert NAMES[text].id == body.id, text
    for people in DEMONYMS.peoples:
        for text in (people.name, *people.names, *people.demonyms, *people.persons):
            assert NAMES[text].id == people.id, text
    for seat in SEATS.seats:
        for text in (seat.name, *seat.names, *seat.garbled):
            assert NAMES[text].id == seat.id, text


def test_an_office_stands_once() -> None:
    words = [w for role in OFFICES.offices for pair in role.words.items() for w in set(pair) if w]
    assert twice(words) == []
    assert all(word == word.lower() for word in words)


def test_a_mark_of_ambiguity_stands_on_a_known_spelling() -> None:
    assert set(DEMONYMS.ambiguous) <= set(NAMES)
    for body in (*BODIES.bodies, *SEATS.seats):
        assert set(body.ambiguous) <= {body.name, *body.names}


def test_every_further_reading_is_a_known_id() -> None:
    assert {(n.text, i) for n in NAMES.values() for i in n.also if i not in IDS} == set()


def test_names_are_keyed_by_their_own_spelling_without_stray_space() -> None:
    for text, name in NAMES.items():
        assert text == name.text == " ".join(text.split())
        assert len(text) > 1


@pytest.mark.parametrize(
    ("text", "id", "kind"),
    [
        ("Russia", "RU", "name"),
        ("Russian Federation", "RU", "name"),
        ("Russian", "RU", "demonym"),
        ("Moscow", "RU", "capital"),
        ("Kremlin", "ru-kremlin", "seat"),
        ("Kyiv", "UA", "capital"),
        ("Kiev", "UA", "capital"),
        ("US", "US", "name"),
        ("U.S.", "US", "name"),
        ("America", "US", "name"),
        ("UK", "GB", "name"),
        ("British", "GB", "demonym"),
        ("Washington", "US", "capital"),
        ("Tel Aviv", "IL", "seat"),
        ("Peking", "CN", "capital"),
        ("Burma", "MM", "name"),
        ("Türkiye", "TR", "name"),
        ("North Macedonia", "MK", "name"),
        ("Palestinian", "PS", "demonym"),
        ("Kosovar", "XK", "demonym"),
        ("Kurdish", "kurds", "demonym"),
        ("European", "european", "demonym"),
        ("OSCE", "osce", "body"),
        ("GCT", "trilateral-contact-group", "body"),
        ("TCG", "trilateral-contact-group", "body"),
        ("Elysium", "fr-elysee", "seat"),
        ("Élysée", "fr-elysee", "seat"),
        ("Houthis", "houthis", "armed group"),
        ("Wagner", "wagner", "armed group"),
    ],
)
def test_a_name_stands_for(text: str, id: str, kind: str) -> None:
    assert (NAMES[text].id, NAMES[text].kind) == (id, kind)


@pytest.mark.parametrize(
    "text", ["Russians", "Israelis", "Spaniards", "Turks", "Poles", "Kurds", "Palestinians", "Houthi rebels"]
)
def test_words_for_several_are_plural(text: str) -> None:
    assert NAMES[text].plural


def test_a_people_whose_word_does_not_change_has_no_invented_plural() -> None:
    assert not {"Chineses", "Frenchs", "Britishs", "Swisss", "Japaneses", "Polishs", "Taiwaneses"} & set(
        NAMES
    )


def test_every_state_has_name_demonym_and_people_or_is_a_territory() -> None:
    """What the two sources together still lack would be found here."""
    kinds: dict[str, set[str]] = {}
    for name in NAMES.values():
        for id in (name.id, *name.also):
            kinds.setdefault(id, set()).add(name.kind)
    states = {
        n.id for n in NAMES.values() if n.kind == "name" and n.type == "country" and len(n.id) == 2
    } - DEMONYMS.territories
    assert len(states) > 190
    assert {s for s in states if "demonym" not in kinds[s]} == {"VA"}
    nameless = {s for s in states if "capital" not in kinds[s]}
    assert nameless <= {
        "MC",
        "SG",
        "DJ",
        "LU",
        "NR",
        "VA",
        "GT",
        "KW",
        "SM",
        "MX",
        "PA",
    }  # the capital has the country's name


def test_codes_and_native_words_of_countryinfo_are_left_out() -> None:
    assert not {"RU", "RUS", "Rossiya", "Island", "Thai Prathet", "Österreich", "IS-", "IT"} & set(NAMES)


def test_a_state_has_its_demonym_before_its_territories() -> None:
    assert (NAMES["Indian"].id, NAMES["French"].id, NAMES["American"].id, NAMES["Chinese"].id) == (
        "IN",
        "FR",
        "US",
        "CN",
    )
    assert NAMES["Indian"].also == ()


def test_a_demonym_of_two_states_has_both_readings() -> None:
    assert {NAMES["Congolese"].id, *NAMES["Congolese"].also} == {"CD", "CG"}
    assert {NAMES["Dominican"].id, *NAMES["Dominican"].also} == {"DM", "DO"}


def test_a_city_of_several_bodies_has_their_readings() -> None:
    assert (NAMES["Brussels"].country, set(NAMES["Brussels"].also)) == ("BE", {"eu", "nato"})


def test_doubtful_and_garbled_spellings_are_marked() -> None:
    assert NAMES["Jordan"].ambiguous
    assert NAMES["Quad"].ambiguous
    assert not NAMES["Russia"].ambiguous
    assert NAMES["Elysium"].garbled
    assert not NAMES["TCG"].garbled


def test_capitals_of_territories_speak_for_nobody() -> None:
    assert "Stanley" not in NAMES
    assert "Hamilton" not in NAMES


@pytest.mark.parametrize(
    ("text", "lemma", "kind", "person", "plural"),
    [
        ("president", "president", "head", True, False),
        ("foreign ministers", "foreign minister", "minister", True, True),
        ("spokeswoman", "spokeswoman", "spokesperson", True, False),
        ("presidency", "presidency", "institution", False, False),
        ("troops", "troop", "force", True, True),
        ("army", "army", "force", False, False),
        ("secretary-general", "secretary-general", "head", True, False),
        ("separatists", "separatist", "force", True, True),
    ],
)
def test_an_office_is_known(text: str, lemma: str, kind: str, person: bool, plural: bool) -> None:
    office = vocabulary().offices[text]
    assert (office.lemma, office.kind, office.person, office.plural) == (lemma, kind, person, plural)


def test_offices_come_with_their_modifiers_and_portfolios() -> None:
    assert {"former", "acting", "deputy"} <= vocabulary().modifiers
    assert {"foreign", "defence", "defense", "interior"} <= vocabulary().portfolios


def test_the_vocabulary_is_read_once() -> None:
    assert isinstance(vocabulary(), Vocabulary)
    assert vocabulary() is vocabulary()


def test_the_longest_name_bounds_a_matcher() -> None:
    assert vocabulary().longest == max(len(text.split(" ")) for text in NAMES)


@given(st.sampled_from(sorted(DEMONYMS.countries, key=lambda m: m.country)))
def test_what_is_dropped_is_gone_for_that_country(mend) -> None:
    for text in mend.drop:
        assert text not in NAMES or NAMES[text].id != mend.country


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=1))
def test_a_formed_plural_is_the_word_with_an_s(word: str) -> None:
    assert list(plurals((word,))) in ([], [word + "s"])


def test_a_wrong_vocabulary_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bodies.yml"
    path.write_text(
        yaml.safe_dump({"sources": {}, "bodies": [{"id": "x", "name": "X", "type": "club", "cite": "a"}]})
    )
    with pytest.raises(CatalogError, match=r"bodies\.yml: bodies\[0\]\.type: Invalid enum value 'club'"):
        decode(path, BodyFile)


def test_both_apostrophes_are_known() -> None:
    assert NAMES["Donetsk People's Republic"].id == NAMES["Donetsk People’s Republic"].id == "dpr"
    assert vocabulary().offices["president’s office"].lemma == "president's office"


def test_saudi_is_a_demonym_and_no_country() -> None:
    assert (NAMES["Saudi"].id, NAMES["Saudi"].kind) == ("SA", "demonym")
