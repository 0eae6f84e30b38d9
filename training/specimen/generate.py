"""Batched generation in PyTorch, greedy or sampled, with log-probabilities."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

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
    the stop token included, None where it was not asked for; `finished` says
    whether a stop token came.
    """

    ids: tuple[int, ...]
    logprob: float | None
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


class Walk:
    """A batch of prompts with the tokens that follow them. `state` is what the last block makes of each row's last token."""

    def __init__(self, model: Specimen, prompts: list[list[int]], room: int) -> None:
        place = model.cos.device
        longest = max(map(len, prompts))
        ids = torch.zeros(len(prompts), longest, dtype=torch.long)
        valid = torch.zeros(len(prompts), longest, dtype=torch.bool)
        for row, prompt in enumerate(prompts):
            ids[row, longest - len(prompt) :] = torch.tensor(prompt)
            valid[row, longest - len(prompt) :] = True
        ids, self.valid = ids.to(place), valid.to(place)
        positions = (self.valid.cumsum(1) - 1).clamp(min=0)
        causal = torch.ones(longest, longest, dtype=torch.bool, device=place).tril()
        mask = (self.valid[:, None, :] & causal) | torch.eye(longest, dtype=torch.bool, device=place)
        self.model = model
        self.room = min(room, model.size.context - longest)
        """How many tokens may follow."""
        self.cache = Cache.empty(model.size, len(prompts), longest + self.room, place)
        self.state = model.advance(ids, positions, self.cache, mask[:, None])[:, -1]
        self.position = positions[:, -1]

    def on(self, tokens: torch.Tensor) -> None:
        """Goes on with a token for each row."""
        self.position = self.position + 1
        self.valid = F.pad(self.valid, (0, 1), value=True)
        mask = self.valid[:, None, None, :]
        self.state = self.model.advance(tokens[:, None], self.position[:, None], self.cache, mask)[:, -1]

    def only(self, rows: torch.Tensor) -> None:
        """Lets the other rows go."""
        self.cache = self.cache.only(rows)
        self.position, self.valid = self.position[rows], self.valid[rows]


def _one_batch(
    model: Specimen, prompts: list[list[int]], batch: list[int], most: int, temperature: float, source: torch.Generator
) -> dict[int, Completion]:
    walk = Walk(model, [prompts[i] for i in batch], most)
    chosen: dict[int, list[int]] = {i: [] for i in batch}
    logprobs: dict[int, list[float]] = {i: [] for i in batch}
    finished: set[int] = set()
    rows = list(batch)
    for _ in range(walk.room):
        logits = model.logits(walk.state)
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
            kept = torch.tensor(running, device=tokens.device)
            walk.only(kept)
            rows, tokens = [rows[row] for row in running], tokens[kept]
        walk.on(tokens)
    return {i: Completion(tuple(chosen[i]), sum(logprobs[i]) / max(1, len(logprobs[i])), i in finished) for i in batch}
