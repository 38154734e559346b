"""Measure exported weights on held-out text, or write what they read for the tools in shared/.

    python -m training.evaluate FOLDER attribution COMPARTMENT OUT.jsonl    for tools/score_attribution.py
    python -m training.evaluate FOLDER evidence GOLD OUT.jsonl              for tools/score.py (its "found")
    python -m training.evaluate FOLDER speed TEXTS
    python -m training.evaluate FOLDER classes GOLD                         accuracy of the small classes

``--network encoder.f32.onnx`` measures the float32 file instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training import prepare
from trucewatch.annotations.chunks import split
from trucewatch.annotations.encoder import Encoder
from trucewatch.model import Attribution, Evidence


def attributions(encoder: Encoder, folder: Path) -> Iterator[dict[str, object]]:
    """The attributions of every text of a PolNeAR compartment, in the form of ANNOTATIONS.md."""
    for path in sorted((folder / "text").glob("*.txt")):
        found = encoder.read(path.read_text(encoding="utf8")).attributions
        yield {"report": {"id": path.stem}, "annotations": [_mark(a) for a in found]}


def _mark(a: Attribution) -> dict[str, object]:
    return {
        "label": "attribution", "span": a.span, "annotator": a.annotator, "score": a.score,
        "source": a.source, "cue": a.cue, "content": a.content,
    }  # fmt: skip


def claims(encoder: Encoder, folder: Path) -> Iterator[dict[str, object]]:
    """Evidence and classes of every report of a gold folder, as claims without their other fields."""
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        found = encoder.read((folder / f"{name}.txt").read_text(encoding="utf8")).evidence
        yield {"report": {"id": name}, "claims": [_claim(e) for e in found]}


def _claim(e: Evidence) -> dict[str, object]:
    return {
        "kind": e.kind, "evidence": e.span, "said_by": [], "confidence": e.score,
        **{field: value for field, (value, _) in e.classes.items()},
    }  # fmt: skip


def classes(encoder: Encoder, folder: Path) -> dict[str, tuple[int, int]]:
    """How many small classes are right, of the claims whose evidence is found."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for document in prepare.gold(folder):
        found = encoder.read(str(document["text"])).evidence
        for claim in document["evidence"]:  # type: ignore[attr-defined]
            start, end = claim["span"]
            near = [e for e in found if e.kind == claim["kind"] and e.span[0] < end and start < e.span[1]]
            best = max(near, key=lambda e: min(e.span[1], end) - max(e.span[0], start), default=None)
            for name, value in claim["classes"].items() if best else ():
                got = best.classes.get(name.split(".")[1], ("", 0.0))[0] if best else ""
                counts[name][0] += got == value
                counts[name][1] += 1
    return {name: (right, n) for name, (right, n) in sorted(counts.items())}


def speed(encoder: Encoder, folder: Path) -> str:
    """Pieces and texts a second, over the texts of a folder."""
    texts = [p.read_text(encoding="utf8") for p in sorted(folder.glob("*.txt"))]
    pieces = sum(len(split(encoder.pieces, t).pieces) for t in texts)
    encoder.read(texts[0])
    began = time.perf_counter()
    for text in texts:
        encoder.read(text)
    spent = time.perf_counter() - began
    rates = f"{pieces / spent:,.0f} pieces/s, {len(texts) / spent:.1f} texts/s"
    return f"{len(texts)} texts, {pieces} pieces, {rates}"


def main() -> None:
    """Run one measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("measure", choices=("attribution", "evidence", "speed", "classes"))
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--network", default="encoder.onnx")
    options = parser.parse_args()
    encoder = Encoder(options.folder, network=options.network)
    if options.measure == "speed":
        sys.stdout.write(speed(encoder, options.data) + "\n")
    elif options.measure == "classes":
        for name, (right, n) in classes(encoder, options.data).items():
            sys.stdout.write(f"{name:22} {right / max(1, n):.3f} of {n}\n")
    elif options.out is None:
        parser.error(f"{options.measure} needs OUT.jsonl")
    else:
        read = attributions if options.measure == "attribution" else claims
        with options.out.open("w", encoding="utf8") as file:
            file.writelines(json.dumps(line) + "\n" for line in read(encoder, options.data))


if __name__ == "__main__":
    main()
