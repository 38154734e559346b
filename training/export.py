"""Export a checkpoint: ONNX in float32 and dynamic int8, the vocabulary and the settings.

python -m training.export DATA CHECKPOINT FOLDER
"""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import LINK, Network
from trucewatch.annotations.labels import ROLES, SEQUENCES
from trucewatch.annotations.pieces import Pieces

INPUTS = ("ids", "shapes", "gaps", "mask", "first")
OUTPUTS = ("tags", "queries", "keys", "unary", "votes", "asks", "answers", "cases")
EXAMPLE = (2, 40, 30)  # windows, pieces, words


class Shipped(nn.Module):
    """The network as it is used."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *arrays: Tensor) -> tuple[Tensor, ...]:
        """The arrays that the reader takes, by word."""
        return self.network.read(*arrays)


def links(network: Network) -> dict[str, Any]:
    """What makes questions of the states of words, and the biases of roles: arrays in half precision."""
    last = network.asks[2]
    scale = LINK**-0.5
    arrays = {
        "weight": (last.weight * scale).unflatten(0, (len(ROLES), LINK)),
        "bias": (last.bias * scale).unflatten(0, (len(ROLES), LINK)),
        "rarity": network.rarity,
        "nearness": network.nearness,
    }
    return {name: value.detach().numpy().astype(np.float16) for name, value in arrays.items()}


def settings(network: Network) -> dict[str, object]:
    """The parameters that are used outside the ONNX file."""
    return {
        "transitions": _rounded(network.chain()),
        "distance": _rounded(network.distance),
        "lean": [0.0] * len(SEQUENCES),
    }


def _rounded(values: Tensor) -> object:
    return [_rounded(v) for v in values] if values.dim() else round(float(values.detach()), 4)


def main(data: Path, checkpoint: Path, folder: Path) -> None:
    """Write encoder.f32.onnx, encoder.onnx (int8), links.npz, vocabulary.txt and settings.json."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(data / "vocabulary.txt")
    network = Network(len(pieces))
    network.load_state_dict(torch.load(checkpoint, weights_only=False)["network"])
    network.eval()
    windows, wide, words = EXAMPLE
    arrays = [torch.ones(windows, wide, dtype=torch.long) for _ in INPUTS[:-1]]
    arrays.append(torch.arange(words).expand(windows, -1).clone())
    axes = {name: {0: "windows", 1: "pieces"} for name in INPUTS[:-1]}
    axes |= {name: {0: "windows", 1: "words"} for name in ("first", *OUTPUTS)}
    full = folder / "encoder.f32.onnx"
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Shipped(network), tuple(arrays), str(full), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    quantize_dynamic(full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    np.savez(folder / "links.npz", **links(network))
    shutil.copy(data / "vocabulary.txt", folder / "vocabulary.txt")
    (folder / "settings.json").write_text(json.dumps(settings(network)) + "\n", encoding="utf8")
    for path in sorted(folder.iterdir()):
        sys.stdout.write(f"{path.name} {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:4]))
