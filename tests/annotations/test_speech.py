import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.model import Attribution

WORDS = st.lists(
    st.sampled_from(
        'said told "Yes," "We go. “No.” denied that Kowal Warsaw, according to . : he noted by, and'.split()
    ),
    max_size=40,
).map(" ".join)


def only(text: str) -> tuple[list[str], str, str]:
    """Speakers, cue and content of the one attribution of a text."""
    doc = document(text)
    (a,) = [a for a in annotate(doc).speech if a.statement]
    return [s.name for s in a.speakers], a.verb, " ... ".join(doc.words(c) for c in a.content)


def attributions(text: str) -> list[Attribution]:
    return list(annotate(document(text)).speech)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Warsaw said that the road was open.", "Poland", "that the road was open"),
        ("The road was open, Warsaw said.", "Poland", "The road was open"),
        ("The road was open, said Jan Kowal on Monday.", "Jan Kowal", "The road was open"),
        ("According to Warsaw, the road was open.", "Poland", "the road was open"),
        ("The road was open, according to Warsaw.", "Poland", "The road was open"),
        ("Jan Kowal told Mari Tamm that the road was open.", "Jan Kowal", "that the road was open"),
        ("Warsaw denies any warlike plan.", "Poland", "any warlike plan"),
        ('Jan Kowal: "The road is open now."', "Jan Kowal", '"The road is open now."'),
        ("“The road is open now,” Jan Kowal said.", "Jan Kowal", "“The road is open now,”"),
        ("'The road is open now,' Jan Kowal said.", "Jan Kowal", "'The road is open now,'"),
        ("Jan Kowal, the mayor of Halden, warned of a long winter.", "Jan Kowal", "a long winter"),
        ("The same witness said the road was open.", "same witness", "the road was open"),
    ],
)
def test_who_says_what_in_any_order(text: str, speaker: str, content: str) -> None:
    speakers, _, said = only(text)
    assert (speakers, said) == ([speaker], content)


def test_a_quotation_of_several_sentences_is_one_content() -> None:
    text = '"The road is open. We will use it," Jan Kowal said.'
    assert only(text)[2] == '"The road is open. We will use it,"'


def test_a_quotation_that_goes_on_after_its_cue_is_one_content() -> None:
    text = '"The road is open," Jan Kowal said. "We will use it soon."'
    assert only(text)[2] == text


def test_a_paragraph_that_is_a_quotation_carries_on_its_speaker() -> None:
    text = '"The road is open," Jan Kowal said.\n"We will use it as soon as the guns fall silent there."'
    assert [[s.name for s in a.speakers] for a in attributions(text)] == [["Jan Kowal"], ["Jan Kowal"]]


def test_a_second_cue_of_the_same_subject_has_its_own_content() -> None:
    text = "Warsaw denies any warlike plan and claims to have left the town."
    assert [(a.verb, a.speakers[0].name) for a in attributions(text)] == [
        ("deny", "Poland"),
        ("claim", "Poland"),
    ]


def test_a_reported_speaker_is_relayed_by_the_outer_one() -> None:
    inner = next(
        a for a in attributions("The Kremlin reported that Kowal accused Estonia of lying.") if a.statement
    )
    outer = next(
        a
        for a in attributions("The Kremlin reported that Kowal accused Estonia of lying.")
        if not a.statement
    )
    assert [s.name for s in inner.speakers] == ["Kowal"]
    assert [s.name for s in inner.about] == ["Estonia"]
    assert [s.name for s in outer.speakers] == ["Kremlin"]


def test_a_passive_has_no_speaker() -> None:
    assert only("It was noted that the road was open.")[0] == []


def test_the_accused_of_a_passive_stand_in_about() -> None:
    (a,) = attributions("Estonia was accused of massing troops at the border.")
    assert ([x.name for x in a.about], a.speakers) == (["Estonia"], ())


@pytest.mark.parametrize(
    "text",
    [
        "Warsaw would say nothing of the kind.",
        "The road is open and the town is quiet.",
        "A resolution backed by Warsaw passed.",
        "The United States lies to the west.",
    ],
)
def test_what_nobody_says_is_no_attribution(text: str) -> None:
    assert attributions(text) == []


@given(WORDS | st.text(max_size=200))
def test_spans_lie_in_the_text_whatever_it_is(text: str) -> None:
    for a in attributions(text):
        for start, end in [
            a.span,
            *a.content,
            *([a.source] if a.source else []),
            *([a.cue] if a.cue else []),
        ]:
            assert 0 <= start < end <= len(text)
