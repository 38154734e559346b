"""Tune and calibrate exported weights on the documents that training kept back; writes settings.json.

    python -m training.tune DATA FOLDER [--network encoder.onnx]

``lean`` shifts each tag sequence between finding more and finding less; it stays 0 where the gain is
within two standard errors, as it is on sets this small. ``trust`` and ``faith`` make
the scores probabilities: of an attribution that all its spans lie on the annotated ones, of evidence
that it lies on a claim of its kind.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training import examples
from training.train import split
from trucewatch.annotations.encoder import Encoder
from trucewatch.annotations.labels import KINDS, SEQUENCES
from trucewatch.model import Span

LEANS = (-1.5, -1.0, -0.6, -0.3, 0.0, 0.3, 0.6, 1.0)
Floats = npt.NDArray[np.float64]


def held_out(data: Path) -> list[dict[str, Any]]:
    """The documents that training kept back."""
    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    path = data / "documents.jsonl"
    _, held = split(examples.load(path, tokenizer))
    names = {e.name for e in held}
    documents = (json.loads(line) for line in path.read_text(encoding="utf8").splitlines())
    return [d for d in documents if d["id"] in names]


def common(a: Span, b: Span) -> float:
    """How much of the shorter span the other covers; nothing where one is far longer."""
    short, long = sorted((a[1] - a[0], b[1] - b[0]))
    if long > 4 * short + 200:
        return 0.0
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, short)


def pairs(gold: list[Span], found: list[Span], like: Callable[[Span, Span], float]) -> list[tuple[int, int]]:
    """One-to-one matches, the likest first."""
    ranked = sorted(
        ((like(g, f), -abs(g[0] - f[0]), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        reverse=True,
    )
    left, right, out = set(range(len(gold))), set(range(len(found))), []
    for value, _, i, j in ranked:
        if value >= 0.5 and i in left and j in right:
            out.append((i, j))
            left.discard(i)
            right.discard(j)
    return out


def f1(hits: int, gold: int, found: int) -> float:
    """F1 of one-to-one matches."""
    return 2 * hits / max(1, gold + found)


def measure(encoder: Encoder, documents: list[dict[str, Any]]) -> dict[str, float]:
    """F1 of the cues (half strict, half overlap) and of the evidence of each kind."""
    counts = {name: np.zeros(4) for name in SEQUENCES}
    for document in documents:
        reading = encoder.look(document["text"])
        if document["set"] == "polnear":
            gold = list({(a["cue"][0], a["cue"][1]) for a in document["attributions"]})
            found = list({a.cue for a in reading.attributions if a.cue})
            strict = len(set(gold) & set(found))
            counts["cue"] += (len(pairs(gold, found, common)), strict, len(gold), len(found))
        else:
            for kind in KINDS:
                gold = [(e["span"][0], e["span"][1]) for e in document["evidence"] if e["kind"] == kind]
                found = [e.span for e in reading.evidence if e.kind == kind]
                hits = len(pairs(gold, found, common))
                counts[kind] += (hits, hits, len(gold), len(found))
    return {
        name: (f1(int(o), int(g), int(f)) + f1(int(s), int(g), int(f))) / 2
        for name, (o, s, g, f) in counts.items()
    }


def sizes(documents: list[dict[str, Any]]) -> dict[str, int]:
    """How many annotated spans there are for each tag sequence: a gain below 1 / sqrt(n) is chance."""
    counts = {
        kind: sum(e["kind"] == kind for d in documents for e in d.get("evidence", ())) for kind in KINDS
    }
    return {"cue": sum(len(d.get("attributions", ())) for d in documents), **counts}


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


def calibrate(encoder: Encoder, documents: list[dict[str, Any]]) -> dict[str, object]:
    """The weights of the scores, fitted on whether what was found is right."""
    features: list[tuple[float, ...]] = []
    right: list[float] = []
    by_kind: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
    for document in documents:
        for a, sure in _explained(encoder, document):
            features.append(tuple(odds(s) for s in sure))
            right.append(float(any(_whole(g, a) for g in document["attributions"])))
        if document["set"] == "gold":
            for kind in KINDS:
                gold = [(e["span"][0], e["span"][1]) for e in document["evidence"] if e["kind"] == kind]
                found = [e for e in encoder.look(document["text"]).evidence if e.kind == kind]
                hit = {j for _, j in pairs(gold, [e.span for e in found], common)}
                by_kind[kind] += ((odds(e.score), float(j in hit)) for j, e in enumerate(found))
    trust = logistic(np.array(features), np.array(right))
    faith = {
        kind: logistic(np.array([[f] for f, _ in rows]), np.array([r for _, r in rows]))
        for kind, rows in by_kind.items()
        if len(rows) >= 20
    }
    return {"trust": trust, "faith": faith}


def _explained(encoder: Encoder, document: dict[str, Any]) -> list[tuple[Any, tuple[float, ...]]]:
    if document["set"] != "polnear":
        return []
    reading = encoder.look(document["text"])
    return list(zip(reading.attributions, reading.chances, strict=True))


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
    settings["faith"] = {}
    settings["lean"] = [0.0] * len(SEQUENCES)
    path.write_text(json.dumps(settings) + "\n", encoding="utf8")
    encoder, documents = Encoder(options.folder, network=options.network), held_out(options.data)
    found: dict[str, dict[float, float]] = {name: {} for name in SEQUENCES}
    for lean in LEANS:
        encoder.lean = np.full(len(SEQUENCES), lean, dtype=np.float32)
        for name, value in measure(encoder, documents).items():
            found[name][lean] = value
    for name, count in sizes(documents).items():
        best = max(LEANS, key=found[name].__getitem__)
        if found[name][best] - found[name][0.0] > count**-0.5:
            settings["lean"][SEQUENCES.index(name)] = best
        sys.stdout.write(f"{name} of {count}: { {k: round(v, 3) for k, v in found[name].items()} }\n")
    sys.stdout.write(f"lean {settings['lean']}\n")
    encoder.lean = np.array(settings["lean"], dtype=np.float32)
    settings |= calibrate(encoder, documents)
    msgspec.json.decode(json.dumps(settings).encode(), type=type(encoder.settings))
    path.write_text(json.dumps(settings) + "\n", encoding="utf8")
    sys.stdout.write(f"trust {settings['trust']}\nfaith {settings['faith']}\n")


if __name__ == "__main__":
    main()
