"""Claims quote the words as received, also where the rules read a restored text."""

from tests.reading import document
from trucewatch.claims.exact import exact
from trucewatch.model import Actor, Commitment, Time, Voice

RECEIVED = "varenia will withdraw its guns by friday, the ministry said"
RESTORED = "Varenia will withdraw its guns by Friday, the Ministry said"


def test_what_quotes_the_text_is_as_received_and_names_are_as_restored() -> None:
    claim = Commitment(
        evidence=(0, 40),
        said_by=(Voice(source="Ministry", cue="said"),),
        parties=(Actor(name="Varenia", span=(0, 7)),),
        action="withdraw its guns by Friday",
        topic="withdrawal",
        strength="pledged",
        time=Time(text="by Friday", end="2031-05-16"),
    )
    told = exact(claim, document(RESTORED), document(RECEIVED))
    assert told.action == "withdraw its guns by friday"
    assert told.time == Time(text="by friday", end="2031-05-16")
    assert told.said_by == claim.said_by
    assert told.parties == claim.parties


def test_words_that_do_not_stand_in_the_text_stay() -> None:
    claim = Commitment(
        evidence=(0, 40), said_by=(), parties=(), action="stop", topic="other", strength="pledged"
    )
    assert exact(claim, document(RESTORED), document(RECEIVED)) == claim
