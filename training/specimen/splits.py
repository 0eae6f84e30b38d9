"""Which items are for training, for development and for the blind test.

The split is a hash of the item itself, so every generator agrees on it and no
list has to be kept: an item held out in one place is held out everywhere.
"""

from hashlib import blake2b
from typing import Literal

from .config import SEED

Split = Literal["train", "dev", "test"]


def share(*key: object) -> float:
    """A number in [0, 1) that depends on the key and the seed only."""
    digest = blake2b(repr((SEED, *key)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def split_of(*key: object, held: float = 0.04) -> Split:
    """The split of an item; `held` is the share kept for each of dev and test."""
    position = share(*key)
    if position < held:
        return "test"
    return "dev" if position < 2 * held else "train"
