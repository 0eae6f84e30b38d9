"""The number format of matrix products: bfloat16 where the machine is faster at it, else float32.

A processor with AVX-512 bf16 but no AMX can be half as fast in bfloat16 as in
float32, another twice as fast: one of each is timed.
"""

import time
from functools import cache

import torch
import torch.nn.functional as F

from .config import SIZE, STEP_TOKENS

TRIES = 3


@cache
def fastest(place: str) -> torch.dtype:
    """The faster of both formats for a product of the model's sizes; a GPU's is bfloat16."""
    if place == "cuda":
        return torch.bfloat16
    return min((torch.bfloat16, torch.float32), key=_seconds)


def _seconds(format_: torch.dtype) -> float:
    inputs = torch.ones(STEP_TOKENS // 4, SIZE.dim, dtype=format_)
    weights = torch.ones(SIZE.feed_forward, SIZE.dim, dtype=format_)
    F.linear(inputs, weights)
    taken = []
    for _ in range(TRIES):
        started = time.perf_counter()
        F.linear(inputs, weights)
        taken.append(time.perf_counter() - started)
    return min(taken)


def mixed(place: str) -> torch.autocast:
    """A context in which products are taken in the fastest format."""
    return torch.autocast(place, torch.bfloat16, enabled=fastest(place) is torch.bfloat16)
