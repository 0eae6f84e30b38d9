"""Passages about invented people, each with questions that the passage answers."""

from dataclasses import dataclass
from random import Random

from . import names
from .people import article
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


Question = tuple[str, str, str]
"""A question, its answer, and a sentence that ends with the answer."""


@dataclass(frozen=True)
class Passage:
    """A passage with all questions it answers."""

    text: str
    questions: tuple[Question, ...]


def town(rng: Random) -> str:
    return rng.choice(cities()) if rng.random() < 0.5 else rng.choice(TOWN_STARTS) + rng.choice(TOWN_ENDS)


def passage(rng: Random, split: Split = "train") -> Passage:
    name, friend = names.full_name(rng, split), names.full_name(rng, split)
    first = name.split()[0]
    born, birthplace, later = rng.randint(1500, 1999), town(rng), town(rng)
    job, colour, pet, pet_name = rng.choice(JOBS), rng.choice(COLOURS), rng.choice(PETS), names.first_name(rng)
    a_job = article(job)
    opening = (
        rng.choice([f"{name} was born in {born} in {birthplace}.", f"{name} was born in {birthplace} in {born}."]),
        [
            (f"Where was {name} born?", birthplace, f"{name} was born in {birthplace}."),
            (f"When was {name} born?", str(born), f"{name} was born in {born}."),
            (f"In what year was {name} born?", str(born), f"{name} was born in {born}."),
            ("Who is the text about?", name, f"The text is about {name}."),
        ],
    )
    others = [
        (
            rng.choice([f"{first} worked as {a_job}.", f"{first} became {a_job}."]),
            [
                (f"What was {name}'s job?", job, f"{name} was {a_job}."),
                (f"What did {name} work as?", job, f"{name} worked as {a_job}."),
            ],
        ),
        (
            f"{first} had a {colour} {pet} named {pet_name}.",
            [
                (f"What was the name of the {pet}?", pet_name, f"The name of the {pet} was {pet_name}."),
                (f"What color was {first}'s {pet}?", colour, f"{first}'s {pet} was {colour}."),
                (f"What kind of pet did {name} have?", pet, f"{name} had a {pet}."),
            ],
        ),
        (
            f"Later {first} moved to {later}.",
            [
                (f"Where did {name} move later?", later, f"{name} moved to {later}."),
                (f"Where did {first} move?", later, f"{first} moved to {later}."),
            ],
        ),
        (
            f"{first}'s best friend was {friend}.",
            [
                (f"What was the name of {name}'s best friend?", friend, f"{name}'s best friend was {friend}."),
                (f"What was the name of {first}'s friend?", friend, f"{first}'s friend was {friend}."),
            ],
        ),
    ]
    chosen = [opening, *rng.sample(others, rng.randint(1, 4))]
    text = " ".join(line for line, _ in chosen)
    return Passage(text, tuple(asked for _, questions in chosen for asked in questions))
