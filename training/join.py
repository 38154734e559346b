"""Fit the weights that join rules and encoder, on reports that the encoder had not seen.

    python -m training.join DATA FOLDS OUT.json PLOT.svg

FOLDS is a folder with the exported encoders fold0, fold1, ... of training by folds, or some of them: each
reads only the reports that its training left out. What the join gains and how far its confidences mean
what they say is measured by cross-fitting: the weights for a fifth of the reports are fitted on the rest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from tests.eval.scoring import KINDS, Names, compare, mark, place, time
from training.plot import reliability
from training.train import FOLDS, fold
from training.tune import logistic
from trucewatch import documents
from trucewatch.annotations import RULES, annotate
from trucewatch.annotations.encoder import Encoder
from trucewatch.annotations.labels import ABSENT, CLASSES
from trucewatch.claims import joining, ruled, seen
from trucewatch.claims.fillers import Candidate, View
from trucewatch.claims.joining import Part, Weights
from trucewatch.model import AnyClaim, Report, digest

PARTS = 5
LEASTS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
USUAL = 0.65  # the mark of a field on average: one marked lower lowers the share of a claim
SLACK = 0.005
RIGHT = 0.5  # the share of its fields from which a claim counts as right
STEPS = (0.0, 0.3, 0.6, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 9.0)
Json = dict[str, Any]
FIELDS_OF = {"time": time, "place": place}


@dataclass
class Case:
    """One candidate claim of a report with what it is made from, and the gold claim on its words, if any."""

    view: View
    claim: AnyClaim
    gold: Json | None
    names: Names
    features: tuple[float, ...]
    roles: dict[str, list[Candidate[Any]]]
    classes: dict[str, tuple[dict[str, float], str]] = field(default_factory=dict)

    @property
    def by_rule(self) -> bool:
        """Whether the rules read it."""
        return self.claim.reader != seen.READER


def plain(value: Any) -> Any:
    """A noun as JSON has it."""
    return json.loads(msgspec.json.encode(value))


def view_of(text: str, published: str | None, encoder: Encoder) -> View:
    """A report's text with its annotations and what an encoder sees of it."""
    data = text.encode()
    report = Report(
        id="x", data=data, media_type="text/plain", origin="x", sha256=digest(data), language="en",
        published=dt.date.fromisoformat(published[:10]) if published else None,
    )  # fmt: skip
    document = documents.read(report)
    reading = encoder.look(text)
    annotations = msgspec.structs.replace(
        annotate(document, RULES), attributions=reading.attributions, evidence=reading.evidence
    )
    return View(document, annotations, reading.sight)


def cases(document: Json, encoder: Encoder) -> list[Case]:
    """The candidate claims of one report."""
    view = view_of(document["text"], document["published"], encoder)
    claims = joining.candidates(view, ruled(view.document, view.annotations))
    names = Names(document["aliases"])
    matched: dict[int, Json] = {}
    for kind in KINDS:
        mine = [c for c in document["claims"] if c["kind"] == kind]
        yours = [plain(c) | {"number": n} for n, c in enumerate(claims) if c.kind == kind]
        matched |= {m.read["number"]: m.gold for m in compare(mine, yours, names)}
    return [_case(view, claim, matched.get(n), names) for n, claim in enumerate(claims)]


def _case(view: View, claim: AnyClaim, gold: Json | None, names: Names) -> Case:
    case = Case(view, claim, gold, names, joining.features(view, claim), joining.gather(view, claim))
    for name in CLASSES:
        kind, attribute = name.split(".")
        if kind == claim.kind:
            own = getattr(claim, attribute) or ABSENT
            case.classes[name] = (view.sight.values(name, claim.evidence), own)
    return case


# --- fitting -------------------------------------------------------------------------------------


def fit(reports: Sequence[tuple[Json, list[Case]]]) -> Weights:
    """The weights from some reports."""
    known = [case for _, found in reports for case in found]
    parts = {by_rule: [c for c in known if c.by_rule is by_rule] for by_rule in (True, False)}
    weights = Weights(ruled=_part(parts[True]), seen=_part(parts[False]))
    gold = Counter(c["kind"] for document, _ in reports for c in document["claims"])
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for case in known:
        rows[case.claim.kind].append((confidence(case, weights), share(case, weights)))
    return msgspec.structs.replace(weights, keep={kind: _keep(rows[kind], gold[kind]) for kind in KINDS})


def _part(known: Sequence[Case]) -> Part:
    """The weights for the claims of one reader."""
    roles = dict(_roles(known))
    least = {role: found for role in roles if (found := _least(role, known, roles[role])) is not None}
    roles = {role: weights for role, weights in roles.items() if role in least}
    part = Part(classes=dict(_classes(known)), roles=roles, least=least)
    trust = {}
    for kind in KINDS:
        mine = [c for c in known if c.claim.kind == kind]
        right = [float(share(c, Weights(ruled=part, seen=part)) >= RIGHT) for c in mine]
        trust[kind] = _regression([c.features for c in mine], right)
    return msgspec.structs.replace(part, trust=trust)


