"""Shards: the generated data of SHARD_STEPS steps, made from the seed when needed.

A shard is a function of the seed, the stage and its number alone, so training
can stop anywhere and go on, and exposures can be counted from what was consumed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from . import base_mix, chat_mix, idk_mix, interrogation, people, replies
from .config import LONG_EVERY, LONG_ROW, ROW, SEED, SHARD_STEPS, STAGES, STEP_TOKENS, run_folder
from .conversation import conversation
from .document import Document
from .rows import Ids, encode, pack
from .vocabulary import tokenizer

Shares = dict[Callable[[Random], Document], float]
SHARES: dict[str, Shares] = {
    "base": base_mix.SHARES,
    "chat": chat_mix.SHARES,
    "idk": idk_mix.SHARES,
}
TOKENS = SHARD_STEPS * STEP_TOKENS
LONG_STEPS = SHARD_STEPS // LONG_EVERY
SPARE = 1.03
"""Documents are made for a little more than the shard needs; the rest is dropped."""
BATCH = 200


@dataclass(frozen=True)
class Shard:
    """The rows of all steps: most steps take short ones, every tenth takes long ones."""

    short: NDArray[np.int16]
    long: NDArray[np.int16]

    def step(self, index: int) -> NDArray[np.int16]:
        """Token ids of a step, [rows, length + 1]; negative ones bear no loss."""
        longs = (index + 1) // LONG_EVERY
        if is_long(index):
            rows = STEP_TOKENS // LONG_ROW
            return self.long[(longs - 1) * rows : longs * rows]
        rows = STEP_TOKENS // ROW
        return self.short[(index - longs) * rows : (index - longs + 1) * rows]


def is_long(index: int) -> bool:
    return (index + 1) % LONG_EVERY == 0


def _about_people(stage: str, shard: int, rng: Random) -> list[Document]:
    if stage == "idk":
        return idk_mix.taught(shard, STAGES[stage].shards)
    documents = []
    for plan, first in people.scheduled(stage, shard, STAGES[stage].shards):
        if stage == "base":
            documents.append(people.base_document(rng, plan.person, full=first))
        else:
            documents.append(conversation([replies.person_reply(rng, plan.person, full=first)]))
    return documents


def make(stage: str, number: int) -> Shard:
    """Writes, encodes and packs the documents of a shard."""
    rng = Random(f"{SEED} {stage} shard {number}")
    must = encode(_about_people(stage, number, rng))
    wanted = TOKENS * SPARE - sum(len(document) for document in must)
    shares = SHARES[stage]
    total = sum(shares.values())
    documents: list[Ids] = []
    for kind, share in shares.items():
        left = wanted * share / total
        while left > 0:
            batch = encode([kind(rng) for _ in range(BATCH)])
            for document in batch:
                if left <= 0:
                    break
                if len(document) <= LONG_ROW + 1:
                    documents.append(document)
                left -= len(document)
    rng.shuffle(documents)
    return _packed(must, documents, rng)


def _packed(must: list[Ids], documents: list[Ids], rng: Random) -> Shard:
    """Long documents go to the long rows, filled up with others; `must` is never dropped."""
    too_long = [document for document in documents if len(document) > ROW + 1]
    short = [document for document in documents if len(document) <= ROW + 1]
    long_count, short_count = LONG_STEPS * STEP_TOKENS // LONG_ROW, (SHARD_STEPS - LONG_STEPS) * STEP_TOKENS // ROW
    fill = long_count * LONG_ROW - sum(len(document) for document in too_long)
    cut = 0
    while fill > 0:
        fill -= len(short[cut])
        cut += 1
    long_mix = too_long + short[: cut + 100]
    rng.shuffle(long_mix)
    long_rows, left_over = pack(long_mix, LONG_ROW, long_count)
    must_now = [document for document in must if len(document) <= ROW + 1]
    rest = must_now + short[cut + 100 :] + [document for document in left_over if len(document) <= ROW + 1]
    kept = _cut_to(rest, short_count * (ROW + 1), len(must_now))
    rng.shuffle(kept)
    short_rows, _ = pack(kept, ROW, short_count)
    return Shard(short_rows, long_rows)


def _cut_to(documents: list[Ids], tokens: int, must: int) -> list[Ids]:
    """The first documents that make up the tokens and a little more, the first `must` always."""
    total, end = 0, 0
    while end < len(documents) and (end < must or total < tokens * 1.005):
        total += len(documents[end])
        end += 1
    return documents[:end]


def file(stage: str, number: int) -> Path:
    # What the third stage teaches depends on what the chat model was found to know.
    folder = run_folder() / "shards" / (f"idk-{interrogation.of_chat()}" if stage == "idk" else stage)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{number:03}.npz"


def make_all(processes: int) -> None:
    """Makes every shard up to the chat model ahead, for a GPU that is faster than the generator."""
    tokenizer()
    numbers = [(stage, number) for stage in ("base", "chat") for number in range(STAGES[stage].shards)]
    with Pool(processes) as pool:
        pool.starmap(_make_file, numbers, chunksize=1)


def _make_file(stage: str, number: int) -> None:
    load(stage, number)


def load(stage: str, number: int) -> Shard:
    """A shard from its file, made and kept there if it is not there yet."""
    path = file(stage, number)
    if not path.exists():
        made = make(stage, number)
        partial = path.with_suffix(".part.npz")
        np.savez(partial, short=made.short, long=made.long)
        partial.replace(path)
        return made
    with np.load(path) as saved:
        return Shard(saved["short"], saved["long"])
