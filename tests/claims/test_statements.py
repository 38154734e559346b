import pytest

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims.statements import read
from trucewatch.claims.voices import voices
from trucewatch.model import Statement


def statements(text: str, **given: str) -> list[Statement]:
    doc = document(text, **given)
    return list(read(doc, annotate(doc)))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Jan Kowal said that the road was open.", "assert"),
        ("Jan Kowal denied that the road was closed.", "deny"),
        ("Jan Kowal accused Estonia of closing the road.", "accuse"),
        ("Jan Kowal demanded an open road.", "demand"),
        ("Jan Kowal warned of a long winter.", "warn"),
        ("Jan Kowal called for an open road.", "appeal"),
        ("Jan Kowal offered to open the road.", "offer"),
        ("Jan Kowal vowed to open the road.", "promise"),
        ("Jan Kowal announced an open road.", "announce"),
        ("Jan Kowal admitted that the road was closed.", "acknowledge"),
        ("Jan Kowal said that both sides must open the road.", "demand"),
        ("Jan Kowal said that he was ready to open the road.", "offer"),
    ],
)
def test_the_act_is_what_the_speaker_does_with_the_words(text: str, act: str) -> None:
    assert [s.act for s in statements(text)] == [act]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('"The road is open," Jan Kowal said.', "direct"),
        ('Jan Kowal said the road was "open to all" again.', "mixed"),
        ("Jan Kowal said the road was open.", "indirect"),
    ],
)
def test_the_form_is_how_much_of_the_content_is_quoted(text: str, form: str) -> None:
    assert [s.form for s in statements(text)] == [form]


def test_whoever_is_told_is_addressed() -> None:
    (s,) = statements("Jan Kowal told Mari Tamm that the road was open.")
    assert [a.name for a in s.addressees] == ["Mari Tamm"]


def test_whoever_is_accused_stands_in_about() -> None:
    (s,) = statements("Jan Kowal accused Estonia of closing the road.")
    assert ([a.name for a in s.about], s.addressees) == (["Estonia"], ())


def test_whoever_violence_is_attributed_to_stands_in_about() -> None:
    (s,) = statements('Jan Kowal attributed the fighting in the east to "Estonian provocations".')
    assert (s.act, [a.name for a in s.about]) == ("accuse", ["Estonia"])


def test_whoever_is_asked_to_do_something_is_addressed() -> None:
    (s,) = statements("Jan Kowal asked that Estonia and Latvia take his demands to heart.")
    assert (s.act, [a.name for a in s.addressees]) == ("demand", ["Estonia", "Latvia"])


def test_a_tweet_is_made_on_a_social_network() -> None:
    (s,) = statements('"The road is open," Jan Kowal wrote on Twitter.')
    assert s.channel == "social network"


def test_a_relayed_statement_names_its_relay_not_a_second_speaker() -> None:
    (s,) = statements("The Kremlin reported that Kowal denied closing the road.")
    assert ([a.name for a in s.speaker], [v.source for v in s.said_by]) == (["Kowal"], ["Kremlin"])


def test_a_statement_quoted_by_an_agency_is_relayed_by_it() -> None:
    (s,) = statements('"The road is open," the Kremlin says in a statement quoted by Lusa.')
    assert ([a.name for a in s.speaker], [v.source for v in s.said_by]) == (["Kremlin"], ["Lusa"])


def test_what_lies_in_a_content_is_vouched_for_by_its_speaker() -> None:
    text = "Jan Kowal said that shells fell in Vordal. The road is open."
    doc = document(text)
    annotations = annotate(doc)
    shells = (text.index("shells"), text.index("."))
    road = (text.index("The road"), len(text))
    assert [v.source for v in voices(doc, annotations, shells)] == ["Jan Kowal"]
    assert voices(doc, annotations, road) == ()
