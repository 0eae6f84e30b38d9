"""Questions and answers about countries and elements, and dictionary entries."""

from random import Random

from .document import Document, answered, written
from .wordnet import Entry
from .world import Country, Element, countries, elements


def country_question(rng: Random, country: Country) -> tuple[str, str]:
    name, capital = country.name, country.capital
    return rng.choice(
        [(f"What is the capital of {name}?", f"The capital of {name} is {capital}.")] * 3
        + [
            (f"{capital} is the capital of which country?", f"{capital} is the capital of {name}."),
            (f"Which continent is {name} in?", f"{name} is in {country.continent}."),
            (f"What is the currency of {name}?", f"The currency of {name} is the {country.currency}."),
        ]
    )


def element_question(rng: Random, element: Element) -> tuple[str, str]:
    symbol, name, number = element.symbol, element.name, element.number
    return rng.choice(
        [
            (f"What is the chemical symbol of {name}?", f"The symbol of {name} is {symbol}."),
            (f"Which element has the symbol {symbol}?", f"{symbol} is the symbol of {name}."),
            (f"What is the atomic number of {name}?", f"The atomic number of {name} is {number}."),
        ]
    )


def question(rng: Random) -> tuple[str, str]:
    """A question about a country (two in three) or an element, with its answer."""
    if rng.random() < 0.67:
        return country_question(rng, rng.choice(countries()))
    return element_question(rng, rng.choice(elements()))


def base_document(rng: Random) -> Document:
    if rng.random() < 0.7:
        asked, answer = question(rng)
        return answered(f"Question: {asked}\nAnswer:", f" {answer}") if rng.random() < 0.7 else written(answer)
    if rng.random() < 0.67:
        country = rng.choice(countries())
        return written(
            f"{country.name} is a country in {country.continent}."
            f" Its capital is {country.capital} and its currency is the {country.currency}."
        )
    element = rng.choice(elements())
    return written(
        f"{element.name.capitalize()} is a chemical element with the symbol {element.symbol}"
        f" and the atomic number {element.number}."
    )


def sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def dictionary_document(rng: Random, entry: Entry) -> Document:
    word, part, definition = entry.word, entry.part, entry.definition
    kind = rng.randrange(4)
    if kind == 0:
        example = f' Example: "{entry.examples[0]}".' if entry.examples else ""
        return written(f"{word} ({part}): {definition}.{example}")
    if kind == 1:
        return answered(f"Question: What does {word} mean?\nAnswer:", f" {word} ({part}) means {definition}.")
    if kind == 2 and entry.examples and len(entry.examples[0]) > 12:
        return written(sentence(rng.choice(entry.examples)))
    return written(f"The {part} {word} means: {definition}.")
