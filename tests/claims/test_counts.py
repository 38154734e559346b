import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims.counts import read
from trucewatch.model import Comparison, Count, Measure, Number


def counts(text: str, **given: str) -> list[Count]:
    doc = document(text, **given)
    return list(read(doc, annotate(doc)))


def bare(text: str) -> list[tuple[Measure, Number | None, Number | None]]:
    return [(c.measure, c.low, c.high) for c in counts(text)]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Seven soldiers were killed.", "killed"),
        ("The blast killed seven people.", "killed"),
        ("Seven people died in the fire.", "killed"),
        ("The raid claimed the lives of seven people.", "killed"),
        ("The shelling left seven people dead.", "killed"),
        ("The death toll rose to seven.", "killed"),
        ("The raid ended with the death of seven officers.", "killed"),
        ("Seven bodies were found.", "killed"),
        ("The blast wounded seven people.", "wounded"),
        ("Seven villagers were seriously injured.", "wounded"),
        ("It neutralised seven fighters.", "casualties"),
        ("Seven refugees came.", "displaced"),
        ("Fighting displaced seven thousand people.", "displaced"),
        ("Police arrested seven men.", "prisoners"),
        ("Seven explosions were heard.", "explosions"),
        ("The mission recorded seven ceasefire violations.", "ceasefire_violations"),
        ("Seven shots were fired.", "shots"),
        ("The army destroyed seven tanks.", "weapons"),
        ("Seven drones were shot down.", "weapons"),
        ("Seven air strikes hit the town.", "other"),
    ],
)
def test_a_number_counts_what_its_unit_or_verb_says(text: str, measure: Measure) -> None:
    assert [m for m, _, _ in bare(text)] == [measure]


@pytest.mark.parametrize(
    "text",
    [
        "The man, 45, was shot at.",
        "It cost $30 million.",
        "The town lies 30 km from the border.",
        "Turnout fell by 12 percent.",
        "The two leaders met on 18 February 2022.",
        "They talked for two hours.",
        "The 20-year-old conflict goes on.",
        "The two sides agreed on four points.",
        "A blast could kill 40 people.",
    ],
)
def test_ages_money_distances_and_what_may_happen_are_no_counts(text: str) -> None:
    assert bare(text) == []


def test_the_killed_and_wounded_of_one_sentence_are_counts_of_their_own() -> None:
    assert bare("Shelling killed 12 people, including three children, and wounded 40.") == [
        ("killed", 12, 12),
        ("killed", 3, 3),
        ("wounded", 40, 40),
    ]


def test_at_least_binds_only_its_own_number() -> None:
    assert bare("At least four people were killed and seven injured.") == [
        ("killed", 4, None),
        ("wounded", 7, 7),
    ]


def test_a_verb_after_a_list_counts_all_of_it() -> None:
    assert bare("Nine soldiers and 14 rebels were killed.") == [("killed", 9, 9), ("killed", 14, 14)]


def test_a_part_of_those_killed_is_killed_too() -> None:
    assert bare("The raid killed 21 people, eight of them children.") == [
        ("killed", 21, 21),
        ("killed", 8, 8),
    ]


def test_somebody_told_by_an_article_counts_one_where_it_happened_to_them() -> None:
    assert bare("A child was killed and a man watched.") == [("killed", 1, 1)]
    assert bare("A woman and a child were killed.") == [("killed", 2, 2)]


def test_explosions_among_violations_are_a_count_of_their_own() -> None:
    text = "The mission recorded 591 ceasefire violations, including 553 explosions."
    assert bare(text) == [("ceasefire_violations", 591, 591), ("explosions", 553, 553)]


def test_a_number_alone_goes_on_with_what_was_counted_before_it() -> None:
    text = (
        "The mission logged 591 truce violations in Arda region and 975 in Borda region, and none in Corda."
    )
    assert [(c.low, c.place and c.place.name) for c in counts(text)] == [
        (591, "Arda region"),
        (975, "Borda region"),
        (0, "Corda"),
    ]


def test_no_violations_is_a_zero() -> None:
    assert bare("The mission recorded no ceasefire violations.") == [("ceasefire_violations", 0, 0)]


MISSION = """Tarn Monitoring Mission
Daily report of 16 May 2031

Based on information as of 18:00 on 15 May.

The Mission logged 591 truce violations in Arda region, compared with 222 in the previous reporting period."""


def test_a_mission_is_the_observer_and_its_own_voice_in_its_own_report() -> None:
    count = counts(MISSION, published="2031-05-16")[0]
    assert (count.observer and count.observer.name) == "Tarn Monitoring Mission"
    assert count.said_by == ()


def test_a_mission_told_of_by_others_vouches_for_its_number() -> None:
    (count,) = counts("Rivena was calm. The Tarn Monitoring Mission recorded 591 ceasefire violations.")
    assert [(v.source, v.cue) for v in count.said_by] == [("Tarn Monitoring Mission", "recorded")]


def test_the_cut_off_ends_the_window_and_the_period_before_ends_a_day_earlier() -> None:
    now, before = counts(MISSION, published="2031-05-16")
    assert (now.time and now.time.end, now.previous) == ("2031-05-15", False)
    assert (before.time and before.time.end, before.previous) == ("2031-05-14", True)


def test_a_number_is_compared_with_that_of_the_period_before() -> None:
    now, _ = counts(MISSION, published="2031-05-16")
    assert now.comparison == Comparison(relation="above", scope="previous reporting period", than=222)


def test_several_evenings_are_never_one_day() -> None:
    text = "Between the evenings of 13 and 16 May the mission recorded 2,158 ceasefire violations."
    (count,) = counts(text, published="2031-05-17")
    assert (count.time and (count.time.start, count.time.end), count.period) == (
        ("2031-05-13", "2031-05-16"),
        "PT72H",
    )


def test_the_article_of_a_record_day() -> None:
    text = (
        "The observers announced on Saturday that they had recorded more than 1,500 ceasefire "
        "violations in 24 hours, "
        "a record this year."
    )
    (count,) = counts(text, published="2031-05-18")
    assert (count.low, count.high, count.period) == (1501, None, "PT24H")
    assert [v.cue for v in count.said_by] == ["announced"]
    assert count.comparison == Comparison(relation="highest", scope="this year")
    assert count.time is None


def test_a_headline_that_the_body_repeats_is_not_counted_twice() -> None:
    text = "Blast kills seven in Arda\n\nA blast killed seven people in Arda on Monday, officials said."
    assert bare(text) == [("killed", 7, 7)]


def test_evidence_stands_on_the_number_it_tells_of() -> None:
    text = "Shelling killed 12 people in Arda, and 40 were wounded in Borda."
    assert [text[slice(*c.evidence)].strip(" ,.") for c in counts(text)] == [
        "Shelling killed 12 people in Arda",
        "40 were wounded in Borda",
    ]


WORDS = (
    "the blast killed wounded injured 12 dozens of people soldiers tanks were was and , including "
    "three children . "
    "recorded no ceasefire violations explosions in Arda compared with at least more than said died a "
    "child none"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_run_of_counting_words_gives_counts_that_stand_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for count in counts(text):
        start, end = count.evidence
        assert 0 <= start < end <= len(text)
        assert count.low is not None or count.high is not None
