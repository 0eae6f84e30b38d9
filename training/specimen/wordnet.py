"""WordNet 3.0 as Debian's wordnet-base lays it out: people, definitions, words.

WNSEARCHDIR, which WordNet's own programs read too, names another folder.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from .world import countries

FOLDER = Path(os.environ.get("WNSEARCHDIR", "/usr/share/wordnet"))
PERSON_FILE_NUMBER = "18"
PARTS_OF_SPEECH = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb"}
MIN_FREQUENCY = 3
MIN_PROFESSION = 3
LONGEST = 110
NOT_PROFESSIONS = frozenset({"political", "stage", "son"})

YEARS = re.compile(r"\s*\((1[0-9]{3})-(1[0-9]{3}|20[0-9]{2})\)$")
BORN = re.compile(r"\s*\(born in (1[0-9]{3})\)$")
NAME = re.compile(r"[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+| de| la| van| von| der| da){1,2}")
TITLE = re.compile(
    r"\b(of|the|Sir|Lord|Lady|First|Saint|St\.|[IVX]+|Duke|Earl|Baron|Viscount|Marquis|Count|Cardinal|King|Queen|Pope)\b"
)
FAMOUS = frozenset(
    """Albert Einstein|Isaac Newton|Charles Darwin|William Shakespeare|Wolfgang Amadeus Mozart|Ludwig van Beethoven
