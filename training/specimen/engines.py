"""Two ways to run the model for evaluation: PyTorch on a checkpoint, llama.cpp on the GGUF file."""

import json
import subprocess
from pathlib import Path
from typing import Protocol

import torch

from . import generate as torch_generate
from .checkpoints import load
from .generate import Completion, prompt_ids

RUNTIME = Path(__file__).resolve().parents[1] / "runtime.mjs"

TOP = 100
"""Likeliest next tokens that are looked at; a rarer one counts as never said."""


class Engine(Protocol):
    """What evaluation needs of a model."""

    def complete(self, prompts: list[str], most: int = 120, scored: bool = False) -> list[Completion]:
        """Greedy completions; with their log-probabilities where these are asked for."""
        ...

    def sample(self, prompts: list[str], seed: int, most: int = 120) -> list[Completion]:
        """Completions at temperature 1; each prompt gets a seed of its own."""
        ...

    def next(self, prompt: str) -> dict[int, float]:
        """The likeliest next tokens with the natural logarithm of their probability, likeliest first."""
        ...


class TorchEngine:
    """Runs a stage's model in float32."""

    def __init__(self, stage: str) -> None:
        self.model = load(stage)

    def complete(self, prompts: list[str], most: int = 120, scored: bool = False) -> list[Completion]:
        return torch_generate.generate(self.model, [prompt_ids(p) for p in prompts], most)

    def sample(self, prompts: list[str], seed: int, most: int = 120) -> list[Completion]:
        return torch_generate.generate(self.model, [prompt_ids(p) for p in prompts], most, 1.0, seed)

    @torch.no_grad()
    def next(self, prompt: str) -> dict[int, float]:
        logits = self.model.all_logits(torch.tensor([prompt_ids(prompt)]))[0, -1]
        top = logits.log_softmax(-1).topk(TOP)
        return dict(zip(top.indices.tolist(), top.values.tolist(), strict=True))


class RuntimeEngine:
    """Runs a GGUF file through node-llama-cpp in a process of its own."""

    def __init__(self, model: Path) -> None:
        self.file = model
        self.process = subprocess.Popen(
            ["node", str(RUNTIME), str(model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def _ask(self, request: dict[str, object]) -> dict:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("The runtime process has no pipes.")
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The runtime ended with status {self.process.wait()} before it answered.")
        return json.loads(line)

    def _completion(self, request: dict[str, object]) -> Completion:
        reply = self._ask(request)
        return Completion(tuple(reply["ids"]), reply["logprob"], reply["finished"])

    def complete(self, prompts: list[str], most: int = 120, scored: bool = False) -> list[Completion]:
        return [self._completion({"text": prompt, "most": most, "scored": scored}) for prompt in prompts]

    def sample(self, prompts: list[str], seed: int, most: int = 120) -> list[Completion]:
        return [
            self._completion({"text": prompt, "most": most, "temperature": 1, "seed": seed * 1_000_003 + i})
            for i, prompt in enumerate(prompts)
        ]

    def next(self, prompt: str) -> dict[int, float]:
        return dict(self._ask({"text": prompt, "top": TOP})["next"])

    def tokenize(self, text: str) -> list[int]:
        return self._ask({"tokenize": text})["ids"]

    def close(self) -> dict[str, float]:
        """Ends the process; how long generating took, for how many tokens, and loading."""
        figures = self._ask({"close": True})
        self.process.wait()
        return figures
