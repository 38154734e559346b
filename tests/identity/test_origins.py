"""Wire copies are one origin; bulletins of two days, digests and like-worded stories are not made one."""

from __future__ import annotations

import datetime as dt
import itertools
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trucewatch.identity.copies import compare, lay
from trucewatch.identity.origins import COPIED, LITTLE_COPIED, Origin, Told, origins, publisher_of
from trucewatch.identity.wording import Vocabulary, tokens
from trucewatch.model import Judgement

FERRY = (
    "KELDER (Meridian Wire) - The last ferry across the Tarn sailed empty on Wednesday after gunmen on the "
    "Ostmark bank fired over the heads of the people queueing for it, the harbour master said.",
    "Nobody was hurt. Fourteen families who had permits to visit graves on the other side went home, and the "
    "permits, which the joint commission had spent three weeks stamping, lapsed at midnight.",
    '"They aimed high and they laughed," said the harbour master, Odile Brandt, who counted 23 shots from '
    "the window of the ticket office. The company has tied up both of its boats until further notice.",
    "Ostmark's border command denied that its men had fired. A spokesman said that hunters were to blame and "
    "that the ferry could run again as soon as the commission had met.",
    "The truce of April lets civilians cross on two days a week. Since then 1,204 people have used it, "
    "according to the commission, fewer than half of those who applied.",
)
BRIDGE = (
    "SELM (Meridian Wire) - Engineers of both armies began on Wednesday to take the mines off the railway "
    "bridge at Selm, a job that each side had said for a year the other would have to do first.",
    "They worked from the two ends towards the middle and shared one set of plans, which had been found in a "
    "museum. By dusk they had lifted 61 charges and were drinking tea out of the same can.",
    "The line carries coal in one direction and grain in the other. Its owners reckon that a first train "
    "could run by the end of the month if the signal boxes can be made to speak to each other.",
)
SCHOOL = (
    "DORN (Meridian Wire) - A school bus was stopped for five hours at a checkpoint near Dorn on Wednesday "
    "because the driver carried a map, parents said, and the children were given neither water nor shade.",
    "The brigade that mans the checkpoint called the delay regrettable. It said maps of the district were "
    "forbidden under an order of March and that the driver, aged 58, ought to have known it.",
    "He was let go after the mayor of Dorn had driven out to vouch for him. The map, which hangs in every "
    "classroom of the district, has not been given back.",
)
DAILY = (
    "Joint Monitoring Mission, daily report of {date}. The Mission recorded {north} ceasefire violations in "
    "the north sector, including {bangs} explosions, and {south} in the south sector between the evenings of "
    "{before} and {after}. In the previous reporting period it recorded {last} in both sectors.\n\n"
    "The Mission continued to monitor the disengagement areas and to facilitate repairs to the waterworks "
    "near Murrow. Its freedom of movement was restricted at the checkpoint near Esk, as on previous days. "
    "The Mission's cameras and patrols may not see all that happens along the line of contact."
)
MONDAY = DAILY.format(
    date="5 May", north=112, bangs=40, south=9, before="Saturday", after="Sunday", last=77
)  # fmt: skip
TUESDAY = DAILY.format(
    date="6 May", north=85, bangs=31, south=22, before="Sunday", after="Monday", last=121
)  # fmt: skip
LOCAL = (
    "The choir of Ashby will sing on Saturday for the ferrymen's families, said Irene Falk, who leads it; "
    "the collection goes to a fund for those whose boats lie idle."
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2031-{text}")


def report(
    name: str,
    *text: str,
    publisher: str | None = None,
    published: str | dt.date | None = "05-14",
    title: str = "",
) -> Told:
    """A report of an outlet of its own unless a publisher is given."""
    when = day(published) if isinstance(published, str) else published
    return Told(
        id=name,
        text="\n\n".join(text),
        publisher=publisher or f"Outlet {name}",
        published=when,
        title=title,
    )


def judged(seq: int, decision: str, *subjects: str) -> Judgement:
    moment = dt.datetime(2031, 6, 1, tzinfo=dt.UTC)
    return Judgement(
        seq=seq, decision=decision, subjects=subjects, by="Ada", reason="read both", recorded=moment
    )


def grouped(*reports: Told, judgements: tuple[Judgement, ...] = ()) -> set[str]:
    """The origins as ids put together: ``{"ab", "c"}``."""
    made = origins(reports, judgements=judgements)
    return {"".join(sorted(key.partition("/")[2] for key in origin.members)) for origin in made}


def one_origin(copy: Told) -> Origin:
    """The origin of the ferry story and a copy of it, which must be one."""
    found = origins([report("a", *FERRY, title="Last ferry sails empty"), copy])
    assert len(found) == 1, f"{copy.text!r} is another origin"
    return found[0]


# --- trap 26: what outlets do to a wire story ----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FERRY[:3], id="cut tail"),
        pytest.param(FERRY[:1] + FERRY[1:2], id="first paragraphs only"),
        pytest.param((LOCAL, *FERRY), id="a local lead"),
        pytest.param((FERRY[0], FERRY[3], FERRY[1], FERRY[4], FERRY[2]), id="other order"),
        pytest.param((FERRY[0], FERRY[2], FERRY[4]), id="dropped paragraphs"),
        pytest.param(
            (BRIDGE[2], SCHOOL[2], *FERRY, BRIDGE[0], BRIDGE[1], SCHOOL[0]), id="within a longer one"
        ),
        pytest.param(
            (*FERRY, "(Reporting by our desk; editing by P. Okafor)", "All rights reserved."), id="credits"
        ),
    ],
)
def test_a_copy_with_other_paragraphs_is_of_the_same_origin(text: tuple[str, ...]) -> None:
    assert one_origin(report("b", *text, title="Shots over the Tarn")).why[0].agree[0] == "text"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("'", "\u2019", id="apostrophes"),
        pytest.param('"', "\u201d", id="quotation marks"),
        pytest.param(" - ", " \u2014 ", id="dashes"),
        pytest.param(" ", " \n   ", id="broken lines"),
        pytest.param(" ", "\u00a0", id="hard spaces"),
        pytest.param("fi", "\ufb01", id="ligatures"),
        pytest.param("nd", "n\u00add", id="soft hyphens"),
        pytest.param("'", "&rsquo;", id="entities"),
        pytest.param("'", "\u00e2\u20ac\u2122", id="UTF-8 read as Windows-1252"),
        pytest.param("a", "\u0430", id="letters that look Latin"),
        pytest.param("harbour", "harbor", id="another English"),
        pytest.param("Tarn", "Tarne", id="another spelling of a name"),
        pytest.param("1,204", "1204", id="a figure without its separator"),
        pytest.param("Fourteen", "14", id="a number in figures"),
    ],
)
def test_typography_damage_and_spelling_are_no_matter(old: str, new: str) -> None:
    copy = report("b", *(paragraph.replace(old, new) for paragraph in FERRY))
    assert copy.text != report("b", *FERRY).text
    why = one_origin(copy).why[0]
    assert why.words > 0.93
    assert "figures" in why.agree


