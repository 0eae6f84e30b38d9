"""Batched generation in PyTorch, greedy or sampled, with log-probabilities."""

from dataclasses import dataclass

import torch

from .model import Cache, Specimen
from .vocabulary import END_ID, TURN_END_ID, tokenizer

STOPS = frozenset({END_ID, TURN_END_ID})
BATCH = 192
KEEP = 0.7
"""When fewer than this share of a batch's rows still run, the finished ones are dropped."""


@dataclass(frozen=True)
class Completion:
    """What followed a prompt, without the stop token.

    `logprob` is the mean natural logarithm of the chosen tokens' probabilities,
    the stop token included; `finished` says whether a stop token came.
    """

    ids: tuple[int, ...]
    logprob: float
    finished: bool

    @property
    def text(self) -> str:
        return tokenizer().decode(list(self.ids))


def prompt_ids(text: str) -> list[int]:
    """Ids of a prompt as the runtime gives them: the end-of-text token, then the text."""
    return [END_ID, *tokenizer().encode(text).ids]


@torch.no_grad()
def generate(
    model: Specimen, prompts: list[list[int]], most: int = 120, temperature: float = 0.0, seed: int = 0
) -> list[Completion]:
    """Completions of the prompts in their order. Temperature 0 takes the likeliest token."""
    source = torch.Generator(device=model.cos.device).manual_seed(seed)
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    done: dict[int, Completion] = {}
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        done |= _one_batch(model, prompts, batch, most, temperature, source)
    return [done[i] for i in range(len(prompts))]


def _one_batch(
    model: Specimen, prompts: list[list[int]], batch: list[int], most: int, temperature: float, source: torch.Generator
) -> dict[int, Completion]:
    place = model.cos.device
    longest = max(len(prompts[i]) for i in batch)
    most = min(most, model.size.context - longest)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    valid = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, i in enumerate(batch):
        ids[row, longest - len(prompts[i]) :] = torch.tensor(prompts[i])
        valid[row, longest - len(prompts[i]) :] = True
    ids, valid = ids.to(place), valid.to(place)
    positions = (valid.cumsum(1) - 1).clamp(min=0)
    causal = torch.ones(longest, longest, dtype=torch.bool, device=place).tril()
    mask = (valid[:, None, :] & causal) | torch.eye(longest, dtype=torch.bool, device=place)
    logits, past = model.advance(ids, positions, None, mask[:, None])
    logits, position = logits[:, -1], positions[:, -1]
    chosen: dict[int, list[int]] = {i: [] for i in batch}
    logprobs: dict[int, list[float]] = {i: [] for i in batch}
    finished: set[int] = set()
    rows = list(batch)
    for _ in range(most):
        if temperature == 0:
            tokens = logits.argmax(-1)
        else:
            tokens = torch.multinomial((logits / temperature).softmax(-1), 1, generator=source)[:, 0]
        picked = logits.log_softmax(-1).gather(1, tokens[:, None])[:, 0].tolist()
        for i, token, logprob in zip(rows, tokens.tolist(), picked, strict=True):
            if i in finished:
                continue
            logprobs[i].append(logprob)
            if token in STOPS:
                finished.add(i)
            else:
                chosen[i].append(token)
        running = [row for row, i in enumerate(rows) if i not in finished]
        if not running:
            break
        if len(running) < KEEP * len(rows):
            rows, tokens, position, valid, past = _kept(running, rows, tokens, position, valid, past)
        position = position + 1
        valid = torch.cat((valid, torch.ones(len(rows), 1, dtype=torch.bool, device=place)), 1)
        logits, past = model.advance(tokens[:, None], position[:, None], past, valid[:, None, None, :])
        logits = logits[:, -1]
    return {i: Completion(tuple(chosen[i]), sum(logprobs[i]) / max(1, len(logprobs[i])), i in finished) for i in batch}


def _kept(
    running: list[int], rows: list[int], tokens: torch.Tensor, position: torch.Tensor, valid: torch.Tensor, past: Cache
) -> tuple[list[int], torch.Tensor, torch.Tensor, torch.Tensor, Cache]:
    """Only the rows that still run."""
    pick = torch.tensor(running, device=tokens.device)
    return (
        [rows[row] for row in running],
        tokens[pick],
        position[pick],
        valid[pick],
        [(k[pick], v[pick]) for k, v in past],
    )
