"""The training loop: steps over shards, a checkpoint now and then, resumable at any step."""

import json
import time
from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from . import checkpoints, record, shards
from .config import SHARD_STEPS, STEP_TOKENS, Stage, run_folder
from .model import IGNORED, Specimen
from .optimizer import Optimizer
from .precision import mixed
from .stopping import stoppable

CHECKPOINT_STEPS = 32
REPORT_STEPS = 16
SMOOTHING = 0.97
LoadShard = Callable[[str, int], shards.Shard]


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def rate(stage: Stage, step: int) -> float:
    """What the learning rates are multiplied by at a step: up, level, then down to zero."""
    warm = min(1.0, (step + 1) / stage.warmup_steps)
    return warm * min(1.0, (stage.steps - step) / (stage.steps * stage.decay))


def tensors(rows: NDArray[np.int16], place: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs and targets of a step from its rows (negative ids bear no loss)."""
    ids = torch.from_numpy(rows.astype(np.int64)).to(place)
    targets = torch.where(ids < 0, IGNORED, ids)[:, 1:]
    inputs = torch.where(ids < 0, -ids - 1, ids)[:, :-1]
    return inputs.contiguous(), targets.contiguous()


class Run:
    """A stage's run: model, optimizer, how far it is, and its log."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.place = device()
        self.model = Specimen().to(self.place)
        self.step = 0
        self.seconds = 0.0
        self.loss: float | None = None
        self.log: list[dict[str, float]] = []
        torch.manual_seed(0)
        if stage.late is not None:
            self.model.only_late(stage.late)
        saved = checkpoints.saved(stage.name, self.place)
        if saved:
            self._resume(saved)
            return
        if stage.parent:
            self.model.load_state_dict(checkpoints.finished(stage.parent))
        self.optimizer = Optimizer(self.model)

    def _resume(self, saved: dict) -> None:
        self.model.load_state_dict(saved["model"])
        self.optimizer = Optimizer(self.model)
        self.optimizer.load(saved["optimizer"])
        self.step, self.seconds = saved["step"], saved["seconds"]
        self.loss, self.log = saved["loss"], saved["log"]

    def save(self) -> None:
        """Writes the checkpoint beside itself first, so that a stop never leaves half of one."""
        path = checkpoints.path(self.stage.name)
        partial = path.with_suffix(".part")
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state(),
                "step": self.step,
                "seconds": self.seconds,
                "loss": self.loss,
                "log": self.log,
            },
            partial,
        )
        partial.replace(path)
        write_state(self)


def write_state(run: Run) -> None:
    """STATE.json in the run folder: where training is and how to go on."""
    stage = run.stage
    state = {
        "stage": stage.name,
        "step": run.step,
        "steps": stage.steps,
        "tokens": run.step * STEP_TOKENS,
        "smoothed_loss": run.loss,
        "training_seconds": round(run.seconds),
        "done": run.step >= stage.steps,
        "continue_with": f"training/specimen-train {stage.name}",
    }
    (run_folder() / "STATE.json").write_text(json.dumps(state, indent=2) + "\n")


def train(stage: Stage, load: LoadShard = shards.load, compiled: bool = True, until: int | None = None) -> None:
    """Trains a stage to its end (or to a step), going on from its checkpoint if there is one.

    SIGTERM and Ctrl-C end it after the step at hand, with a checkpoint and SystemExit.
    """
    run = Run(stage)
    end = min(stage.steps, until or stage.steps)
    print(f"{stage.name}: step {run.step} of {stage.steps} on {run.place}", flush=True)
    hidden = torch.compile(run.model.hidden, dynamic=False) if compiled else run.model.hidden
    number, shard = -1, None
    with stoppable() as stopping:
        while run.step < end and not stopping.is_set():
            if shard is None or run.step // SHARD_STEPS != number:
                number = run.step // SHARD_STEPS
                shard = load(stage.name, number)
            _one_step(run, hidden, shard.step(run.step % SHARD_STEPS))
        run.save()
        if run.step >= stage.steps:
            record.write(stage.name, {"steps": run.step, "seconds": round(run.seconds), "loss": run.loss})
        print(f"{stage.name}: {'done' if run.step >= stage.steps else 'stopped'} at step {run.step}", flush=True)


def _one_step(run: Run, hidden: Callable, rows: NDArray[np.int16]) -> None:
    started = time.perf_counter()
    inputs, targets = tensors(rows, run.place)
    with mixed(run.place):
        loss = run.model.loss(hidden(inputs), targets)
    loss.backward()
    factor = rate(run.stage, run.step)
    run.optimizer.step(run.stage.muon_rate * factor, run.stage.adam_rate * factor)
    value = loss.item()
    run.loss = value if run.loss is None else SMOOTHING * run.loss + (1 - SMOOTHING) * value
    run.step += 1
    spent = time.perf_counter() - started
    run.seconds += spent
    if run.step % REPORT_STEPS == 0:
        tokens = run.step * STEP_TOKENS
        run.log.append({"step": run.step, "loss": run.loss, "seconds": run.seconds})
        print(
            f"{run.stage.name} {run.step}/{run.stage.steps} {tokens / 1e6:.2f}M tokens, loss {run.loss:.4f},"
            f" rate x{factor:.3f}, {STEP_TOKENS / spent:.0f} tokens/s",
            flush=True,
        )
    if run.step % CHECKPOINT_STEPS == 0:
        run.save()