def _least(role: str, known: Sequence[Case], weights: list[float]) -> float | None:
    """How probable a filler must be for a role to be filled best; None if the rules' fillers do as well.

    What the rules have read is changed for a gain of two standard errors, the encoder's own for one.
    """
    mine = [c for c in known if c.gold is not None and role in c.roles]
    bare = [_gain(role, case, joining.choose(case.roles[role], None, least=0.5)) for case in mine]
    found: dict[float, list[float]] = {}
    one = role.split(".")[1] in joining.ONE
    for least in LEASTS:
        filled = (joining.choose(case.roles[role], weights, least=least, one=one) for case in mine)
        found[least] = [_gain(role, c, f) - b for c, f, b in zip(mine, filled, bare, strict=True)]
    best = max(LEASTS, key=lambda least: (sum(found[least]), -abs(least - 0.5)))
    return best if is_gain(found[best], errors=2.0 if all(c.by_rule for c in mine) else 1.0) else None


def _gain(role: str, case: Case, chosen: list[Any]) -> float:
    """What a field so filled adds to the share of a claim's fields that are right, over the usual field."""
    kind, name = role.split(".")
    value = plain(chosen[0] if chosen and name in joining.ONE else chosen)
    gold = case.gold or {}
    act = {"act": gold.get("act")}  # whom a statement blames counts only where it accuses
    marks = mark(act | {"kind": kind, name: gold.get(name)}, act | {name: value}, case.names)
    return sum(marks.values()) - USUAL * len(marks)


def _regression(features: Sequence[tuple[float, ...]], right: Sequence[float]) -> list[float]:
    """Bias and weights; where there is nothing to learn from, those of an even chance."""
    if not features:
        return [0.0] * (1 + joining.FEATURES)
    return logistic(np.array(features, dtype=np.float64), np.array(right), strength=1.0)


def _classes(known: Sequence[Case]) -> Iterator[tuple[str, float]]:
    """For each small class the weight of the claim's own value under which most values are right.

    Where the encoder's values do not gain more than chance, the claim's own stay: the class has no weight.
    """
    for name in CLASSES:
        if name == "statement.form":
            continue  # quotation marks tell it
        field_name = name.split(".")[1]
        rows = [
            (*c.classes[name], c.gold.get(field_name) or ABSENT)
            for c in known
            if c.gold is not None and name in c.classes
        ]
        gains: dict[float, list[float]] = {}
        for weight in STEPS:
            chosen = [(joining.best_value(v, own, weight), own, gold) for v, own, gold in rows]
            gains[weight] = [float(got == gold) - float(own == gold) for got, own, gold in chosen]
        best = max(STEPS, key=lambda w: (sum(gains[w]), w))
        if is_gain(gains[best]):
            yield name, best


def is_gain(differences: Sequence[float], *, errors: float = 2.0) -> bool:
    """Whether paired differences add up to more than chance would give: so many standard errors."""
    return sum(differences) > errors * sum(d * d for d in differences) ** 0.5


def _roles(known: Sequence[Case]) -> Iterator[tuple[str, list[float]]]:
    rows: dict[str, list[tuple[tuple[float, ...], float]]] = defaultdict(list)
    for case in known:
        if case.gold is None:
            continue
        for role, found in case.roles.items():
            alone = not any(c.ruled for c in found)
            for candidate, right in zip(found, _right(role, found, case), strict=True):
                rows[role].append((candidate.features(alone=alone), right))
    for role, pairs in rows.items():
        yield role, _regression([f for f, _ in pairs], [r for _, r in pairs])


def _right(role: str, found: Sequence[Candidate[Any]], case: Case) -> Iterator[float]:
    """How far each candidate is what the gold has; each gold filler counts once."""
    name = role.split(".")[1]
    gold = (case.gold or {}).get(name)
    left = [] if not gold else list(gold) if isinstance(gold, list) else [gold]
    for candidate in found:
        value = plain(candidate.value)
        if name in {"time", "place"}:
            yield max((FIELDS_OF[name](g, value, case.names) for g in left), default=0.0)
            continue
        mine = _named(value)
        same = [g for g in left if case.names.same(_named(g), mine)]
        if same:
            left.remove(same[0])
        yield float(bool(same))


def _named(value: Json) -> Json:
    """An actor or a voice as names are compared."""
    return {"name": value.get("source", value.get("name")), "span": value.get("span")}


def share(case: Case, weights: Weights) -> float:
    """The share of a filled claim's fields that are right; 0 where the gold has no such claim."""
    if case.gold is None:
        return 0.0
    filled = joining.fill(case.view, case.claim, case.roles, weights.of(case.claim))
    marks = mark(case.gold, plain(filled), case.names)
    return sum(marks.values()) / len(marks) if marks else 1.0