def test_a_corrected_figure_is_a_copy_and_is_told() -> None:
    copy = report("b", *(paragraph.replace("23 shots", "32 shots") for paragraph in FERRY), published="05-15")
    why = one_origin(copy).why[0]
    assert why.figures == (6, 1)
    assert "figures" not in why.agree


def test_an_origin_says_which_fields_agree_and_how_much() -> None:
    copy = report("b", *FERRY[:3], title="Last ferry sails empty")
    made = one_origin(copy)
    assert made.members == ("Outlet a/a", "Outlet b/b")
    (why,) = made.why
    assert (why.one, why.other) == ("Outlet a/a", "Outlet b/b")
    assert why.agree == ("text", "figures", "title", "published")
    assert why.words == 1
    assert 0.5 < why.longer < 0.7
    assert why.days == 0


def test_many_copies_are_one_origin_whichever_of_them_resemble_each_other() -> None:
    copies = [report(str(n), *FERRY[: n % 4 + 2], LOCAL.replace("Ashby", f"Town{n}")) for n in range(20)]
    assert len(origins(copies)) == 1


def test_the_very_same_text_in_five_hundred_outlets_is_one_origin_that_explains_itself() -> None:
    (made,) = origins([report(str(n), *FERRY) for n in range(500)])
    assert len(made.members) == 500
    assert len(made.why) == 499


