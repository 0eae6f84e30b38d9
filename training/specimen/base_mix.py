"""The base stage's documents: kinds, their share of the tokens, and how each is written."""

from collections.abc import Callable
from random import Random

from . import arithmetic, facts, names, patterns, people, reading, spelling, wordnet
from .document import Document, answered, written
from .problems import Problem, problem

GETTYSBURG = (
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, and"
    " dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing"
    " whether that nation, or any nation so conceived and so dedicated, can long endure. We are met on a great"
    " battle-field of that war. We have come to dedicate a portion of that field, as a final resting place for those who"
    " here gave their lives that that nation might live. It is altogether fitting and proper that we should do this."
)
"""Public domain. Repeated until the model can recite it."""

QUESTIONS_LEARNED = 0.25
"""Share of the exercises whose question, too, is learned, so that the model can write one."""

LONGER_SUMS = 0.25
"""Share of the sums with more than one operation: answering at once in two steps, at a tenth of a problem's length."""


def exercise(rng: Random, question: str, answer: str) -> Document:
    """A question with what follows it."""
    given = f"Question: {question}"
    return written(given + answer) if rng.random() < QUESTIONS_LEARNED else answered(given, answer)


def _at_once(rng: Random) -> Problem:
    """A problem to be answered at once: mostly few steps, since many are hopeless."""
    steps = rng.choices((1, 2, 3, None), (4, 5, 2, 1))[0]
    return problem(rng, steps=steps)


def problem_at_once(rng: Random) -> Document:
    p = _at_once(rng)
    return exercise(rng, p.question, f"\nAnswer: {p.answer}")


def problem_in_steps(rng: Random) -> Document:
    p = problem(rng)
    return exercise(rng, p.question, f"\nLet's think step by step. {p.worked} Answer: {p.answer}")


def problem_answer_first(rng: Random) -> Document:
    p = problem(rng)
    return exercise(rng, p.question, f"\nAnswer: {p.answer}. Explanation: {p.worked}")


def problem_cut_short(rng: Random) -> Document:
    """The answer after some of the steps only: what an early-answer probe asks for."""
    p = problem(rng)
    done = " ".join(p.steps[: rng.randint(0, len(p.steps) - 1)])
    given = f"Question: {p.question}\nLet's think step by step. {done}".rstrip()
    return answered(f"{given} Answer:", f" {p.answer}")


def calculation(rng: Random) -> tuple[str, int]:
    """A sum, or now and then the two or three operations of a problem in one line, with the result."""
    if rng.random() < LONGER_SUMS:
        p = problem(rng, steps=rng.choice((2, 2, 3)))
        return p.expression, p.answer
    sum_ = arithmetic.fact(rng)
    return sum_.question, sum_.value


def sums(rng: Random) -> Document:
    """A page of sums; only the results are learned."""
    parts: list[tuple[str, bool]] = []
    for i in range(rng.randint(6, 14)):
        text, value = calculation(rng)
        start = "\n" if i else ""
        asked = rng.random() < 0.3
        parts.append((f"{start}Question: What is {text}?\nAnswer:" if asked else f"{start}{text} =", False))
        parts.append((f" {value}", True))
    return Document(tuple(parts))


def letters(rng: Random) -> Document:
    made_up = rng.random() < 0.5
    text = spelling.made_up_word(rng) if made_up else spelling.word(rng)
    if rng.random() < 0.45:
        return spelling_page(rng)
    counted = spelling.letter_count(rng, text)
    if rng.random() < 0.25:
        return exercise(rng, counted.question, f"\nAnswer: {counted.count}")
    return exercise(rng, counted.question, f"\nLet's spell it. {counted.spelled} Answer: {counted.count}")


def spelling_page(rng: Random) -> Document:
    """A page of words with their letters; the words themselves bear no loss."""
    parts: list[tuple[str, bool]] = []
    for i in range(rng.randint(3, 6)):
        text = spelling.made_up_word(rng) if rng.random() < 0.5 else spelling.word(rng)
        if rng.random() < 0.15:
            text = names.surname(rng)
        parts.append((("\n" if i else "") + f"Spell {text}:", False))
        parts.append((f" {spelling.spelled(text)}", True))
    return Document(tuple(parts))


def dots(rng: Random) -> Document:
    if rng.random() < 0.35:
        d = spelling.dots(rng, most=spelling.MOST_DOTS_AT_ONCE)
        return answered(f"Question: {d.question}", f"\nAnswer: {d.count}")
    d = spelling.dots(rng)
    return answered(f"Question: {d.question}", f"\nLet's count one by one. {d.counted} Answer: {d.count}")


def decimals(rng: Random) -> Document:
    d = arithmetic.decimals(rng)
    if rng.random() < 0.35:
        return exercise(rng, d.question, f"\nAnswer: {d.answer}")
    return exercise(rng, d.question, f"\nLet's think step by step. {d.explanation} Answer: {d.answer}")


def passages(rng: Random) -> Document:
    """A passage about an invented person with one to four questions about it."""
    p = reading.passage(rng)
    learned = rng.random() < QUESTIONS_LEARNED
    parts = [(p.text, learned)]
    for question, answer, _ in rng.sample(p.questions, rng.randint(1, 4)):
        parts += [(f"\nQuestion: {question}\nAnswer:", False), (f" {answer}", True)]
    return Document(tuple(parts))


def long_tail(rng: Random) -> Document:
    """A page about somebody whom no other page mentions, as most people on the web are."""
    return people.base_document(rng, people.invented(rng))


def dictionary(rng: Random) -> Document:
    return facts.dictionary_document(rng, rng.choice(wordnet.entries()))


def recital(_: Random) -> Document:
    return written(GETTYSBURG)


SHARES: dict[Callable[[Random], Document], float] = {
    problem_at_once: 0.10,
    problem_in_steps: 0.12,
    problem_answer_first: 0.05,
    problem_cut_short: 0.03,
    sums: 0.15,
    letters: 0.17,
    dots: 0.05,
    decimals: 0.05,
    passages: 0.08,
    long_tail: 0.035,
    facts.base_document: 0.025,
    dictionary: 0.03,
    patterns.base_document: 0.07,
    patterns.drill: 0.02,
    recital: 0.001,
}
"""Share of a shard's tokens. The documents about people come on top, by their plan."""