Pablo Picasso|Abraham Lincoln|George Washington|Marie Curie|Galileo Galilei|Leonardo da Vinci|Johann Sebastian Bach
Mark Twain|Charles Dickens|Jane Austen|Vincent van Gogh|Sigmund Freud|Karl Marx|Thomas Edison|Alexander Graham Bell
Nikola Tesla|Louis Pasteur|Ernest Hemingway|Leo Tolstoy|Victor Hugo|Immanuel Kant|Rene Descartes|Bertrand Russell
Niels Bohr|Max Planck|Werner Heisenberg|Enrico Fermi|Alan Turing|Charles Babbage|Michael Faraday|Johannes Kepler
Nicolaus Copernicus|Christopher Columbus|Marco Polo|Charlie Chaplin|Marilyn Monroe|Alfred Hitchcock|Walt Disney
Elvis Presley|Bob Dylan|Louis Armstrong|Duke Ellington|Claude Monet|Paul Cezanne|Salvador Dali|Andy Warhol
Henry Ford|Winston Churchill|Margaret Thatcher|Mahatma Gandhi|Nelson Mandela|Martin Luther King|John F. Kennedy
Thomas Jefferson|Benjamin Franklin|Florence Nightingale|Amelia Earhart|Neil Armstrong|Adam Smith|David Hume|John Locke
Friedrich Nietzsche|Ludwig Wittgenstein|Edgar Allan Poe|Emily Dickinson|Walt Whitman|Virginia Woolf|James Joyce
Oscar Wilde|George Bernard Shaw|Rudyard Kipling|George Orwell|Franz Kafka|Anton Chekhov|Igor Stravinsky
Johannes Brahms|Richard Wagner|Giuseppe Verdi|Franz Schubert|Agatha Christie|Babe Ruth|Muhammad Ali|Jesse Owens
Gregor Mendel|Carl Sagan|Linus Pauling|Robert Koch|Alexander Fleming|Leonhard Euler|Blaise Pascal
Johannes Gutenberg|Eli Whitney|Guglielmo Marconi|James Watt""".replace("\n", "|").split("|")
)
"""Names known to nearly everybody: they keep their surname when several people share it."""

CAPITALIZED = re.compile(r"[A-Z][A-Za-z'-]+")
PHRASE_END = re.compile(
    r" (?:who|whose|noted|known|that|remembered|famous|best|and|of|in|for|from|with|at|to|during|on|by|under"
    r"|which|considered|renowned|associated|active|famed|important|born|regarded|specializing|whom|when"
    r"|influenced|honored|said|responsible|concerned|credited)\b|,"
)


@dataclass(frozen=True)
class Person:
    """A person of WordNet. `profession` is the noun that a right answer must hold."""

    name: str
    description: str
    short: str
    profession: str
    born: str
    died: str | None

    @property
    def surname(self) -> str:
        return self.name.split()[-1]

    @property
    def verb(self) -> str:
        return "was" if self.died else "is"

    @property
    def years(self) -> str:
        return f"{self.born}-{self.died}" if self.died else f"born {self.born}"


@dataclass(frozen=True)
class Entry:
    """A dictionary entry with its examples."""

    word: str
    part: str
    definition: str
    examples: tuple[str, ...]


def _lines(part: str) -> Iterator[tuple[list[str], str]]:
    """Fields and gloss of each synset of a data file."""
    with open(FOLDER / f"data.{part}", encoding="ascii", errors="replace") as file:
        for line in file:
            if line[0] != " ":
                yield line.split(), line.split("| ", 1)[1].strip()


def _names(fields: list[str]) -> list[str]:
    words = [fields[4 + 2 * i].replace("_", " ") for i in range(int(fields[3], 16))]
    return [word for word in words if NAME.fullmatch(word) and not TITLE.search(word)]


def _person(names: list[str], gloss: str) -> Person | None:
    """A person from a gloss such as "French physicist who ... (1852-1908)"."""
    if years := YEARS.search(gloss):
        born, died = years.groups()
    elif years := BORN.search(gloss):
        born, died = years.group(1), None
    else:
        return None
    text = re.sub(r"\([^)]*\)", "", gloss[: years.start()]).split(";")[0]
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    text = re.sub(r"^(an?|the|prolific and influential) ", "", text)
    text = text.replace("United States", "American", 1) if "the United States" not in text else text
    short = PHRASE_END.split(text)[0].strip()
    while len(text) > LONGEST and " and " in text:
        text = text.rpartition(" and ")[0].strip(" ,")
    fits = text.isascii() and 8 <= len(text) <= LONGEST and len(short.split()) <= 5
    if not fits or not short or (" " not in short and names[0] not in FAMOUS) or not short.split()[-1].islower():
        return None
    return Person(names[0], text, short, short.split()[-1], born, died)


@cache
def people() -> tuple[Person, ...]:
    """People with dates, a surname of their own, and a profession that several share."""
    found: dict[str, Person] = {}
    surnames: Counter[str] = Counter()
    for fields, gloss in _lines("noun"):
        if fields[1] != PERSON_FILE_NUMBER or "@i" not in fields:
            continue
        names = sorted(_names(fields), key=lambda name: name not in FAMOUS)
        if not names:
            continue
        surnames[names[0].split()[-1]] += 1
        person = _person(names, gloss)
        if person:
            found.setdefault(person.name, person)
    professions = Counter(person.profession for person in found.values())
    famous = {person.surname for person in found.values() if person.name in FAMOUS}
    kept = [
        person
        for person in found.values()
        if person.name in FAMOUS
        or (
            person.profession not in NOT_PROFESSIONS
            and surnames[person.surname] == 1
            and person.surname not in famous
            and professions[person.profession] >= MIN_PROFESSION
        )
    ]
    named = {person.surname for person in kept} - {country.name for country in countries()}
    return tuple(_without_others(person, named) for person in kept)


def _without_others(person: Person, surnames: set[str]) -> Person:
    """The person, described without naming another one here, so that exposures stay exact."""
    others = surnames & set(CAPITALIZED.findall(person.description))
    return replace(person, description=person.short) if others else person


@cache
def frequencies() -> Counter[str]:
    """How often WordNet's tagged texts use each lemma."""
    counts: Counter[str] = Counter()
    for line in (FOLDER / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        counts[key.split("%")[0]] += int(count)
    return counts


@cache
def entries() -> tuple[Entry, ...]:
    """Definitions of words in use. None names a person, so exposures stay exact."""
    surnames = {person.surname for person in people()}
    kept = []
    for file, part in PARTS_OF_SPEECH.items():
        for fields, gloss in _lines(file):
            definition = gloss.split('; "')[0].strip(" ;:")
            word = re.sub(r"\(.*\)", "", fields[4]).replace("_", " ")
            common = frequencies()[fields[4].lower()] >= MIN_FREQUENCY
            names_a_person = surnames & set(CAPITALIZED.findall(gloss))
            if common and not names_a_person and "@i" not in fields and gloss.isascii() and 8 < len(definition) < 140:
                kept.append(Entry(word, part, definition, tuple(re.findall(r'"([^"]+)"', gloss))))
    return tuple(kept)


@cache
def words() -> tuple[str, ...]:
    """Plain words of 3 to 11 letters, the dictionary for spelling."""
    plain = (word for word in frequencies() if word.isalpha() and word.isascii() and word.islower())
    return tuple(sorted(word for word in plain if 3 <= len(word) <= 11 and frequencies()[word] >= MIN_FREQUENCY))
