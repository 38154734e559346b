"""Tune and calibrate exported weights on the articles that training kept back; writes settings.json.

    python -m training.tune DATA FOLDER [--network encoder.onnx]

``lean`` shifts a tag sequence between finding more and finding less: that of cues is tuned by the F1 of
cues, sources and contents (half strict, half overlap), and stays 0 where the gain is within chance; those
of evidence lean to finding more, since claims too improbable are left out later (training/join.py).
``trust`` makes the score of an attribution the probability that all its spans lie on the annotated ones.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from training import examples
from training.train import held
from trucewatch.annotations.encoder import Encoder
from trucewatch.annotations.labels import KINDS, SEQUENCES
from trucewatch.annotations.pieces import Pieces
from trucewatch.model import Attribution, Span

LEANS = (-1.5, -1.0, -0.6, -0.3, 0.0, 0.3, 0.6)
EVIDENCE = 0.0
Floats = npt.NDArray[np.float64]


def held_out(data: Path) -> list[dict[str, Any]]:
    """The articles that training kept back."""
    path = data / "documents.jsonl"
    names = held(examples.load(path, Pieces(data / "vocabulary.txt")))
    documents = (json.loads(line) for line in path.read_text(encoding="utf8").splitlines())
    return [d for d in documents if d["id"] in names]


def spans(
    gold: list[dict[str, Any]], found: tuple[Attribution, ...]
) -> dict[str, tuple[set[Span], set[Span]]]:
    """Annotated and found spans of each part of the attributions of an article."""
    out: dict[str, tuple[set[Span], set[Span]]] = {}
    for part in ("source", "cue", "content"):
        mine = {(a[part][0], a[part][1]) for a in gold if a[part]}
        parts = [getattr(a, part) for a in found]
        hulls = [(p[0][0], p[-1][1]) if part == "content" else p for p in parts if p]
        out[part] = (mine, set(hulls))
    return out


def measure(encoder: Encoder, documents: list[dict[str, Any]]) -> dict[str, float]:
    """F1 of sources, cues and contents: half strict, half by overlap."""
    counts = {part: np.zeros(5) for part in ("source", "cue", "content")}
    for document in documents:
        both = spans(document["attributions"], encoder.look(document["text"]).attributions)
        for part, (gold, found) in both.items():
            near = sum(any(_touch(g, f) for g in gold) for f in found)
            back = sum(any(_touch(g, f) for f in found) for g in gold)
            counts[part] += (len(gold), len(found), len(gold & found), near, back)
    return {part: _f1(*c) for part, c in counts.items()}


def _f1(gold: float, found: float, strict: float, near: float, back: float) -> float:
    precision, recall = near / max(1, found), back / max(1, gold)
    overlap = 2 * precision * recall / max(1e-9, precision + recall)
    return float((2 * strict / max(1, gold + found) + overlap) / 2)


def logistic(features: Floats, right: Floats, *, strength: float = 1.0) -> list[float]:
    """Weights of a logistic regression (bias first), shrunk towards 0 by ``strength``."""
    x = np.hstack([np.ones((len(features), 1)), features])
    w = np.zeros(x.shape[1])
    shrink = np.diag([1e-6, *[strength] * features.shape[1]])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x.T * (p * (1 - p) + 1e-9)) @ x + shrink, x.T @ (right - p) - shrink @ w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return [round(float(v), 4) for v in w]


def odds(chance: float) -> float:
    """Log odds, as the encoder reckons them."""
    kept = min(1 - 1e-6, max(1e-6, chance))
    return float(np.log(kept / (1 - kept)))


def calibrate(encoder: Encoder, documents: list[dict[str, Any]]) -> list[float]:
    """The weights of the scores, fitted on whether what was found is right."""
    features: list[tuple[float, ...]] = []
    right: list[float] = []
    for document in documents:
        reading = encoder.look(document["text"])
        for a, sure in zip(reading.attributions, reading.chances, strict=True):
            features.append(tuple(odds(s) for s in sure))
            right.append(float(any(_whole(g, a) for g in document["attributions"])))
    return logistic(np.array(features), np.array(right))


def _whole(gold: dict[str, Any], found: Any) -> bool:
    content = (found.content[0][0], found.content[-1][1]) if found.content else None
    return bool(
        _touch(gold["cue"], found.cue)
        and _touch(gold["content"], content)
        and (not gold["source"] or _touch(gold["source"], found.source))
    )


def _touch(a: Any, b: Any) -> bool:
    return bool(a and b and a[0] < b[1] and b[0] < a[1])


def main() -> None:
    """Tune lean, then calibrate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--network", default="encoder.onnx")
    options = parser.parse_args()
    path = options.folder / "settings.json"
    settings = json.loads(path.read_text(encoding="utf8"))
    settings["lean"] = [EVIDENCE if name in KINDS else 0.0 for name in SEQUENCES]
    path.write_text(json.dumps(settings) + "\n", encoding="utf8")
    encoder, documents = Encoder(options.folder, network=options.network), held_out(options.data)
    found: dict[float, float] = {}
    for lean in LEANS:
        encoder.lean[0] = lean
        parts = measure(encoder, documents)
        found[lean] = sum(parts.values()) / 3
        sys.stdout.write(f"lean {lean}: {found[lean]:.4f} { {k: round(v, 3) for k, v in parts.items()} }\n")
    best = max(LEANS, key=found.__getitem__)
    size = sum(len(d["attributions"]) for d in documents)
    if found[best] - found[0.0] > 0.25 * size**-0.5:
        settings["lean"][0] = best
    encoder.lean = np.array(settings["lean"], dtype=np.float32)
    settings["trust"] = calibrate(encoder, documents)
    msgspec.json.decode(json.dumps(settings).encode(), type=type(encoder.settings))
    path.write_text(json.dumps(settings) + "\n", encoding="utf8")
    sys.stdout.write(f"lean {settings['lean']}\ntrust {settings['trust']}\n")


if __name__ == "__main__":
    main()
