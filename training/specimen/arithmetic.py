"""Single facts of arithmetic up to 200, and numbers with a point."""

from dataclasses import dataclass
from random import Random

from .problems import LARGEST
from .splits import Split, split_of


@dataclass(frozen=True)
class Fact:
    left: int
    sign: str
    right: int
    value: int

    @property
    def question(self) -> str:
        return f"{self.left} {self.sign} {self.right}"


def fact(rng: Random, split: Split = "train") -> Fact:
    """A sum, difference, product or exact quotient with all numbers up to 200."""
    while True:
        sign = rng.choice("++--*/")
        small = rng.random() < 0.3
        if sign == "+":
            top = 30 if small else 150
            left, right = rng.randint(1, top), rng.randint(1, min(top, 99))
            made = Fact(left, sign, right, left + right)
        elif sign == "-":
            top = 30 if small else 150
            value, right = rng.randint(0, top), rng.randint(1, min(top, 99))
            made = Fact(value + right, sign, right, value)
        else:
            a, b = rng.choice(
                [
                    (rng.randint(1, 12), rng.randint(1, 12)),
                    (rng.randint(2, 20), rng.randint(2, 9)),
                    (rng.randint(2, 100), 2),
                    (rng.randint(2, 66), 3),
                ]
            )
            if sign == "/":
                a, b = (a, b) if rng.random() < 0.7 else (b, a)
                made = Fact(a * b, sign, b, a)
            else:
                a, b = (a, b) if rng.random() < 0.5 else (b, a)
                made = Fact(a, sign, b, a * b)
        in_range = made.left <= LARGEST and made.value <= LARGEST
        if in_range and split_of("fact", made.left, sign, made.right, held=0.03) == split:
            return made


@dataclass(frozen=True)
class Decimals:
    """Two numbers with a point compared, as numbers or as section numbers."""

    as_sections: bool
    question: str
    answer: str
    explanation: str


def decimals(rng: Random, split: Split = "train", as_sections: bool | None = None) -> Decimals:
    """A pair such as 9.9 and 9.11, whose order as numbers and as sections may differ."""
    while True:
        whole = rng.randint(1, 20)
        tails = [
            str(rng.randint(1, 9)) if rng.random() < 0.5 else f"{rng.randint(1, 9)}{rng.randint(1, 9)}"
            for _ in range(2)
        ]
        same_value = float(f"0.{tails[0]}") == float(f"0.{tails[1]}")
        if tails[0] == tails[1] or same_value:
            continue
        other = whole if rng.random() < 0.8 else whole + rng.randint(1, 5)
        first, second = f"{whole}.{tails[0]}", f"{other}.{tails[1]}"
        if split_of("decimals", first, second, held=0.03) == split:
            break
    if rng.random() < 0.5:
        first, second = second, first
    sections = rng.random() < 0.5 if as_sections is None else as_sections
    both = (first, second)
    wholes, ends = zip(*(number.split(".") for number in both), strict=True)
    values = [[int(part) for part in number.split(".")] if sections else [float(number)] for number in both]
    more = first if values[0] > values[1] else second
    less = second if more == first else first
    if sections:
        word = rng.choice(["first", "last"])
        answer = less if word == "first" else more
        question = f"Which section comes {word}, section {first} or section {second}?"
        after = f"{ends[0]} and {ends[1]} as whole numbers"
        verdict = f"comes {word}"
    else:
        word = rng.choice(["larger", "smaller"])
        answer = more if word == "larger" else less
        question = rng.choice(
            [f"Which number is {word}, {first} or {second}?", f"Which is {word}, {first} or {second}?"]
        )
        longest = max(map(len, ends))
        padded = [end.ljust(longest, "0") for end in ends]
        after = f"{padded[0]} and {padded[1]} {'hundredths' if longest == 2 else 'tenths'}"
        verdict = f"is {word}"
    steps = [f"Before the point: {wholes[0]} and {wholes[1]}."]
    if wholes[0] == wholes[1]:
        steps.append(f"After it: {after}.")
    side = {first: "left", second: "right"}
    steps += [f"The {side[more]} has more.", f"The {side[answer]} one {verdict}."]
    return Decimals(sections, question, answer, " ".join(steps))
