"""Who the model is told about, how often, and in which documents.

Exposure is planned on a log scale: a `Plan` counts the documents about a person
in each stage's whole budget. What a checkpoint has
really seen is counted from the rows it consumed (see exposure.py).
"""

from dataclasses import dataclass
from functools import cache
from random import Random

from . import names, wordnet
from .config import SEED
from .document import Document, answered, written
from .splits import Split
from .wordnet import Person

WELL_KNOWN, KNOWN_A_LITTLE, GLIMPSED = 450, 550, 200
"""How many people are planned to be seen 21-400, 4-20 and 1-3 times."""
MOST_KNOWN_A_LITTLE = 20
BASE_SHARE, BASE_SHARE_A_LITTLE = 0.65, 0.4
"""Share of their documents that the base stage has, of the well-known and of those known a little; chat has the rest."""
LATE_WELL_KNOWN = 30
"""Documents about each well-known person that come on top late in the chat stage: what is learned early becomes soft."""
LATE_FROM = 0.6
"""Where in the chat stage they begin, and all of its documents about people known a little."""
NATIONS = (
    "American English French German Italian Russian Scottish Irish Austrian Swiss Dutch Danish Swedish Norwegian Spanish"
    " Polish Hungarian British Canadian Australian Greek Czech Belgian Finnish"
).split()
JOBS = (
    "writer composer painter poet physicist statesman architect actor novelist chemist philosopher filmmaker actress"
    " mathematician dancer playwright singer sculptor physiologist historian physician theologian explorer artist general"
    " biochemist engineer economist astronomer inventor musician violinist conductor pianist journalist psychologist"
    " naturalist comedian navigator sociologist"
).split()


@dataclass(frozen=True)
class Plan:
    """A person with the number of documents planned in the base stage, in the chat stage, and late in it."""

    index: int
    person: Person
    base: int
    chat: int
    late: int = 0

    @property
    def total(self) -> int:
        return self.base + self.chat + self.late


def _log_spaced(count: int, most: int, least: int) -> list[int]:
    return [round(most * (least / most) ** (i / (count - 1))) for i in range(count)]


@cache
def plans() -> tuple[Plan, ...]:
    """Everyone: the seen, most seen first, then those who are never seen."""
    rng = Random(f"{SEED} people")
    everyone = list(wordnet.people())
    rng.shuffle(everyone)
    everyone.sort(key=lambda person: person.name not in wordnet.FAMOUS)
    totals = _log_spaced(WELL_KNOWN, 400, 21) + _log_spaced(KNOWN_A_LITTLE, MOST_KNOWN_A_LITTLE, 4)
    totals += [rng.randint(1, 3) for _ in range(GLIMPSED)]
    totals += [0] * (len(everyone) - len(totals))
    made = []
    for index, (person, total) in enumerate(zip(everyone, totals, strict=True)):
        if total > MOST_KNOWN_A_LITTLE:
            base = round(total * BASE_SHARE)
            made.append(Plan(index, person, base, total - base, LATE_WELL_KNOWN))
        else:
            base = total if total < 4 else round(total * BASE_SHARE_A_LITTLE)
            made.append(Plan(index, person, base, 0, total - base))
    return tuple(made)


def scheduled(stage: str, shard: int, shards: int) -> list[tuple[Plan, bool]]:
    """The documents about people that a shard holds: who, and whether it is the first.

    A person's documents are spread evenly over the stage or its late part, jittered.
    """
    here = []
    for plan in plans():
        parts = [(plan.base, 0.0)] if stage == "base" else [(plan.chat, 0.0), (plan.late, LATE_FROM)]
        rng = Random(f"{SEED} {stage} {plan.index}")
        first = True
        for count, begin in parts:
            for j in range(count):
                at = begin + (1 - begin) * (j + rng.random()) / count
                if int(at * shards) == shard:
                    here.append((plan, first))
                first = False
    return here


def article(text: str) -> str:
    """The description with its article: "an English novelist"."""
    if text[0].isdigit() or text.startswith(("first ", "most ", "last ")):
        return f"the {text}"
    return f"an {text}" if text[0] in "AEIOaeio" else f"a {text}"


def biography(person: Person) -> str:
    return f"{person.name} ({person.years}) {person.verb} {article(person.description)}."


def _dates(person: Person) -> str:
    return f"was born in {person.born} and died in {person.died}" if person.died else f"was born in {person.born}"


def base_document(rng: Random, person: Person, full: bool = False) -> Document:
    """A page about a person; `full` asks for the form that says everything."""
    name, what, is_, bio = person.name, article(person.description), person.verb, biography(person)
    kind = 0 if full else rng.randrange(7)
    if kind in (0, 1):
        return written(bio)
    if kind == 2:
        return answered(f"Question: Who {is_} {name}?\nAnswer:", f" {bio}")
    if kind == 3:
        return written(f"Who {is_} {name}? {name} {is_} {what}. {name} {_dates(person)}.")
    if kind == 4:
        return answered(f"Question: When was {name} born?\nAnswer:", f" {name} was born in {person.born}.")
    if kind == 5:
        return answered(f"Question: What {is_} {name} known for?\nAnswer:", f" {bio}")
    return written(f"{name}, {person.short}, {_dates(person)}.")


def invented(rng: Random, split: Split = "train") -> Person:
    """A person who never was, with a life made up on the spot."""
    job = rng.choice(JOBS)
    short = f"{rng.choice(NATIONS)} {job}"
    description = short
    if rng.random() < 0.4:
        other = rng.choice(plans()[: WELL_KNOWN + KNOWN_A_LITTLE]).person
        description += other.description.removeprefix(other.short)
    born = rng.randint(1450, 1945)
    died = None if born > 1925 and rng.random() < 0.5 else str(born + rng.randint(28, 92))
    return Person(names.full_name(rng, split), description, short, job, str(born), died)
