from hypothesis import given
from hypothesis import strategies as st

from trucewatch.documents.divisions import divide

PROSE = st.text(alphabet=st.sampled_from("abc ABC.,!?\n\"'“”‘’«»„é😀\u200f—()0"), max_size=200)


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in divide(text).sentences]


def quoted(text: str) -> list[str]:
    return [text[q.inner[0] : q.inner[1]] for q in divide(text).quotations]


@given(PROSE | st.text(max_size=200))
def test_sentences_cover_all_but_white_space_in_order_without_overlap(text: str) -> None:
    at = 0
    for start, end in divide(text).sentences:
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@given(PROSE | st.text(max_size=200))
def test_quotations_lie_in_the_text_and_hold_words(text: str) -> None:
    for q in divide(text).quotations:
        assert 0 <= q.span[0] <= q.inner[0] < q.inner[1] <= q.span[1] <= len(text)
        assert text[slice(*q.inner)].strip()


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    text = "The U.S. sent Gen. Smith to Kyiv on Feb. 20. He left at 7 p.m. on Sunday."
    assert words(text) == [
        "The U.S. sent Gen. Smith to Kyiv on Feb. 20.",
        "He left at 7 p.m. on Sunday.",
    ]


def test_a_sentence_may_end_without_a_space_after_it() -> None:
    assert words("Troops went to Lithuania.Szabo said so.") == ["Troops went to Lithuania.", "Szabo said so."]


def test_a_quotation_of_several_sentences_is_divided_inside() -> None:
    assert words('"We go. We stay," he said.') == ['"We go.', 'We stay," he said.']


def test_a_cue_stays_with_the_quotation_before_it() -> None:
    assert words("“Every life!” the head of state noted. “We come forward.”") == [
        "“Every life!” the head of state noted.",
        "“We come forward.”",
    ]


def test_a_text_without_a_full_stop_is_cut_between_words() -> None:
    pieces = words("word " * 5000)
    assert max(map(len, pieces)) <= 2500
    assert " ".join(pieces) == ("word " * 5000).strip()


def test_hard_wrapped_lines_run_on_and_blank_lines_divide() -> None:
    text = (
        "President Alva spoke earlier today with Prime Minister Beran. The\n"
        "President reaffirmed his commitment to the security of the region\n"
        "following the attacks earlier this month. They also reviewed talks\n"
        "to secure the release of hostages together with a ceasefire.\n\n"
        "The leaders agreed to remain in contact."
    )
    assert len(divide(text).paragraphs) == 2
    assert "The\nPresident reaffirmed" in words(text)[1]


def test_curly_straight_single_and_angle_quotes_are_found() -> None:
    assert quoted('He said "one" and “two” and «three».') == ["one", "two", "three"]
    assert quoted("'We call for it,' the presidents' office said.") == ["We call for it,"]
    assert quoted("‘We don’t agree,’ he said.") == ["We don’t agree,"]


def test_apostrophes_are_no_quotes() -> None:
    assert quoted("The soldiers' lives, Putin's call and the '90s don't count.") == []


def test_mixed_marks_close_each_other() -> None:
    assert quoted('"Every life!” he said.') == ["Every life!"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    found = divide('"We begin here.\nAnd she said nothing.').quotations
    assert [(q.closed, q.inner) for q in found] == [(False, (1, 15))]


def test_a_missing_close_does_not_swallow_the_next_quotation() -> None:
    assert quoted('He said "we will not go and then "we stay" again.')[-1] == "we stay"


def test_a_dateline_is_no_part_of_the_first_sentence() -> None:
    assert words("HALDEN, May 14 (Harbour Wire) - The guns fell silent. All is quiet.")[1:] == [
        "The guns fell silent.",
        "All is quiet.",
    ]
    assert words("PORT ALVA (Wire) -- The guns fell silent.")[1] == "The guns fell silent."
