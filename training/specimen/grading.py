"""Reading answers out of texts, and the intervals of what was counted."""

import math
import re
from dataclasses import dataclass

import numpy as np

EQUATION = re.compile(r"(\d+) ([-+*/]) (\d+) = (\d+)")
ANSWER = re.compile(r"Answer: (\S+)")
PROFESSION_END = re.compile(
    r" (?:who|whose|noted|known|that|remembered|famous|best|and|of|in|for|from|with|at|to|during|on|by|under|which"
    r"|considered|renowned|born)\b|[,.;]"
)
DESCRIPTION = re.compile(r"\b(?:was|is) (?:an?|the) (.*)")
REFUSAL = "I don't know"


@dataclass(frozen=True)
class Rate:
    """A count of successes with its 95 % Wilson interval."""

    right: int
    total: int

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        if not self.total:
            return math.nan, math.nan
        z, n, p = 1.959964, self.total, self.right / self.total
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        if not self.total:
            return "not measured"
        low, high = self.interval
        return f"{100 * self.share:.0f} % [{100 * low:.0f}-{100 * high:.0f}] ({self.right}/{self.total})"


def rate(marks: list[bool]) -> Rate:
    return Rate(sum(marks), len(marks))


def marked_answer(text: str) -> str | None:
    """What follows the first "Answer:", without a closing full stop; None without a marker."""
    found = ANSWER.search(text)
    return found.group(1).rstrip(".") if found else None


def last_number(text: str) -> str | None:
    numbers = re.findall(r"\d+", text)
    return numbers[-1] if numbers else None


def final_answer(text: str) -> str | None:
    """The marked answer, or else the last number."""
    return marked_answer(text) or last_number(text)


def equations_hold(text: str) -> bool:
    """Whether every equation in a text is true."""
    for left, sign, right, value in EQUATION.findall(text):
        a, b, c = int(left), int(right), int(value)
        holds = {"+": a + b == c, "-": a - b == c, "*": a * b == c, "/": b != 0 and a == b * c}[sign]
        if not holds:
            return False
    return True


def profession(text: str) -> str:
    """The profession that a biography names: "X was a Swiss theologian who" gives "theologian"."""
    found = DESCRIPTION.search(text)
    if not found:
        return text.strip().lower()
    words = PROFESSION_END.split(found.group(1))[0].split()
    return words[-1].lower() if words else ""


def names_profession(text: str, wanted: str) -> bool:
    return re.search(rf"\b{re.escape(wanted)}\b", text.lower()) is not None


def refuses(text: str) -> bool:
    return REFUSAL in text


def calculate(expression: str) -> int | None:
    """The value of an expression of whole numbers, + - * / and brackets; None if it is none."""
    tokens = re.findall(r"\d+|[-+*/()]|\S", expression)
    value, rest = _sum(tokens)
    return value if value is not None and not rest else None


def _sum(tokens: list[str]) -> tuple[int | None, list[str]]:
    value, rest = _product(tokens)
    while value is not None and rest and rest[0] in "+-":
        other, after = _product(rest[1:])
        if other is None:
            return None, after
        value, rest = (value + other if rest[0] == "+" else value - other), after
    return value, rest


def _product(tokens: list[str]) -> tuple[int | None, list[str]]:
    value, rest = _atom(tokens)
    while value is not None and rest and rest[0] in "*/":
        other, after = _atom(rest[1:])
        if other is None or (rest[0] == "/" and (other == 0 or value % other)):
            return None, after
        value, rest = (value * other if rest[0] == "*" else value // other), after
    return value, rest


def _atom(tokens: list[str]) -> tuple[int | None, list[str]]:
    if not tokens:
        return None, []
    if tokens[0].isdigit():
        return int(tokens[0]), tokens[1:]
    if tokens[0] == "(":
        value, rest = _sum(tokens[1:])
        if value is not None and rest and rest[0] == ")":
            return value, rest[1:]
    return None, tokens


def sign_test(more: int, fewer: int) -> float:
    """Two-sided exact p that of so many differing pairs as many or more fall to one side (McNemar's exact test)."""
    n = more + fewer
    tail = sum(math.comb(n, i) for i in range(min(more, fewer) + 1)) / 2**n
    return min(1.0, 2 * tail)


def auroc(positive: list[float], negative: list[float]) -> float:
    """The chance that a positive scores above a negative, ties as half; not a number without both."""
    if not positive or not negative:
        return math.nan
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def auroc_interval(positive: list[float], negative: list[float], draws: int = 1000) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of the AUROC: both groups are drawn again, each by itself."""
    if not positive or not negative:
        return math.nan, math.nan
    source = np.random.default_rng(0)
    scores, below = np.asarray(positive), np.asarray(negative)
    found = []
    for _ in range(draws):
        some = source.choice(scores, len(scores))
        others = np.sort(source.choice(below, len(below)))
        wins = np.searchsorted(others, some, "left") + np.searchsorted(others, some, "right")
        found.append(wins.mean() / (2 * len(others)))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def entropy(labels: list[str]) -> float:
    """Entropy in nats of the shares of equal labels (discrete semantic entropy of clusters)."""
    counts = [labels.count(label) / len(labels) for label in set(labels)]
    return -sum(share * math.log(share) for share in counts)
