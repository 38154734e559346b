import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import dates, quantities
from trucewatch.model import Annotations, Number, Quantity


def found(text: str) -> tuple[Quantity, ...]:
    doc = document(text, published="2022-02-20")
    return quantities.annotate(doc, dates.annotate(doc, Annotations())).quantities


def only(text: str) -> Quantity:
    (quantity,) = found(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Seven soldiers fell.", 7, 7),
        ("It saw 1,566 violations.", 1566, 1566),
        ("It saw 1.5 million refugees.", 1_500_000, 1_500_000),
        ("It saw no ceasefire violations.", 0, 0),
        ("A dozen soldiers fell.", 12, 12),
        ("Dozens of soldiers fell.", 24, None),
        ("Hundreds fell.", 200, None),
        ("Tens of thousands of soldiers came.", 20_000, None),
        ("Half a million refugees came.", 500_000, 500_000),
        ("Three and a half thousand refugees came.", 3500, 3500),
        ("Twenty-five soldiers fell.", 25, 25),
        ("Three hundred and twelve soldiers fell.", 312, 312),
        ("Between 20 and 30 soldiers fell.", 20, 30),
        ("It has 169,000 to 190,000 soldiers there.", 169_000, 190_000),
        ("It has 20-30 tanks there.", 20, 30),
        ("It has 1.5 to 2 million members.", 1_500_000, 2_000_000),
        ("It saw more than 1,500 violations.", 1501, None),
        ("Over 40 soldiers fell.", 41, None),
        ("At least four soldiers fell.", 4, None),
        ("No fewer than nine soldiers fell.", 9, None),
        ("Up to 30 soldiers fell.", None, 30),
        ("As many as 190,000 troops are there.", None, 190_000),
        ("Fewer than 10 soldiers fell.", None, 9),
        ("Twelve or more soldiers fell.", 12, None),
        ("A couple of soldiers fell.", 2, 2),
        ("A few soldiers fell.", 3, None),
        ("A few hundred soldiers fell.", 300, None),
        ("Several thousands of soldiers fell.", 3000, None),
        ("A hundred and fifty soldiers fell.", 150, 150),
        ("A million and a half refugees came.", 1_500_000, 1_500_000),
        ("One and a half million refugees came.", 1_500_000, 1_500_000),
        ("It has 5 million 300 thousand refugees.", 5_300_000, 5_300_000),
        ("It has 1.1 million refugees.", 1_100_000, 1_100_000),
        ("It cost $200m.", 200_000_000, 200_000_000),
        ("It fired 40k shells.", 40_000, 40_000),
        ("It has 5m refugees.", 5_000_000, 5_000_000),
        ("Hundreds and hundreds of soldiers fell.", 200, None),
        ("Dozens or dozens of soldiers fell.", 24, None),
        ("Hundreds and hundreds of thousands of people fled.", 200_000, None),
        ("It left tens if not hundreds of thousands of mines.", 20_000, None),
        ("Zero casualties were counted.", 0, 0),
        ("As few as 10 soldiers came.", 10, None),
        ("Just over 40 soldiers came.", 41, None),
        ("Several soldiers fell.", 3, None),
        ("It fired 473 400 rounds.", 473_400, 473_400),
    ],
)
def test_a_number_keeps_its_bounds(text: str, low: Number | None, high: Number | None) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize(
    "word", ["about", "around", "nearly", "some", "roughly", "approximately", "an estimated"]
)
def test_an_approximate_number_says_so(word: str) -> None:
    quantity = only(f"It has {word} 900 soldiers there.")
    assert (quantity.low, quantity.high, quantity.approximate, quantity.change) == (900, 900, True, "~")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It saw 591 ceasefire violations in the region.", "ceasefire violations"),
        ("Twelve Kurdish fighters were killed.", "Kurdish fighters"),
        ("They hit 130 tanks and left.", "tanks"),
        ("Two members of the guard fell.", "members of the guard"),
        ("Four people killed in the town.", "people"),
        ("20 wounded soldiers came.", "wounded soldiers"),
        ("It cost $30 million.", "dollars"),
        ("It fell by 12 percent.", "%"),
        ("It lies 30 km away.", "km"),
    ],
)
def test_the_unit_is_the_noun_that_is_counted(text: str, unit: str) -> None:
    assert only(text).unit == unit


def test_two_numbers_of_a_list_are_two_quantities() -> None:
    both = found("The mission recorded 591 in the north and 975 in the south.")
    assert [q.low for q in both] == [591, 975]


def test_a_change_from_one_number_to_another_is_no_range() -> None:
    assert [q.high for q in found("The toll rose from 20 to 39.")] == [20, 39]


