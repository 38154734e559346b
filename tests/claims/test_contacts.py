import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims.contacts import in_minutes, read, with_own_day
from trucewatch.model import Contact


def contacts(text: str, *, published: str | None = "2031-05-14") -> list[Contact]:
    doc = document(text, published=published)
    return list(read(doc, annotate(doc)))


def names(contact: Contact) -> list[str]:
    return [a.name for a in contact.participants]


def test_a_call_has_both_presidents_and_its_length() -> None:
    (c,) = contacts(
        "Polish President Marta Velik held a two-hour and 10-minute telephone conversation with Estonian "
        "President Juri Saar on Monday."
    )
    assert (c.form, c.status, c.duration_minutes) == ("call", "held", 130)
    assert names(c) == ["Marta Velik", "Juri Saar"]
    assert c.time and (c.time.start, c.time.end) == ("2031-05-12", "2031-05-12")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Polish President Marta Velik spoke with Estonian President Juri Saar by phone.", "call"),
        ("Polish President Marta Velik met with Estonian President Juri Saar.", "meeting"),
        ("Polish President Marta Velik arrived in Tallinn.", "visit"),
        ("Talks between Poland and Estonia began in Vordal.", "talks"),
        ("The NATO summit in Vilnius was held last week.", "summit"),
        ("The UN Security Council met on Monday.", "session"),
    ],
)
def test_the_form_is_what_the_words_say(text: str, form: str) -> None:
    assert [c.form for c in contacts(text)] == [form]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Poland and Estonia held talks.", "held"),
        ("Poland and Estonia will hold talks.", "planned"),
        ("Marta Velik is expected to meet with Juri Saar.", "planned"),
        ("Poland is ready for talks with Estonia.", "proposed"),
        ("Marta Velik could meet with Juri Saar.", "proposed"),
        ("Poland refuses to hold talks with Estonia.", "refused"),
        ("The talks between Poland and Estonia were called off.", "cancelled"),
        ("The summit between Poland and Estonia was postponed.", "postponed"),
        ("Poland will hold talks with Estonia if the shelling stops.", "conditional"),
    ],
)
def test_the_status_follows_tense_and_mood(text: str, status: str) -> None:
    assert [c.status for c in contacts(text)] == [status]


def test_a_condition_that_leads_governs_what_follows_it_and_not_what_goes_before() -> None:
    planned, conditional = contacts(
        "Polish Foreign Minister Anna Rost is expected to meet with Estonian Foreign Minister Juri Saar and "
        "hopes to achieve, if the truce lasts, a meeting at the highest level."
    )
    assert (planned.status, planned.condition) == ("planned", None)
    assert (conditional.status, conditional.form) == ("conditional", "summit")
    assert conditional.condition == "if the truce lasts"


@pytest.mark.parametrize("words", ["in the coming days", "next week", "on Friday"])
def test_what_is_to_come_is_never_held_nor_dated_to_the_past(words: str) -> None:
    (c,) = contacts(f"Polish President Marta Velik will meet with Estonian President Juri Saar {words}.")
    assert c.status == "planned"
    assert c.time is None or not c.time.end or c.time.end >= "2031-05-14"


def test_a_counterpart_and_a_possessive_are_resolved() -> None:
    text = (
        "Polish President Marta Velik spoke on Monday. Estonian President Juri Saar listened. "
        "Velik recalled her meeting with her Estonian counterpart."
    )
    assert [names(c) for c in contacts(text)] == [["Marta Velik", "Juri Saar"]]


def test_three_sides_stand_in_a_list() -> None:
    (c,) = contacts("Talks between Poland, Estonia and Latvia began on Monday.")
    assert names(c) == ["Poland", "Estonia", "Latvia"]


def test_two_demonyms_with_a_hyphen_are_two_sides() -> None:
    (c,) = contacts("The Polish-Estonian talks were held on Monday.")
    assert names(c) == ["Poland", "Estonia"]


HEADLINE = "Telephone conversation with President of Estonia Juri Saar"
BODY = "Marta Velik spoke of the truce. Marta Velik stressed that the shelling must stop."


def test_a_headline_is_evidence_where_the_body_does_not_name_the_contact() -> None:
    (c,) = contacts(f"{HEADLINE}\n\n{BODY}")
    assert (HEADLINE[c.evidence[0] : c.evidence[1]], c.form, c.status) == (HEADLINE, "call", "held")
    assert names(c) == ["Marta Velik", "Juri Saar"]


def test_a_headline_that_the_body_repeats_is_left_out() -> None:
    repeat = "Marta Velik had a telephone conversation with President of Estonia Juri Saar."
    (c,) = contacts(f"{HEADLINE}\n\n{repeat}")
    assert c.evidence[0] > len(HEADLINE)


