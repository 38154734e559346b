"""Training data: what is taken in and, above all, what is not."""

import os
from pathlib import Path

import pytest

from training import prepare

SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", Path(__file__).parents[3] / "shared"))
STANDOFF = """T1\tSource 0 3\tShe
T2\tCue 4 8\tsaid
T3\tContent 9 12;20 25\tone two
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
T4\tCue 30 34\tsays
E2\tAttribution:T4 Cue:T4
E3\tAttribution:T1 Source:T1
"""


def test_an_attribution_is_read_as_the_hulls_of_its_spans() -> None:
    assert list(prepare.attributions(STANDOFF)) == [
        {"source": [0, 3], "cue": [4, 8], "content": [9, 25]},
        {"source": None, "cue": [30, 34], "content": None},
    ]


def test_classes_are_taken_where_the_claim_has_a_known_value() -> None:
    claim: dict[str, str | None] = {"kind": "incident", "type": "shelling", "trend": None}
    assert prepare.classes(claim) == {"incident.type": "shelling", "incident.trend": ""}
    assert prepare.classes({"kind": "contact", "form": "seance", "status": "held"}) == {
        "contact.status": "held"
    }


def words(first: int, last: int) -> dict[str, object]:
    return {"id": f"{first}-{last}", "text": " ".join(f"w{n}" for n in range(first, last))}


def test_a_held_out_text_is_known_again_under_another_name_and_in_part() -> None:
    held = [words(0, 100)]
    assert prepare.leaks([words(0, 100)], held) == ["0-100"]
    assert prepare.leaks([words(60, 300)], held) == ["60-300"]
    assert prepare.leaks([words(200, 300)], held) == []


def test_no_text_that_measures_stands_among_our_own_training_reports() -> None:
    tests = Path(__file__).parents[1]
    held = [{"id": p.name, "text": p.read_text()} for p in sorted((tests / "held").glob("*.txt"))]
    held += [{"id": p.name, "text": p.read_text()} for p in sorted((tests.parent / "examples").glob("*.txt"))]
    own = [{"id": p.name, "text": p.read_text()} for p in sorted(prepare.OWN.rglob("*.txt"))]
    assert len(held) >= 40
    assert len(own) >= 100
    assert prepare.leaks(own, held) == []


def test_names_are_read_with_their_offsets_and_sentences_with_countries_left_out(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text(
        "Adan\tB-politician\nBrecht\tI-politician\nspoke\tO\nin\tO\nHalden\tB-location\n\n"
        "Varenia\tB-country\nvoted\tO\n"
    )
    (found,) = prepare.names(path)
    assert found["text"] == "Adan Brecht spoke in Halden "
    assert found["marks"] == [["actor", 0, 11, "person"], ["place", 21, 27, None]]


@pytest.mark.skipif(not (SHARED / "gold" / "dev").exists(), reason="needs the shared corpora")
def test_no_text_of_the_gold_dev_set_is_trained_on() -> None:
    train = [*prepare.gold(SHARED / "gold/train"), *prepare.gold(prepare.OWN)]
    dev = list(prepare.gold(SHARED / "gold/dev"))
    leaked = set(prepare.leaks(train, dev))
    held = [prepare.shingles(str(d["text"])) for d in dev]
    for document in train:
        if document["id"] not in leaked:
            own = prepare.shingles(str(document["text"]))
            assert max((len(own & h) / max(1, min(len(own), len(h))) for h in held), default=0) < 0.2
    assert prepare.leaks(dev, dev) == [d["id"] for d in dev]
