from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.model import ActorMention

CALL = (
    "Polish President Jan Kowal and Estonian President Mari Tamm spoke on Sunday. "
    "The Polish president thanked his Estonian counterpart. "
)


def mentions(text: str) -> dict[str, ActorMention]:
    doc = document(text)
    return {doc.words(m.span): m for m in annotate(doc).actors}


def names(text: str, phrase: str) -> list[str]:
    return [a.name for a in mentions(text)[phrase].actors]


def test_a_title_and_a_name_are_one_mention_of_a_person_of_that_country() -> None:
    (actor,) = mentions(CALL)["Polish President Jan Kowal"].actors
    assert (actor.name, actor.country, actor.type) == ("Jan Kowal", "PL", "person")


def test_a_surname_is_the_person_named_in_full_elsewhere() -> None:
    assert names(CALL + "Kowal said so.", "Kowal") == ["Jan Kowal"]


def test_a_role_with_a_demonym_is_the_person_who_holds_it_even_before_the_name() -> None:
    text = "The Polish president spoke. Polish President Jan Kowal was calm."
    assert names(text, "The Polish president") == ["Jan Kowal"]


def test_a_counterpart_is_the_other_countrys_holder_of_the_same_office() -> None:
    assert names(CALL, "his Estonian counterpart") == ["Mari Tamm"]


def test_the_two_leaders_are_the_two_named_last() -> None:
    assert names(CALL + "The two leaders agreed.", "The two leaders") == ["Jan Kowal", "Mari Tamm"]


def test_a_role_nobody_holds_keeps_its_own_words() -> None:
    assert names("The Latvian president spoke.", "The Latvian president") == ["Latvian president"]


def test_a_capital_stands_for_its_government() -> None:
    mention = mentions("Warsaw denies any plan.")["Warsaw"]
    assert ([a.name for a in mention.actors], mention.metonymic) == (["Poland"], True)


def test_a_seat_stays_itself() -> None:
    assert names("The Kremlin said so.", "The Kremlin") == ["Kremlin"]


def test_a_garbled_name_is_the_known_one() -> None:
    assert names("Elysium continued to press for talks.", "Elysium") == ["Élysée"]


def test_he_is_the_subject_of_the_sentence() -> None:
    assert names("Polish President Jan Kowal told Mari Tamm that he would come.", "he") == ["Jan Kowal"]


def test_a_demonym_and_a_force_are_one_group() -> None:
    (actor,) = mentions("Clashes between the Polish army and pro-Estonian separatists went on.")[
        "the Polish army"
    ].actors
    assert (actor.name, actor.country) == ("Polish army", "PL")


def test_an_organization_keeps_its_whole_name() -> None:
    assert "the Halden Observatory for Civil Rights" in mentions(
        "A raid was reported by the Halden Observatory for Civil Rights on Monday."
    )


def test_a_place_after_in_is_no_person() -> None:
    assert "Vordal" not in mentions("Shells fell in Vordal at night.")


@given(st.text(max_size=300))
def test_mentions_lie_in_the_text_whatever_it_is(text: str) -> None:
    doc = document(text)
    for mention in annotate(doc).actors:
        assert 0 <= mention.span[0] < mention.span[1] <= len(text)
