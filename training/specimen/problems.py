"""Word problems of four families with one to six steps, worked solutions and answers.

All values lie between 0 and 200. `small` problems keep to numbers a person does
in the head, so that answering at once falls off with the number of steps and
not with the size of the numbers alone.
"""

import itertools
from dataclasses import dataclass
from random import Random

from .names import EVERYDAY
from .splits import Split, split_of

GOODS = (
    "apple orange pear banana plum lemon mango melon kiwi pen book cup ball hat toy cake pie mug lamp ticket".split()
)
THINGS = (
    "marbles stamps coins cards shells beads stickers books pencils buttons cookies apples stones nuts eggs toys balls"
    " flowers badges photos"
).split()
HOLDERS = "bags boxes packs jars baskets trays tins".split()
LARGEST = 200


@dataclass(frozen=True)
class Problem:
    """A problem. `expression` is the one-line calculation that gives the answer."""

    family: str
    key: tuple[object, ...]
    question: str
    steps: tuple[str, ...]
    answer: int
    expression: str

    @property
    def worked(self) -> str:
        return " ".join(self.steps)


class _Work:
    """Builds a problem: the text so far, its steps, its value and its expression."""

    def __init__(self, family: str, start: int) -> None:
        self.family = family
        self.key: list[object] = [family, start]
        self.text: list[str] = []
        self.steps: list[str] = []
        self.value = start
        self.expression = str(start)
        self.loose = False
        self.fits = True

    def apply(self, sign: str, number: int, before: str = "") -> None:
        """One step: value sign number. Marks the problem unfit when it leaves the range."""
        left = self.value
        exact = sign != "/" or left % number == 0
        self.value = {"+": left + number, "-": left - number, "*": left * number, "/": left // max(1, number)}[sign]
        self.fits = self.fits and exact and 0 <= self.value <= LARGEST
        self.steps.append(f"{before}{left} {sign} {number} = {self.value}.")
        tight = sign in "*/"
        inner = f"({self.expression})" if tight and self.loose else self.expression
        self.expression = f"{inner} {sign} {number}"
        self.loose = not tight
        self.key += [sign, number]

    def problem(self, ending: str) -> Problem | None:
        if not self.fits or not self.steps:
            return None
        question = " ".join([*self.text, ending])
        return Problem(self.family, tuple(self.key), question, tuple(self.steps), self.value, self.expression)


def shopping(rng: Random, small: bool) -> Problem | None:
    """Prices and totals: 1 step (one kind), 3 or 4 steps (two kinds)."""
    most, dearest = (6, 6) if small else (9, 12)
    n1, n2 = rng.randint(2, most), rng.randint(2, most)
    p1, p2 = rng.randint(2, dearest), rng.randint(2, dearest)
    a, b = rng.sample(GOODS, 2)
    name = rng.choice(EVERYDAY)
    kind = rng.randrange(5)
    if kind == 0:
        question = f"{name} buys {n1} {a}s. Each {a} costs ${p1}. " + rng.choice(
            ["What is the total cost?", f"How much does {name} pay in all?"]
        )
        return Problem("a", ("a", 0, n1, p1), question, (f"{n1} * {p1} = {n1 * p1}.",), n1 * p1, f"{n1} * {p1}")
    first, second = n1 * p1, n2 * p2
    total = first + second
    if total > LARGEST:
        return None
    start = f"{name} buys {n1} {a}s and {n2} {b}s. "
    if kind in (1, 2):
        question = start + rng.choice(
            [
                f"Each {b} costs ${p2}. The total cost is ${total}. What is the cost of each {a}?",
                f"The total cost of everything is ${total}. Each {b} costs ${p2}. How much does each {a} cost?",
            ]
        )
        steps = (
            f"{n2} {b}s cost {n2} * {p2} = {second}.",
            f"{total} - {second} = {first}.",
            f"{first} / {n1} = {p1}.",
        )
        return Problem("a", ("a", 1, n1, n2, p1, p2), question, steps, p1, f"({total} - {n2} * {p2}) / {n1}")
    steps = (
        f"{n1} {a}s cost {n1} * {p1} = {first}.",
        f"{n2} {b}s cost {n2} * {p2} = {second}.",
        f"{first} + {second} = {total}.",
    )
    sums = f"{n1} * {p1} + {n2} * {p2}"
    start += f"Each {a} costs ${p1} and each {b} costs ${p2}. "
    if kind == 3:
        question = start + rng.choice(["What is the total cost?", f"How much does {name} pay in all?"])
        return Problem("a", ("a", 2, n1, n2, p1, p2), question, steps, total, sums)
    paid = (total // 10 + rng.randint(1, 4)) * 10
    if paid > LARGEST:
        return None
    question = start + f"{name} pays with ${paid}. How much change is there?"
    steps += (f"{paid} - {total} = {paid - total}.",)
    return Problem("a", ("a", 3, n1, n2, p1, p2, paid), question, steps, paid - total, f"{paid} - ({sums})")


def holdings(rng: Random, small: bool) -> Problem | None:
    """Things in bags that are bought, given away, lost, found and shared: 1 to 5 steps."""
    most = 6 if small else 12
    name, friend, other = rng.sample(EVERYDAY, 3)
    things, holders = rng.choice(THINGS), rng.choice(HOLDERS)
    n, k = rng.randint(2, most), rng.randint(2, most)
    changes = rng.randint(0, 3)
    if rng.random() < 0.4:
        work = _Work("b", n * k if small else rng.randint(5, 99))
        work.text.append(f"{name} has {work.value} {things}.")
        changes = max(1, changes)
    else:
        work = _Work("b", n)
        work.text.append(f"{name} buys {n} {holders} with {k} {things} in each.")
        work.apply("*", k)
        have = rng.randint(3, 12 if small else 40)
        if rng.random() < 0.4:
            work.text.insert(0, f"{name} has {have} {things}.")
            work.apply("+", have)
    for i in range(changes):
        kind = rng.choice(["give", "give", "lose", "find", "share"] if i == changes - 1 else ["give", "lose", "find"])
        if work.value < 6:
            return None
        number = rng.randint(2, min(work.value - 2, 12 if small else 60))
        if kind == "share":
            parts = [d for d in range(2, 10) if work.value % d == 0 and work.value // d <= 20]
            if not parts:
                return None
            number = rng.choice(parts)
            work.apply("/", number)
            return work.problem(
                f"Then {name} shares all the {things} equally among {number} friends."
                f" How many {things} does each friend get?"
            )
        work.text.append(
            {
                "find": f"{name} finds {number} more.",
                "give": f"{name} gives {number} to {rng.choice([friend, other])}.",
                "lose": f"{name} loses {number}.",
            }[kind]
        )
        work.apply("+" if kind == "find" else "-", number)
    return work.problem(
        rng.choice([f"How many {things} does {name} have now?", f"How many {things} are left with {name}?"])
    )


def comparisons(rng: Random, small: bool) -> Problem | None:
    """Chains of "has 5 more than", asked for the last or for all: 1 to 6 steps."""
    count = rng.choice([2, 2, 3, 3, 4])
    names = rng.sample(EVERYDAY, count)
    things = rng.choice(THINGS)
    most = 12 if small else 40
    work = _Work("c", rng.randint(2, most))
    work.text.append(f"{names[0]} has {work.value} {things}.")
    values, parts = [work.value], [work.expression]
    for before, name in itertools.pairwise(names):
        kind = rng.choice(["more", "more", "fewer", "twice", "three"])
        if kind == "fewer" and work.value < 5:
            kind = "more"
        number = {"twice": 2, "three": 3}.get(kind, 0)
        if kind == "fewer":
            number = rng.randint(2, min(most, work.value - 2))
        elif kind == "more":
            number = rng.randint(2, most)
        relation = {
            "more": f"{number} more {things} than",
            "fewer": f"{number} fewer {things} than",
            "twice": f"twice as many {things} as",
            "three": f"three times as many {things} as",
        }[kind]
        work.text.append(f"{name} has {relation} {before}.")
        work.apply({"more": "+", "fewer": "-"}.get(kind, "*"), number, f"{name} has ")
        values.append(work.value)
        parts.append(work.expression)
    if max(values) > 150:
        return None
    if rng.random() < 0.4:
        work.value, work.expression = values[0], " + ".join(parts)
        for value in values[1:]:
            work.apply("+", value)
        work.expression = " + ".join(parts)
        work.key.append("all")
        return work.problem(
            rng.choice([f"How many {things} do they have in all?", f"How many {things} do they have together?"])
        )
    return work.problem(f"How many {things} does {names[-1]} have?")


def chains(rng: Random, small: bool) -> Problem | None:
    """Start with a number and change it: 1 to 6 steps."""
    most = 12 if small else 60
    work = _Work("d", rng.randint(2, most))
    work.text.append(f"Start with {work.value}.")
    for _ in range(rng.randint(1, 6)):
        x = work.value
        kind = rng.choice(["add", "add", "subtract", "subtract", "double", "multiply", "halve"])
        if (
            (kind == "subtract" and x < 5)
            or (kind == "halve" and (x % 2 or not x))
            or (kind == "double" and x > 100)
            or (kind == "multiply" and x > 12)
        ):
            kind = "add"
        if kind == "add":
            number = rng.randint(2, most)
        elif kind == "subtract":
            number = rng.randint(2, min(most, x - 2))
        else:
            number = rng.randint(3, 9) if kind == "multiply" else 2
        work.text.append(
            {
                "add": f"Add {number}.",
                "subtract": f"Subtract {number}.",
                "double": "Double it.",
                "multiply": f"Multiply by {number}.",
                "halve": "Halve it.",
            }[kind]
        )
        work.apply({"add": "+", "subtract": "-", "halve": "/"}.get(kind, "*"), number)
    return work.problem(rng.choice(["What is the result?", "What number do you get?"]))


FAMILIES = (shopping, holdings, comparisons, chains)


def problem(rng: Random, split: Split = "train", steps: int | None = None) -> Problem:
    """A problem of the split, half of them small, of the given number of steps if any."""
    while True:
        made = rng.choice(FAMILIES)(rng, rng.random() < 0.5)
        if made and (steps is None or len(made.steps) == steps) and split_of("problem", *made.key) == split:
            return made