@pytest.mark.parametrize(
    "text",
    [
        "Brigade 93 left.",
        "An F-16 left.",
        "A 9K72 and a 2S19 left.",
        "Resolution 2254 stands.",
        "Decree No. 117 stands.",
        "Decree № 344/2022 stands.",
        "Law 114-FZ stands.",
        "Work on Nord Stream 2 will go on.",
        "They visited the COP 28 climate summit.",
        "The Bucharest Nine agreed.",
        "They belong to the Three Seas Initiative.",
        "The Group of Seven met.",
        "They live at 12 Long Street.",
        "It offers the “123” agreement.",
        "They won 3-1.",
        "They work 24/7.",
        "Call +7(495) 606 2035 or 3-62-76.",
        "See https://example.org/2024/05/report-20 for more.",
        "1. Shelling goes on.",
        "They agreed; 4) the guns fall silent.",
        "They met on 18 February 2022.",
        "They met at 10 am.",
        "They talked for two hours.",
        "It lasted five long years.",
        "It will last a year or two.",
        "The 2014 accord fell.",
        "The 45-year-old spoke.",
        "He turned 87 today.",
        "It is for people over 60.",
        "It lowered the age to 18.",
        "Two thirds of them left.",
        "Nine out of ten shells missed.",
        "One in five shells missed.",
        "The twenty-first convoy left.",
        "It wants three times more shells.",
        "It is a two-way street.",
        "Both sides left.",
        "It is no longer there.",
        "No one knows.",
        "There is zero tolerance for it.",
        "None of this is known.",
        "One of them spoke.",
        "He was one of those killed in the raid.",
        "It is a practical one.",
        "It is a purely practical one.",
        "An attack on one is an attack on all.",
        "He is the only one.",
        "They fight around one person or another.",
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("More than 40% of the houses burned.", 40, None),
        ("The border is over 3,500 kilometres long.", 3500, None),
        ("It sold more than 6 million tons of grain.", 6_000_000, None),
        ("It spent more than $ 25 million.", 25_000_000, None),
        ("It costs less than $10.", None, 10),
        ("It uses less than 250 kilowatts.", None, 250),
        ("It gave up to UAH 7 billion.", None, 7_000_000_000),
        ("It gave over 3 billion euros.", 3_000_000_000, None),
        ("It made more than 7 million doses.", 7_000_001, None),
    ],
)
def test_a_bound_of_a_measure_is_the_number_itself(
    text: str, low: Number | None, high: Number | None
) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("It needs about $ 5 billion a month.", "dollars", "about $ 5 billion"),
        ("It grew to US$250 billion.", "dollars", "US$250 billion"),
        ("It raised UAH 3 billion.", "hryvnias", "UAH 3 billion"),
        ("It paid 40 €.", "euros", "40 €"),
    ],
)
def test_a_sign_of_money_is_the_unit_and_belongs_to_the_mark(text: str, unit: str, words: str) -> None:
    quantity = only(text)
    assert quantity.unit == unit
    assert text[slice(*quantity.span)] == words
    assert quantity.unit_span
    assert text[slice(*quantity.unit_span)] in words


def test_words_of_estimate_reach_a_number_past_its_sign_of_money() -> None:
    assert only("It needs nearly $1 billion.").approximate


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It needs 10% to 15% more.", 10, 15),
        ("It needs $2 to $3 billion.", 2_000_000_000, 3_000_000_000),
        ("From 30 to 40 soldiers came.", 30, 40),
        ("Two or three hundred soldiers came.", 200, 300),
        ("Between 600 and 800 workers came.", 600, 800),
    ],
)
def test_a_range_is_one_quantity(text: str, low: Number, high: Number) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high) == (low, high)


def test_a_word_of_speech_takes_the_estimate_from_about() -> None:
    assert not only("There is information about more than 300 dead.").approximate
    assert not only("They talked about three villages.").approximate


def test_a_couple_is_about_two() -> None:
    assert only("A couple of soldiers fell.").approximate


@pytest.mark.parametrize(
    "text",
    [
        "They killed one of the guards.",
        "One of the guards was killed.",
        "One soldier fell.",
        "It gives one for the town.",
    ],
)
def test_one_counts_where_somebody_is_harmed_or_counted(text: str) -> None:
    assert (only(text).low, only(text).high) == (1, 1)


def test_no_one_harmed_is_none() -> None:
    assert only("No one was injured.").high == 0


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The toll is over 40.", 41),
        ("About 2014 soldiers left.", 2014),
        ("It needs 2000 soldiers.", 2000),
        ("It has a force of 1950 soldiers.", 1950),
        ("They shot 12 times after that.", 12),
        ("Two first-aid posts burned.", 2),
        ("The shelling killed one and went on.", 1),
        ("At that point 12 died.", 12),
        ("They hit 12.He left.", 12),
        ("In Donetsk 24 were hurt.", 24),
        ("Near Donetsk 24 military fell.", 24),
    ],
)
def test_what_looks_like_a_label_counts_all_the_same(text: str, low: Number) -> None:
    assert only(text).low == low


def test_a_figure_in_brackets_counts() -> None:
    assert [q.low for q in found("It saw fewer shots (in the days before: 189).")] == [189]


def test_a_capital_number_word_counts_before_what_it_counts() -> None:
    assert only("Tags Aleppo Airstrikes Four medics were killed.").low == 4


def test_a_mark_covers_bounds_number_and_unit() -> None:
    text = "It saw more than 1,500 ceasefire violations there."
    quantity = only(text)
    assert text[slice(*quantity.span)] == "more than 1,500 ceasefire violations"
    assert text[slice(*quantity.number)] == "1,500"


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_figure_with_separators_is_its_number(number: int) -> None:
    assert only(f"It has {number:,} tanks.").low == number


NUMBER_WORDS = (
    "one two hundred and a half million dozens of more than at least 20 - to between soldiers "
    "killed no both $ % several 5 thousand , . or up "
).split()


@given(st.lists(st.sampled_from(NUMBER_WORDS), max_size=16))
def test_any_run_of_number_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    for quantity in found(text):
        assert 0 <= quantity.span[0] < quantity.span[1] <= len(text)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