# --- trap 27: who tells it, and when it says it was -----------------------------------------------------


def test_a_look_alike_domain_is_of_the_origin_that_it_copies() -> None:
    first = report("a", *FERRY, publisher="meridian-wire.example")
    fake = report("b", *FERRY[:4], publisher="meridian-w\u0456re.example")
    assert grouped(first, fake) == {"ab"}


def test_a_copy_misdated_by_ten_years_is_of_the_same_origin_and_the_years_are_seen() -> None:
    made = one_origin(report("b", *FERRY, published=dt.date(2021, 5, 14)))
    assert made.why[0].days == 3652
    assert "published" not in made.why[0].agree


def test_a_copy_without_a_date_is_of_the_same_origin() -> None:
    assert one_origin(report("b", *FERRY, published=None)).why[0].days is None


def test_the_same_report_in_a_foreign_frame_is_of_the_same_origin() -> None:
    frame = "What the other side's papers write. The following appeared under the heading of a rival wire."
    assert one_origin(report("b", frame, *FERRY)).why[0].words == 1


# --- what is no copy ------------------------------------------------------------------------------------


def test_stories_on_one_event_in_other_words_are_two_origins() -> None:
    other = (
        "Shots were heard on the Ostmark side of the Tarn on Wednesday and the ferry turned round without a "
        "passenger on board. Odile Brandt, the harbour master, put the number of shots at 23.",
        "Families who meant to visit graves had to go home. Their permits have run out, and the joint "
        "commission will have to begin again; Ostmark says its border command fired at nobody.",
    )
    assert grouped(report("a", *FERRY), report("b", *other)) == {"a", "b"}


def test_two_bulletins_of_one_series_are_two_origins() -> None:
    mission = "Joint Monitoring Mission"
    monday = report("a", MONDAY, publisher=mission, published="05-05")
    tuesday = report("b", TUESDAY, publisher=mission, published="05-06")
    assert grouped(monday, tuesday) == {"a", "b"}


def test_reprints_of_two_bulletins_are_each_of_its_own_bulletin() -> None:
    mission = "Joint Monitoring Mission"
    reports = (
        report("a", MONDAY, publisher=mission, published="05-05"),
        report("b", TUESDAY, publisher=mission, published="05-06"),
        report("c", LOCAL, MONDAY, published="05-06"),
        report("d", TUESDAY, "From our correspondent.", published="05-07"),
    )
    assert grouped(*reports) == {"ac", "bd"}


def test_a_bulletin_that_says_the_same_on_the_next_day_is_another() -> None:
    quiet = (
        "The Mission recorded no ceasefire violations in the reporting period. Its patrols saw no weapons "
    )
    quiet += (
        "in the withdrawal zones, and its cameras at the bridge and at the waterworks were in order. The "
    )
    quiet += "Mission thanks both sides for their cooperation and will report again on the following day."
    mission = "Joint Monitoring Mission"
    monday = report("a", quiet, publisher=mission, published="05-05")
    tuesday = report("b", quiet, publisher=mission, published="05-06")
    assert grouped(monday, tuesday) == {"a", "b"}


def test_a_daily_tally_told_with_other_numbers_on_the_next_day_is_another() -> None:
    tally = (
        "The health office of Varenia said that {} people had been killed and {} wounded in the past day and "
        "that the dead since the truce began now number {}. It gave no names and did not say how many of "
        "them bore arms. Its count includes those who died of wounds received on earlier days."
    )
    first = report("a", tally.format(7, 31, 402), published="05-05")
    second = report("b", tally.format(4, 12, 406), published="05-06")
    assert grouped(first, second) == {"a", "b"}


def test_a_follow_up_that_repeats_the_background_is_another_story() -> None:
    later = (*BRIDGE, *SCHOOL, FERRY[4])
    assert grouped(report("a", *FERRY), report("b", *later, published="05-16")) == {"a", "b"}


def test_a_digest_joins_one_of_its_three_stories_and_never_joins_the_three() -> None:
    digest = report("d", "Our digest of the day", *FERRY[:3], *BRIDGE, *SCHOOL[:2], title="The day in brief")
    stories = (report("a", *FERRY), report("b", *BRIDGE), report("c", *SCHOOL))
    made = grouped(digest, *stories)
    assert len(made) == 3
    assert not any(len(set(origin) & set("abc")) > 1 for origin in made)


