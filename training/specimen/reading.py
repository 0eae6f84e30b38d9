"""Passages about invented people, each with questions that the passage answers."""

from dataclasses import dataclass
from random import Random

from . import names
from .splits import Split
from .world import cities

JOBS = (
    "glassblower baker painter sailor doctor lawyer composer farmer teacher carpenter engineer printer poet pilot gardener"
    " chemist clockmaker singer judge surgeon weaver miner dancer sculptor botanist"
).split()
COLOURS = "red blue green yellow black white purple orange brown grey".split()
PETS = "dog cat parrot horse rabbit tortoise goat hamster".split()
TOWN_STARTS = "Kest Wil Bram Ox Thorn Mar Hol Gri Nor Elm Fair Stan Rook Dal Ash Cold".split()
TOWN_ENDS = "by ton ford ham wick stead mouth ley burg dale".split()


@dataclass(frozen=True)
class Passage:
    """A passage with all questions it answers, as (question, answer)."""

    text: str
    questions: tuple[tuple[str, str], ...]


def town(rng: Random) -> str:
    return rng.choice(cities()) if rng.random() < 0.5 else rng.choice(TOWN_STARTS) + rng.choice(TOWN_ENDS)


def passage(rng: Random, split: Split = "train") -> Passage:
    name, friend = names.full_name(rng, split), names.full_name(rng, split)
    first = name.split()[0]
    born, birthplace, later = rng.randint(1500, 1999), town(rng), town(rng)
    job, colour, pet, pet_name = rng.choice(JOBS), rng.choice(COLOURS), rng.choice(PETS), names.first_name(rng)
    opening = (
        rng.choice([f"{name} was born in {born} in {birthplace}.", f"{name} was born in {birthplace} in {born}."]),
        [
            (f"Where was {name} born?", birthplace),
            (f"When was {name} born?", str(born)),
            (f"In what year was {name} born?", str(born)),
            ("Who is the text about?", name),
        ],
    )
    others = [
        (
            rng.choice([f"{first} worked as a {job}.", f"{first} became a {job}."]),
            [(f"What was {name}'s job?", job), (f"What did {name} work as?", job)],
        ),
        (
            f"{first} had a {colour} {pet} named {pet_name}.",
            [
                (f"What was the name of the {pet}?", pet_name),
                (f"What color was {first}'s {pet}?", colour),
                (f"What kind of pet did {name} have?", pet),
            ],
        ),
        (
            f"Later {first} moved to {later}.",
            [(f"Where did {name} move later?", later), (f"Where did {first} move?", later)],
        ),
        (
            f"{first}'s best friend was {friend}.",
            [
                (f"What was the name of {name}'s best friend?", friend),
                (f"What was the name of {first}'s friend?", friend),
            ],
        ),
    ]
    chosen = [opening, *rng.sample(others, rng.randint(1, 4))]
    text = " ".join(line for line, _ in chosen)
    return Passage(text, tuple(pair for _, pairs in chosen for pair in pairs))
