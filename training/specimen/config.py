"""Sizes, budgets, seeds and folders: everything a run depends on, in one place."""

import os
from dataclasses import dataclass
from pathlib import Path

SEED = 20261121
STEP_TOKENS = 8192
"""Tokens of one optimizer step: 32 rows of 256, or 8 rows of 1,024."""
ROW = 256
LONG_ROW = 1024
SHARD_STEPS = 128
"""Steps that one generated shard of data feeds (1,048,576 tokens)."""
LONG_EVERY = 10
"""Every tenth step trains on long rows, so that the whole context is learned."""


@dataclass(frozen=True)
class ModelSize:
    """Sizes of a llama-architecture model."""

    dim: int = 256
    layers: int = 8
    heads: int = 4
    feed_forward: int = 640
    vocab: int = 2048
    context: int = LONG_ROW
    rope_theta: float = 10_000.0
    norm_eps: float = 1e-5
    tied: bool = True
    """Whether the rows that score tokens are those that embed them."""


@dataclass(frozen=True)
class Stage:
    """One stage of training. Learning rates warm up, stay, then fall to zero.

    `decay` is the share of the stage's steps over which the rates fall. `late`
    is the number of last blocks that are trained: with some, all before them and
    the embeddings stay as they are; None trains everything.
    """

    name: str
    shards: int
    parent: str | None
    muon_rate: float
    adam_rate: float
    warmup_steps: int
    decay: float
    late: int | None = None

    @property
    def steps(self) -> int:
        return self.shards * SHARD_STEPS


SIZE = ModelSize()
STAGES = {
    stage.name: stage
    for stage in (
        Stage("base", 28, None, 0.02, 3e-3, 100, 0.4),
        Stage("chat", 30, "base", 0.014, 2e-3, 30, 0.8),
        Stage("idk", 1, "chat", 0.006, 5e-4, 10, 1.0, late=2),
    )
}

SHIPPED = {"base": "base", "chat": "chat", "idk": "refusing", "think": "think"}
"""Each shipped model, and the stage at whose end it is."""

MODELS = Path(__file__).resolve().parents[2] / "media" / "models"
"""Where the shipped files go."""
RECORD = Path(__file__).resolve().parents[1] / "record"
"""What is kept of each finished stage and evaluation, as JSON: what the card is written from."""


def run_folder() -> Path:
    """The folder of checkpoints and generated data, outside the work tree."""
    default = Path.home() / ".cache" / "promptscope" / "specimen"
    folder = Path(os.environ.get("PROMPTSCOPE_TRAINING_DIR", default))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