def test_like_worded_releases_of_one_day_on_two_people_are_two() -> None:
    words = (
        "The President spoke today with {} about the ceasefire and the release of the prisoners. They agreed "
        "that the talks had to be brought to a close as soon as possible and that their teams would remain "
        "in close contact over the coming days. The President thanked {} for the part played in them."
    )
    names = ("King Aldor of Velmark", "Premier Ilse Tamm of Ostrel")
    first, second = (
        report(key, words.format(name, name), publisher="The Palace", title=f"Call with {name}")
        for key, name in zip("ab", names, strict=True)
    )
    assert grouped(first, second) == {"a", "b"}


def test_two_items_that_share_a_quotation_are_two() -> None:
    quotation = '"We ask the men on both banks to let the ferry run on the days that were agreed in April"'
    first = (
        f"Ferrymen of Kelder hung a banner with the words {quotation} from the wheelhouse before they tied "
        "up their boats on Wednesday. The company does not mind."
    )
    second = (
        f"A sheet that reads {quotation} can be seen from as far as the Ostmark side, where nobody has "
        "answered it yet, since the crews went on strike over shots above their heads."
    )
    vocabulary = Vocabulary()
    like = compare(*(lay(vocabulary.wording(text)) for text in (first, second)))
    assert COPIED < like.words < LITTLE_COPIED
    assert grouped(report("a", first), report("b", second)) == {"a", "b"}


# --- very short texts ------------------------------------------------------------------------------------

ITEM = "Shots fired over the Tarn ferry at Kelder, harbour master says; nobody hurt, boats tied up"


def test_an_item_of_one_line_is_a_copy_on_its_day_only() -> None:
    first = report("a", ITEM, published="05-14")
    assert grouped(first, report("b", ITEM, published="05-14")) == {"ab"}
    assert grouped(first, report("b", ITEM, published="05-15")) == {"a", "b"}
    assert grouped(first, report("b", ITEM, published=None)) == {"a", "b"}


def test_an_item_that_names_its_day_is_a_copy_on_the_next_day_too() -> None:
    item = f"{ITEM} on Wednesday until further notice"
    first, second = report("a", item, published="05-14"), report("b", item, published="05-15")
    assert grouped(first, second) == {"ab"}
    assert grouped(first, report("b", item, published="05-16")) == {"a", "b"}


def test_an_item_with_another_figure_is_another() -> None:
    item = "Mission counts {} ceasefire violations along the Tarn in a day, most of them in the north sector"
    assert grouped(report("a", item.format(12)), report("b", item.format(15))) == {"a", "b"}


@pytest.mark.parametrize(
    "text", ["", " \n", "Morning briefing", "Pictures of the week", "!!! ???", "12 34 56"]
)
def test_a_heading_or_nothing_is_never_a_copy(text: str) -> None:
    assert grouped(report("a", text), report("b", text)) == {"a", "b"}


# --- names, judgements, order ----------------------------------------------------------------------------


def test_a_key_is_told_apart_whatever_the_names_hold() -> None:
    names = ["", "A", "A/B", "A%2FB", "%", "/"]
    keys = {Told(id=name, text="", publisher=publisher).key for name in names for publisher in names}
    assert len(keys) == len(names) ** 2
    assert [publisher_of(Told(id="1/2", text="", publisher=name).key) for name in names] == [None, *names[1:]]


def test_two_reports_of_one_publisher_and_id_are_refused() -> None:
    with pytest.raises(ValueError, match="Post/1: two reports"):
        origins([report("1", "One.", publisher="Post"), report("1", "Two.", publisher="Post")])


def test_reports_judged_different_are_two_origins() -> None:
    first, second = report("a", *FERRY), report("b", *FERRY)
    assert grouped(first, second, judgements=(judged(1, "different", "a", "b"),)) == {"a", "b"}
    assert grouped(first, second, judgements=(judged(1, "different", first.key, second.key),)) == {"a", "b"}


def test_reports_judged_the_same_are_one_origin_by_judgement() -> None:
    first, second = report("a", *FERRY), report("b", *BRIDGE)
    (made,) = origins([first, second], judgements=[judged(1, "same", "a", "b")])
    assert made.why[0].agree[0] == "judgement"
    assert made.why[0].words < 0.1


