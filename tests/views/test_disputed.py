"""The disputes and positions as sentences: both sides, who speaks, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from tests.situation.disputing import TEXTS, TRUCE, counts, paper, says
from trucewatch.model import Entry
from trucewatch.situation import assess
from trucewatch.views.disputed import disputed, stances
from trucewatch.views.sitrep import Desk

ACCUSED = says(
    "accuse",
    "Varenia",
    "Varenia accused the hill brigades of 29 violations of the truce.",
    "29 violations of the truce",
    about=["hill brigades"],
)
ANSWERED = says(
    "accuse",
    "Orlen",
    "Orlen accused Varenian forces of 29 violations of the truce.",
    "29 violations of the truce",
    about=["Varenian forces"],
)
SHELLED = says(
    "accuse",
    "Varenia",
    "Varenia accused Orlen of shelling the school in Saltmarsh.",
    "shelling the school in Saltmarsh",
    about=["Orlen"],
    place="Saltmarsh",
)
DENIED = says(
    "deny",
    "Orlen",
    "Orlen denied that its gunners had shelled the school in Saltmarsh.",
    "that its gunners had shelled the school in Saltmarsh",
    place="Saltmarsh",
)


def desk(*told: list[Entry], at: str = "03-09") -> Desk:
    class Shelf:
        def entries(self, known: object = None, **asked: object) -> list[Entry]:
            return [] if asked.get("undated") else [e for part in told for e in part]

        def reports(self, known: object = None, **asked: object) -> list[object]:
            return []

        def issues(self) -> list[object]:
            return []

        def judgements(self, known: object = None) -> list[object]:
            return []

        def text(self, sha256: str, *, default: str | None = None) -> str:
            return TEXTS[sha256]

        def texts(self, sha256s: Collection[str]) -> dict[str, str]:
            return {name: TEXTS[name] for name in sha256s}

    situation = assess(Shelf(), TRUCE, at=dt.date.fromisoformat(f"2031-{at}"))  # type: ignore[arg-type]
    return Desk(situation=situation, text_of=TEXTS.__getitem__)


def sentences(made: Desk) -> list[str]:
    return [draft.text for draft in disputed(made).drafts]


def test_a_claim_and_its_denial_stand_in_one_sentence_with_speakers_and_days() -> None:
    (text,) = sentences(desk(paper("03-08", SHELLED), paper("03-09", DENIED, name="later")))
    assert text.startswith("Told and denied: Varenia accused Orlen: shelling the school in Saltmarsh")
    assert "(Harbour Post, 8 March); Orlen denied: that its gunners had shelled the school" in text


def test_every_claim_of_both_sides_is_cited() -> None:
    made = desk(paper("03-08", SHELLED), paper("03-09", DENIED, name="later"))
    (draft,) = disputed(made).drafts
    (dispute,) = made.situation.disputes
    assert set(draft.rests) == {f"claim:{name}" for name in (*dispute.claims, *dispute.against)}


def test_a_denial_without_a_claim_says_so() -> None:
    (text,) = sentences(desk(paper("03-08", DENIED)))
    assert text.startswith("Denied, and no claim on file that it answers: Orlen denied: that its gunners")


def test_a_denial_in_few_words_is_told_in_its_whole_sentence() -> None:
    brief = says("deny", "Orlen", "Orlen rejected the charge.", "the charge", place="Saltmarsh")
    (text,) = sentences(desk(paper("03-08", SHELLED, brief)))
    assert text.endswith("; Orlen rejected the charge (Harbour Post, 8 March)")


def test_two_sides_that_accuse_each_other_are_told_so() -> None:
    (text,) = sentences(desk(paper("03-08", ACCUSED), paper("03-09", ANSWERED, name="other")))
    assert text.startswith("Each accuses the other: ")
    assert "accused hill brigades" in text
    assert "accused Varenian forces" in text


def test_rival_counts_name_those_to_whom_they_are_attributed() -> None:
    ours = counts(29, "Varenia accused the hill brigades of 29 violations of the truce.", "Varenia", "03-08")
    theirs = counts(29, "Orlen accused Varenian forces of 29 violations of the truce.", "Orlen", "03-08")
    made = desk(paper("03-09", ACCUSED, ours), paper("03-09", ANSWERED, theirs, name="other"))
    (text,) = [text for text in sentences(made) if text.startswith("Rival counts")]
    assert text.count("gives 29 ceasefire violations") == 2
    assert "attributed to hill brigades" in text
    assert "attributed to Varenian forces" in text


def test_nothing_disputed_says_so_and_what_is_old_is_left_to_the_export() -> None:
    (text,) = sentences(desk(paper("03-08", DENIED), at="03-13"))
    assert text == "No denial, counter-accusation or rival figure of the last days is on file"


def test_a_position_tells_how_it_came_about() -> None:
    asked = says(
        "demand",
        "Orlen",
        "Orlen demanded the withdrawal of howitzers from the Tarn.",
        "the withdrawal of howitzers from the Tarn",
        to=["Varenia"],
        place="Saltmarsh",
    )
    offered = says(
        "offer",
        "Bero Saar",
        "Bero Saar offered a withdrawal of howitzers from the Tarn.",
        "a withdrawal of howitzers from the Tarn",
        place="Saltmarsh",
    )
    (draft,) = stances(desk(paper("03-05", asked), paper("03-09", offered, name="later")))
    assert draft.text == (
        "Orlen offers (to Varenia): the withdrawal of howitzers from the Tarn; before: demand on 5 March"
    )


def test_what_is_agreed_is_told_as_due_and_not_as_a_position() -> None:
    agreed = says(
        "agree", "Orlen", "Orlen agreed to a truce at the bridge.", "a truce at the bridge", place="Saltmarsh"
    )
    assert stances(desk(paper("03-09", agreed))) == []


def test_nobody_is_called_a_perpetrator() -> None:
    made = desk(paper("03-08", SHELLED, ACCUSED), paper("03-09", DENIED, ANSWERED, name="later"))
    assert "perpetrator" not in " ".join(sentences(made)).lower()
