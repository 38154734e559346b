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
        ("Both soldiers fell.", 2, 2),
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
        ("The 45-year-old spoke.", "year-old"),
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
        "Resolution 2254 stands.",
        "They met on 18 February 2022.",
        "They talked for two hours.",
        "It is no longer there.",
        "No one knows.",
    ],
)
def test_names_and_dates_are_no_quantities(text: str) -> None:
    assert not [q for q in found(text) if q.unit != "one"]


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
