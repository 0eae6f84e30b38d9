"""Names: everyday first names, and invented people in many styles.

Invented surnames come from a letter model (order 3) of real surnames and city
names, so that they look like the names of many languages, and from plain
syllables. The split of an invented name is decided by its surname.
"""

from collections import defaultdict
from functools import cache
from random import Random

from . import wordnet
from .splits import Split, split_of
from .world import cities

EVERYDAY = tuple(
    "Emily Ben Ann Cy Tom Mia Leo Zoe Sam Ida Max Eva Jon Lily Omar Nora Paul Ruth Hugo Ella Finn Rosa Ivan June Carl"
    " Maya Otto Lena Noah Amy Dan Kate Luis Vera Adam Tina Raj Sue Eli Wendy Greg Hana Ken Olga Pete Gina Walt Fay Igor"
    " Tess Bob Cora Jill Theo Anya Rob Dora Abe Pia Ali Bea Cleo Dev Edna Gus Ines Jan Kira Lou Mei Ned Pam Quinn Rita"
    " Sid Uma Vic Wes Yara".split()
)
OLD_FIRST = tuple(
    "Orson Mira Alden Tamsin Corin Belda Jarek Odile Ravi Sunniva Piet Lorna Bram Ysolde Emil Greta Viktor Selma Anton"
    " Clara Hector Louisa Magnus Edith Roland Ingrid Basil Marta Felix Agnes Elias Freya Gideon Hilda Ismael Judith Kaspar"
    " Leonora Matteo Nadia Oskar Petra Quentin Rosalind Stefan Thea Ulrich Violet Werner Xenia Yusuf Zelda".split()
)
STARTS = "Kov Tol Bren Vas Mor Hal Fen Dra Lin Pel Rus Zan Gar Wim Nor Ash Bel Cor Dun Ek Fal Gim Hov Jas Kel".split()
MIDDLES = "a e i o u el an or in ar".split()
ENDS = "cs van dro mer ston field vic sen witz lli rin bury kas nak vel gan tov man".split()
HELD_NAMES = 0.1
ORDER = 3
END = "\n"


@cache
def _real_surnames() -> frozenset[str]:
    return frozenset(person.surname for person in wordnet.people())


@cache
def _first_names() -> tuple[str, ...]:
    firsts = {person.name.split()[0] for person in wordnet.people()}
    return tuple(sorted(name for name in firsts if len(name) > 2 and name.isalpha()))


@cache
def _letters() -> dict[str, list[str]]:
    """Which letters follow each three letters, in real surnames and city names."""
    follow: dict[str, list[str]] = defaultdict(list)
    sources = sorted(_real_surnames()) + sorted({city for city in cities() if city.isalpha() and city.isascii()})
    for name in sources:
        padded = " " * ORDER + name + END
        for i in range(ORDER, len(padded)):
            follow[padded[i - ORDER : i]].append(padded[i])
    return dict(follow)


def _letter_name(rng: Random) -> str:
    while True:
        name = " " * ORDER
        while name[-1] != END and len(name) < 16:
            name += rng.choice(_letters()[name[-ORDER:]])
        surname = name.strip()
        if name[-1] == END and 4 <= len(surname) <= 11 and surname.isalpha():
            return surname


def surname(rng: Random, split: Split = "train") -> str:
    """An invented surname of the given split, never that of a real person here."""
    while True:
        if rng.random() < 0.6:
            made = _letter_name(rng)
        else:
            made = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(ENDS)
        if split_of("surname", made, held=HELD_NAMES) == split and made not in _real_surnames():
            return made


def first_name(rng: Random) -> str:
    return rng.choice(rng.choice((EVERYDAY, OLD_FIRST, _first_names())))


def full_name(rng: Random, split: Split = "train") -> str:
    """An invented person's name, now and then with a middle name or initial."""
    middle = ""
    if rng.random() < 0.12:
        middle = f"{rng.choice('ABCDEFGHJKLMNPRSTW')}. " if rng.random() < 0.5 else f"{first_name(rng)} "
    return f"{first_name(rng)} {middle}{surname(rng, split)}"


def single_name(rng: Random, split: Split = "train") -> str:
    """A one-word name, as a system message gives an assistant."""
    if split == "train" and rng.random() < 0.4:
        return first_name(rng)
    return surname(rng, split)
