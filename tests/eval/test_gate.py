"""The eval gate: it names what is wrong, and our corpus has nothing wrong."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.eval import gate, sets
from tests.eval.sets import Gold, Json

COMPILER = sets.SHARED / "tools" / "compile_gold.py"


def one(**fields: Any) -> Gold:
    claim: Json = {"kind": "contact", "evidence": [0, 8], "said_by": [], "form": "talks", "status": "held"}
    claim |= {"participants": [{"name": "They", "span": [0, 4]}]}
    return Gold(name="a", text="They met.", head={"id": "a"}, claims=(claim | fields,))


def write_floors(path: Path, **dev: float) -> Path:
    others = {name: dict.fromkeys(wanted, 0.0) for name, wanted in gate.DEMANDED.items() if name != "dev"}
    lines = [
        f"[{name}]\n" + "".join(f"{figure} = {floor}\n" for figure, floor in floors.items())
        for name, floors in ({"dev": dev} | others).items()
    ]
    path.write_text("\n".join(lines))
    return path


def test_our_corpus_has_no_faults() -> None:
    assert list(gate.corpus_faults()) == []


def test_the_floors_name_every_figure_of_all_sets() -> None:
    assert {name: set(floors) for name, floors in gate.floors().items()} == {
        name: set(figures) for name, figures in gate.DEMANDED.items()
    }


def test_a_floor_that_is_missing_is_named(tmp_path: Path) -> None:
    path = write_floors(tmp_path / "floors.toml", **dict.fromkeys(gate.DEMANDED["dev"][1:], 0.0))
    with pytest.raises(ValueError, match=r"floors.toml \[dev\]: right missing"):
        gate.floors(path)


def test_a_figure_below_its_floor_is_named_and_one_at_its_floor_is_not() -> None:
    told = list(gate.below("dev", {"right": 0.312, "count": 0.5}, {"right": 0.35, "count": 0.5}))
    assert told == ["[dev] right is 0.312, below its floor of 0.350"]


def test_a_figure_that_cannot_be_measured_is_named() -> None:
    [told] = gate.below("corpus", {}, {"posture": 0.2})
    assert "[corpus] posture" in told


def test_a_sound_gold_has_no_faults() -> None:
    assert list(gate.gold_faults(one())) == []


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"evidence": [0, 99]}, "evidence"),
        ({"status": "over"}, "status"),
        ({"kind": "rumour"}, "rumour"),
        ({"mood": "bright"}, "mood"),
        ({"participants": [{"name": "They", "span": [4, 4]}]}, "participants"),
        ({"time": {"start": "Sunday"}}, "Sunday"),
    ],
)
def test_a_fault_in_a_gold_is_named(fields: Json, named: str) -> None:
    assert any(named in fault for fault in gate.gold_faults(one(**fields)))


def test_a_gold_under_another_name_is_a_fault() -> None:
    moved = msgspec.structs.replace(one(), name="b")
    assert any("says it is 'a'" in fault for fault in gate.gold_faults(moved))


def test_a_corpus_too_small_and_an_example_without_gold_are_faults(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "lonely.txt").write_text("They met.")
    faults = list(gate.corpus_faults(tmp_path / "corpus", tmp_path / "examples"))
    assert faults[0].startswith("corpus: 0 annotated reports")
    assert faults[1].startswith("examples: 1 reports")
    assert faults[2:] == ["lonely: has no lonely.gold.json in corpus"]


def test_a_gold_without_its_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "gone.gold.json").write_text('{"report": {"id": "gone"}, "claims": []}')
    assert any(fault.startswith("gone: cannot be scored") for fault in gate.corpus_faults(tmp_path, tmp_path))


@pytest.mark.skipif(not COMPILER.exists(), reason=sets.ABSENT)
def test_our_gold_is_what_its_annotations_compile_to() -> None:
    spec = importlib.util.spec_from_file_location("compile_gold", COMPILER)
    assert spec is not None
    assert spec.loader is not None
    compiler = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compiler)
    annotated = sorted(sets.CORPUS.glob("*.ann.json"))
    assert annotated
    for path in annotated:
        name = path.name.removesuffix(".ann.json")
        written = sets.load_one(sets.CORPUS / f"{name}.gold.json", sets.CORPUS, sets.EXAMPLES)
        told = json.loads(path.read_text(encoding="utf-8"))["claims"]
        compiled = [compiler.compile_claim(written.text, claim, name) for claim in told]
        assert compiled == list(written.claims), f"{name}: compile its gold anew"
