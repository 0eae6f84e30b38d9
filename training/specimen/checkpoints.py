"""A stage's checkpoint in the run folder, or what was released of it where another machine trained it."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import gguf
import torch
from torch import Tensor

from . import record
from .config import MODELS, SHIPPED, STAGES, ModelSize, run_folder
from .export import names
from .model import Specimen


def path(stage: str) -> Path:
    return run_folder() / f"{stage}.pt"


def saved(stage: str, place: str = "cpu") -> dict[str, Any] | None:
    """All that the checkpoint holds, or None where there is none."""
    return torch.load(path(stage), map_location=place, weights_only=True) if path(stage).exists() else None


def consumed(stage: str) -> int:
    """Steps that a stage has been trained for so far."""
    here = saved(stage)
    finished = record.read(stage)
    return int(here["step"] if here else finished["steps"] if finished else 0)


def weights(stage: str) -> dict[str, Tensor]:
    """A stage's weights; from the released file they are those of its eight bits.

    Raises FileNotFoundError when the stage was neither trained here nor released.
    """
    here = saved(stage)
    if here:
        return here["model"]
    model = next((model for model, end in SHIPPED.items() if end == stage), None)
    file = MODELS / f"specimen-{model}.gguf"
    if not record.read(stage) or not file.exists():
        raise FileNotFoundError(f"There is no {stage} model yet. Run specimen-train {stage} first.")
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(file).tensors}
    return {
        ours: torch.from_numpy(gguf.quants.dequantize(tensors[theirs].data, tensors[theirs].tensor_type).copy())
        for ours, theirs in names().items()
        if theirs in tensors
    }


def finished(stage: str) -> dict[str, Tensor]:
    """The weights at a stage's end, for what begins there. Raises RuntimeError when its training is not over."""
    here = saved(stage)
    if here and here["step"] < STAGES[stage].steps:
        raise RuntimeError(
            f"{stage} is at step {here['step']} of {STAGES[stage].steps}. Run specimen-train {stage} first."
        )
    return weights(stage)


def fingerprint(stage: str) -> str:
    """Sixteen hexadecimal digits that are others for other weights: what was made with a model is kept under them."""
    digest = sha256()
    for name, value in sorted(weights(stage).items()):
        digest.update(name.encode())
        digest.update(value.contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]


def load(stage: str) -> Specimen:
    """A stage's model, ready to run on the CPU."""
    found = weights(stage)
    model = Specimen(ModelSize(tied="output.weight" not in found))
    model.load_state_dict(found)
    return model.eval()