def _keep(rows: list[tuple[float, float]], gold: int) -> float:
    """The least confidence of a kind under which `right` is (nearly) highest, of confidences and shares.

    The curve is flat at its top, and a claim that is left out cannot be asked for again: of all that lie
    within SLACK of the best the lowest is taken.
    """
    figures: list[tuple[float, float]] = []
    total = 0.0
    for n, (sure, part) in enumerate(sorted(rows, reverse=True), 1):
        total += part
        figures.append((2 * total / (gold + n), sure))
    best = max((right for right, _ in figures), default=0.0)
    least = min((sure for right, sure in figures if right >= best - SLACK and right > 0), default=0.5)
    return math.floor(min(least, 0.6) * 1000) / 1000


def confidence(case: Case, weights: Weights) -> float:
    """The confidence of a candidate."""
    return joining.chance(weights.of(case.claim).trust[case.claim.kind], case.features)


# --- measuring -----------------------------------------------------------------------------------


def measure(reports: Sequence[tuple[Json, list[Case]]], plot: Path) -> None:
    """Print by cross-fitting what each part gives, and how far the confidences mean what they say."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    rows: list[tuple[float, bool]] = []
    for part in range(PARTS):
        weights = fit([r for n, r in enumerate(reports) if n % PARTS != part])
        for document, found in (r for n, r in enumerate(reports) if n % PARTS == part):
            bare = [c for c in found if c.by_rule]
            kept = [c for c in found if confidence(c, weights) >= weights.keep[c.claim.kind]]
            for name, chosen, used in (
                ("rules", bare, Weights()),
                ("rules, classes of both", bare, Weights(ruled=Part(classes=weights.ruled.classes))),
                ("rules, fields of both", bare, weights),
                ("both", kept, weights),
            ):
                _add(sums, name, document, chosen, used)
            rows += [(confidence(c, weights), share(c, weights) >= RIGHT) for c in kept]
    _tell(sums)
    error, bins = calibration(rows)
    sys.stdout.write(f"calibration error {error:.3f} of {len(rows)} claims\n")
    for sure, right, n in bins:
        sys.stdout.write(f"  said {sure:.3f}  right {right:.3f}  of {n}\n")
    plot.write_text(reliability(bins, error), encoding="utf8")


def _add(
    sums: dict[tuple[str, str], list[float]], name: str, document: Json, chosen: list[Case], used: Weights
) -> None:
    for kind in KINDS:
        mine = [c for c in chosen if c.claim.kind == kind]
        gold = sum(c["kind"] == kind for c in document["claims"])
        row = (sum(share(c, used) for c in mine), gold + len(mine), sum(c.gold is not None for c in mine))
        sums[name, kind] = [a + b for a, b in zip(sums[name, kind], row, strict=True)]


def _tell(sums: dict[tuple[str, str], list[float]]) -> None:
    for name in dict.fromkeys(name for name, _ in sums):
        right = [2 * sums[name, k][0] / max(1, sums[name, k][1]) for k in KINDS]
        found = [2 * sums[name, k][2] / max(1, sums[name, k][1]) for k in KINDS]
        told = "  ".join(f"{k} {r:.3f} ({f:.3f})" for k, r, f in zip(KINDS, right, found, strict=True))
        means = f"right {sum(right) / len(KINDS):.3f}  found {sum(found) / len(KINDS):.3f}"
        sys.stdout.write(f"{name:24} {means}  {told}\n")


def calibration(
    rows: Sequence[tuple[float, bool]], *, bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """The expected calibration error over bins of equal mass, with their confidence, share right, size."""
    alike: dict[float, list[bool]] = defaultdict(list)
    for sure, right in rows:
        alike[sure].append(right)
    ranked = [(s, sum(r) / len(r)) for s, r in sorted(alike.items()) for _ in r]
    parts = [p for p in np.array_split(np.array(ranked, dtype=np.float64).reshape(-1, 2), bins) if len(p)]
    table = [(float(p[:, 0].mean()), float(p[:, 1].mean()), len(p)) for p in parts]
    return sum(abs(s - r) * n for s, r, n in table) / max(1, len(rows)), table


def load(data: Path, folds: Path) -> list[tuple[Json, list[Case]]]:
    """Every report with its candidates, as read by the encoder that had not seen it."""
    found = [json.loads(line) for line in (data / "documents.jsonl").read_text(encoding="utf8").splitlines()]
    found = [d for d in found if d["set"] == "gold"]
    where = fold([d["id"] for d in found])
    reports = []
    for number in range(FOLDS):
        if not (folds / f"fold{number}").exists():
            continue
        encoder = Encoder(folds / f"fold{number}")
        reports += [(d, cases(d, encoder)) for d in found if where[d["id"]] == number]
    return reports


def main() -> None:
    """Fit on all reports, or measure by cross-fitting."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("plot", type=Path)
    options = parser.parse_args()
    reports = load(options.data, options.folds)
    measure(reports, options.plot)
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(fit(reports)), indent=1) + b"\n")


if __name__ == "__main__":
    main()
