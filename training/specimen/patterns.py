"""Lists that follow a rule: what a model must read off the examples alone.

Items of the dev and test splits are never shown in a pattern in training,
though the model may know them from elsewhere.
"""

from collections.abc import Callable
from random import Random

from . import names, spelling
from .document import Document
from .splits import Split, split_of
from .world import countries

CATEGORIES = {
    "fruit": "apple pear banana peach plum lemon mango cherry grape melon orange fig",
    "animal": "dog cat horse cow lion tiger bear wolf sheep goat pig fox",
    "color": "red blue green yellow black white purple brown pink grey",
    "tool": "hammer saw drill wrench axe shovel knife chisel rake spade",
    "metal": "iron gold silver copper tin lead zinc nickel",
    "bird": "eagle owl robin crow duck goose swan hawk raven dove",
    "number": "one two three four five six seven eight nine ten",
    "country": "France Spain Italy Japan China India Egypt Brazil Kenya Peru",
}
OPPOSITES = (
    "hot cold|big small|up down|left right|open closed|day night|good bad|fast slow|high low|happy sad|old new|rich poor"
    "|hard soft|light dark|early late|wet dry|full empty|strong weak|long short|near far|loud quiet|clean dirty"
    "|first last|north south|east west|black white|young old|thick thin|sweet sour|true false"
).split("|")
HELD_ITEMS = 0.08
Row = tuple[str, str]


def _draw(rng: Random, split: Split, kind: str, make: Callable[[], Row]) -> Row:
    while True:
        row = make()
        if split_of("pattern", kind, row[0], held=HELD_ITEMS) == split:
            return row


def _add(rng: Random, sign: int) -> Callable[[], Row]:
    step = rng.randint(1, 9)
    least = step if sign < 0 else 1

    def make() -> Row:
        number = rng.randint(least, 99)
        return str(number), str(number + sign * step)

    return make


def _opposite(rng: Random) -> Row:
    left, right = rng.choice(OPPOSITES).split()
    return (left, right) if rng.random() < 0.5 else (right, left)


def _category(rng: Random) -> Row:
    category, members = rng.choice(list(CATEGORIES.items()))
    return rng.choice(members.split()), category


def _capital(rng: Random) -> Row:
    country = rng.choice(countries())
    return country.name, country.capital


def _word_rule(rng: Random, change: Callable[[str], str]) -> Callable[[], Row]:
    def make() -> Row:
        word = rng.choice(spelling.words("train"))
        return word, change(word)

    return make


def _name_rule(rng: Random) -> Row:
    first, last = names.first_name(rng), names.surname(rng)
    return f"{first} {last}", f"{last}, {first}"


def _maker(rng: Random, kind: str) -> Callable[[], Row]:
    """What makes one row of a kind of pattern; a rule's number is drawn once for the list."""
    word_rules: dict[str, Callable[[str], str]] = {
        "double last letter": lambda word: word + word[-1],
        "first letter": lambda word: word[0],
        "last letter": lambda word: word[-1],
        "plural": lambda word: word + "s",
        "twice": lambda word: f"{word} {word}",
        "capitals": str.upper,
        "spelled": spelling.spelled,
    }
    if kind in word_rules:
        return _word_rule(rng, word_rules[kind])
    if kind in ("number + m", "number - m"):
        return _add(rng, 1 if kind == "number + m" else -1)
    others = {"opposite": _opposite, "category": _category, "capital": _capital, "surname first": _name_rule}
    return lambda: others[kind](rng)


KINDS = (
    "number + m",
    "number - m",
    "double last letter",
    "first letter",
    "last letter",
    "plural",
    "twice",
    "spelled",
    "opposite",
    "category",
    "capital",
    "surname first",
    "capitals",
)
WEIGHTS = (6, 2, 3, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1)
ARROWS = (" -> ", " -> ", ": ", " = ")


def pattern(
    rng: Random, split: Split = "train", kind: str | None = None, lengths: tuple[int, int] = (3, 7)
) -> tuple[list[Row], str]:
    """Rows of one kind (the last is the one asked for) and what stands between the sides.

    For the dev and test splits only the last row is of that split.
    """
    chosen = kind or rng.choices(KINDS, WEIGHTS)[0]
    make = _maker(rng, chosen)
    rows: dict[str, Row] = {}
    last = _draw(rng, split, chosen, make)
    wanted = rng.randint(*lengths)
    for _ in range(60):
        row = _draw(rng, "train", chosen, make)
        if row[0] != last[0]:
            rows[row[0]] = row
        if len(rows) == wanted:
            break
    return [*rows.values(), last], rng.choice(ARROWS)


def base_document(rng: Random) -> Document:
    """A list of the base stage."""
    return _document(*pattern(rng))


def drill(rng: Random) -> Document:
    """A long list, mostly of the rule that is hardest to read off: many rows to learn from at little cost."""
    kind = rng.choices(("number + m", "number - m", "double last letter", None), (6, 2, 1, 1))[0]
    return _document(*pattern(rng, kind=kind, lengths=(8, 16)))


def _document(rows: list[Row], arrow: str) -> Document:
    """A list whose left sides and first two rows can't be foreseen and bear no loss."""
    parts = []
    for i, (left, right) in enumerate(rows):
        end = "" if i == len(rows) - 1 else "\n"
        parts.append((left + arrow.rstrip(), False))
        parts.append((f"{arrow[-1]}{right}{end}", i >= 2))
    return Document(tuple(parts))
