"""Cuts a text into parts that fit a token budget, at the best place there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Better places to cut come first.
BORDERS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True)
class Chunk:
    """Part of a text: `text == source[start:end]`."""

    start: int
    end: int
    text: str
    tokens: int


def chunks(source: str, budget: int, count: Callable[[str], int]) -> Iterator[Chunk]:
    """Yields parts of at most `budget` tokens that join to the source."""
    if budget < 1:
        raise ValueError(f"a budget of {budget} tokens holds nothing")
    start = 0
    while start < len(source):
        end = _furthest(source, start, budget, count)
        part = source[start:end]
        yield Chunk(start, end, part, count(part))
        start = end


def _furthest(source: str, start: int, budget: int, count: Callable[[str], int]) -> int:
    """The last place that fits, moved back to a border if one is in its second half."""
    low, high = start + 1, len(source)
    while low < high:
        middle = (low + high + 1) // 2
        if count(source[start:middle]) <= budget:
            low = middle
        else:
            high = middle - 1
    if low == len(source):
        return low
    for border in BORDERS:
        place = source.rfind(border, start + (low - start) // 2, low)
        if place >= 0:
            return place + len(border)
    return low


if __name__ == "__main__":
    text = "Tokens are what a model reads. " * 40
    for chunk in chunks(text, budget=64, count=lambda part: len(part.split())):
        print(f"{chunk.start:5}–{chunk.end:<5} {chunk.tokens:3} words  {chunk.text[:30]!r}…")