def test_a_judgement_on_claims_or_on_reports_that_are_not_there_is_passed_over() -> None:
    reports = (report("a", *FERRY), report("b", *FERRY))
    assert grouped(*reports, judgements=(judged(1, "different", "claim-1", "a"),)) == {"ab"}


def test_a_judgement_on_one_copy_leaves_the_others_together() -> None:
    reports = [report(name, *FERRY) for name in "abcd"]
    different = tuple(judged(n, "different", "d", other) for n, other in enumerate("abc"))
    assert grouped(*reports, judgements=different) == {"abc", "d"}


PARAGRAPHS = (*FERRY, *BRIDGE, *SCHOOL, LOCAL, MONDAY, TUESDAY, ITEM, "")
told_ = st.lists(
    st.tuples(
        st.lists(st.sampled_from(PARAGRAPHS), max_size=5),
        st.sampled_from(["Wire", "Post", "Herald", None]),
        st.sampled_from([day("05-14"), day("05-15"), dt.date(2021, 5, 14), None]),
    ),
    max_size=9,
)


def drawn(parts: list[tuple[list[str], str | None, dt.date | None]]) -> list[Told]:
    return [
        Told(id=str(number), text="\n".join(text), publisher=publisher, published=published)
        for number, (text, publisher, published) in enumerate(parts)
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told_, st.randoms(use_true_random=False))
def test_the_order_of_the_reports_is_no_matter(
    parts: list[tuple[list[str], str | None, dt.date | None]], random: Random
) -> None:
    reports = drawn(parts)
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert origins(shuffled) == origins(reports)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told_, st.lists(st.tuples(st.sampled_from(["same", "different"]), st.permutations("012")), max_size=3))
def test_each_report_is_in_exactly_one_origin_and_judgements_are_kept(
    parts: list[tuple[list[str], str | None, dt.date | None]], decisions: list[tuple[str, list[str]]]
) -> None:
    reports = drawn(parts)
    judgements = [judged(n, decision, *ids[:2]) for n, (decision, ids) in enumerate(decisions)]
    made = origins(reports, judgements=judgements)
    assert sorted(key for origin in made for key in origin.members) == sorted(r.key for r in reports)
    last = {frozenset(judgement.subjects): judgement.decision for judgement in judgements}
    for origin in made:
        ids = [key.partition("/")[2] for key in origin.members]
        for pair in itertools.combinations(ids, 2):
            assert last.get(frozenset(pair)) != "different"


def test_origins_come_by_date_and_their_ids_do_not_hang_on_later_copies() -> None:
    first, second = report("a", *FERRY, published="05-14"), report("b", *BRIDGE, published="05-12")
    made = origins([first, second])
    assert [origin.members[0] for origin in made] == [second.key, first.key]
    later = origins([first, second, report("c", *FERRY, published="05-16")])
    assert [origin.id for origin in later] == [origin.id for origin in made]


# --- the parts -------------------------------------------------------------------------------------------


def test_tokens_are_words_without_marks() -> None:
    text = "\u201cDon\u2019t\u201d \u2014 Z\u00ebl\u00ads 1,566 &amp; 19:30, \ufb01fty\u2011one per\u00a0cent"
    assert tokens(text) == ["dont", "zels", "1,566", "19:30", "fifty", "one", "per", "cent"]


def test_a_repeated_phrase_is_counted_as_often_as_both_have_it() -> None:
    vocabulary = Vocabulary()
    once = "The President of the Republic of Velmark was there, and the others had stayed at home that day"
    often = "the President of the Republic of Velmark " * 9
    like = compare(lay(vocabulary.wording(once)), lay(vocabulary.wording(often)))
    assert like.common == 7


def test_figures_are_compared_where_they_stand_in_the_same_place() -> None:
    vocabulary = Vocabulary()
    one = "They counted 12 shots and saw 3 tanks near the mill on Monday before the fog came down"
    other = "They counted 15 shots and saw 3 tanks near the mill on Tuesday before the fog came down"
    like = compare(lay(vocabulary.wording(one)), lay(vocabulary.wording(other)))
    assert (like.words, like.same, like.other, like.days) == (1, 1, 2, 0)
