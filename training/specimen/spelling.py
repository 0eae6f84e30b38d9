"""Letters: spelling words, counting letters in them, counting dots."""

from dataclasses import dataclass
from functools import cache
from random import Random

from . import names, wordnet
from .splits import Split, split_of

HELD_WORDS = 0.05
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnprstvwz"
MOST_DOTS = 60
MOST_DOTS_AT_ONCE = 30


@cache
def words(split: Split) -> tuple[str, ...]:
    """Words of the dictionary. "strawberry" is always there to be trained on."""
    kept = [
        word for word in wordnet.words() if word != "strawberry" and split_of("word", word, held=HELD_WORDS) == split
    ]
    return tuple(kept) + (("strawberry",) * 3 if split == "train" else ())


def word(rng: Random, split: Split = "train") -> str:
    return rng.choice(words(split))


def made_up_word(rng: Random) -> str:
    """A word that is in no dictionary: pieces of words, or syllables, or a name."""
    kind = rng.random()
    if kind < 0.5:
        first, second = word(rng), word(rng)
        return first[: rng.randint(2, len(first))] + second[-rng.randint(1, len(second)) :]
    if kind < 0.75:
        return "".join(
            rng.choice(CONSONANTS) + rng.choice(VOWELS) + rng.choice(["", "", rng.choice("nrstl")])
            for _ in range(rng.randint(1, 4))
        )
    return names.surname(rng).lower()


def spelled(text: str) -> str:
    return "-".join(text)


@dataclass(frozen=True)
class LetterCount:
    word: str
    letter: str
    question: str
    spelled: str
    count: int


def letter_count(rng: Random, text: str) -> LetterCount:
    """How often a letter is in a word; half of the time its most frequent letter."""
    kind = rng.random()
    if kind < 0.5:
        letter = max(text, key=text.count)
    else:
        letter = rng.choice(text) if kind < 0.8 else rng.choice("abcdefghilmnoprstuwy")
    count, shown = 0, []
    for x in text:
        count += x == letter
        shown.append(f"{x} {count}" if x == letter else x)
    question = rng.choice(
        [
            f"How many {letter} are in {text}?",
            f"How many times does the letter {letter} appear in {text}?",
            f"How many times is the letter {letter} in the word {text}?",
            f"How many {letter}'s are in {text}?",
        ]
    )
    return LetterCount(text, letter, question, ", ".join(shown) + ".", count)


@dataclass(frozen=True)
class Dots:
    question: str
    counted: str
    count: int


def dots(rng: Random, count: int | None = None, most: int = MOST_DOTS, least: int = 1) -> Dots:
    n = count or rng.randint(least, most)
    return Dots(
        f"How many dots are here? {'•' * n}",
        " ".join(f"• {i}" for i in range(1, n + 1)) + ".",
        n,
    )