@pytest.mark.parametrize(
    "text",
    [
        "During the meeting, the sides agreed on a plan.",
        "Marta Velik spoke to reporters in Vordal.",
        "Poland called the attack a crime.",
        "Marta Velik called Juri Saar a liar.",
        "Poland meets the needs of the refugees.",
        "Trade talks stalled.",
        "Poland calls on Estonia to stop.",
        "The Trilateral Contact Group is silent.",
        "",
    ],
)
def test_what_only_sounds_like_a_contact_is_none(text: str) -> None:
    assert contacts(text) == []


def test_who_is_told_to_have_met_is_vouched_for_by_the_teller() -> None:
    (c,) = contacts("Poland said that Marta Velik had met with Juri Saar.")
    assert [v.source for v in c.said_by] == ["Poland"]


def test_staying_in_contact_is_planned_talks_of_both() -> None:
    text = (
        "Polish President Marta Velik praised Estonian President Juri Saar. "
        "Velik and Saar agreed to stay in contact."
    )
    (c,) = contacts(text)
    assert (c.form, c.status, c.said_by) == ("talks", "planned", ())
    assert names(c) == ["Marta Velik", "Juri Saar"]


@pytest.mark.parametrize(
    ("value", "minutes"), [("PT1H45M", 105), ("PT90M", 90), ("P2D", None), ("", None), ("PT", None)]
)
def test_durations_become_minutes(value: str, minutes: int | None) -> None:
    assert in_minutes(value) == minutes


@given(
    st.text(alphabet=st.sampled_from("talks with met Velik and Poland, if will 3-hour “.”\n"), max_size=200)
)
def test_any_text_gives_contacts_whose_evidence_stands_in_it(text: str) -> None:
    for c in contacts(text):
        assert 0 <= c.evidence[0] < c.evidence[1] <= len(text)


def test_a_text_without_a_full_stop_is_read_in_pieces_of_bounded_length() -> None:
    text = "Poland and Estonia held talks with Latvia on the truce, " * 400
    found = contacts(text)
    assert found
    assert all(c.evidence[1] - c.evidence[0] < 2600 for c in found)


def test_a_mission_that_speaks_to_civilians_has_no_contact_between_the_parties() -> None:
    assert contacts("The monitors spoke to civilians at crossings near Vordal.") == []


def test_what_lies_ahead_was_never_held() -> None:
    (contact,) = contacts("They undertook to work for a meeting of the Liaison Committee in coming days.")
    assert (contact.status, contact.body) == ("proposed", "Liaison Committee")


def test_quoted_words_between_the_verb_and_the_other_side_change_nothing() -> None:
    (contact,) = contacts('Jan Kowal is expected to meet "in the coming days" with Mari Tamm.')
    assert (contact.status, names(contact)) == ("planned", ["Jan Kowal", "Mari Tamm"])


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        ("I spoke today with Juri Saar.", "held", "2031-05-14"),
        ("I spoke last night with Juri Saar.", "held", "2031-05-13"),
        ("I spoke with Juri Saar on the harvest of 2030.", "held", None),
        ("I may speak with Juri Saar today.", "proposed", None),
        ("I spoke today and yesterday with Juri Saar.", "held", None),
    ],
)
def test_a_day_in_the_very_words_of_a_held_contact_is_its_day(
    text: str, status: str, day: str | None
) -> None:
    doc = document(text)
    bare = Contact(evidence=(0, len(text)), said_by=(), form="call", participants=(), status=status)  # type: ignore[arg-type]
    dated = with_own_day(bare, doc, annotate(doc))
    assert (dated.time.start if dated.time else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "Marta Velik met with Juri Saar on the margins of the Lake Summit in Vordal.",
        "As part of the Lake Summit in Vordal, Marta Velik met with Juri Saar.",
    ],
)
def test_a_summit_that_is_only_the_occasion_is_no_contact_of_its_own(text: str) -> None:
    assert [c.form for c in contacts(text)] == ["meeting"]


def test_who_comes_after_talks_has_held_them() -> None:
    (talks,) = contacts("Following talks with Juri Saar in Vordal, Marta Velik said that peace is near.")
    assert names(talks) == ["Marta Velik", "Juri Saar"]
    (others,) = contacts("Following Ann Odi's talks with Juri Saar, Marta Velik said that peace is near.")
    assert "Marta Velik" not in names(others)


def test_his_call_is_the_speakers() -> None:
    (call,) = contacts(
        "Answering reporters after a walk with Juri Saar, Marta Velik said that she would comment after her "
        "phone call with Ann Odi."
    )
    assert names(call) == ["Marta Velik", "Ann Odi"]


def test_a_light_verb_reaches_over_adjectives() -> None:
    (call,) = contacts("Marta Velik held a secure video call with Juri Saar.")
    assert names(call) == ["Marta Velik", "Juri Saar"]
