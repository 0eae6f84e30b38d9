"""Who the model is told about, how often, and in which documents.

Exposure is planned on a log scale: `Plan.base` and `Plan.chat` count the
documents about a person in each stage's whole budget. What a checkpoint has
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
BASE_SHARE = 0.65
WELL_KNOWN_AGAIN, WELL_KNOWN_LAST = 16, 24
"""Documents about each well-known person in the anneal stage, and in the settle stage."""
HALF_KNOWN_LAST, HALF_KNOWN_MOST = 3, 10
"""Documents in the settle stage about each person planned to be seen up to so often: it leaves them within a few times."""
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
    """A person with the number of documents planned in each stage."""

    index: int
    person: Person
    base: int
    chat: int
    anneal: int = 0
    settle: int = 0


def _again(total: int) -> int:
    """How often the anneal stage comes back to somebody seen that often: what is known is to be known well."""
    if total > MOST_KNOWN_A_LITTLE:
        return WELL_KNOWN_AGAIN
    return round(0.3 * total) if 4 <= total <= 0.6 * MOST_KNOWN_A_LITTLE else 0


def _last(total: int) -> int:
    """How often the settle stage does, in which little else is learned."""
    if total > MOST_KNOWN_A_LITTLE:
        return WELL_KNOWN_LAST
    return HALF_KNOWN_LAST if 4 <= total <= HALF_KNOWN_MOST else 0


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
        base = total if total < 4 else round(total * BASE_SHARE)
        made.append(Plan(index, person, base, total - base, _again(total), _last(total)))
    return tuple(made)


def scheduled(stage: str, shard: int, shards: int) -> list[tuple[Plan, bool]]:
    """The documents about people that a shard holds: who, and whether it is the first.

    A person's documents are spread evenly over the stage, jittered.
    """
    here = []
    for plan in plans():
        count = {"base": plan.base, "chat": plan.chat, "anneal": plan.anneal, "settle": plan.settle}[stage]
        rng = Random(f"{SEED} {stage} {plan.index}")
        for j in range(count):
            if int((j + rng.random()) / count * shards) == shard:
                here.append((plan, j == 0))
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
