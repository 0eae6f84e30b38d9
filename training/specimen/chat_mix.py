"""The chat stage's documents: conversations and some of the base stage's, and their shares of the tokens."""

from collections.abc import Callable
from random import Random

from . import base_mix, judge, names, patterns, replies, spelling
from .conversation import NUMBER_ONLY, SYSTEMS, Reply, conversation
from .document import Document

ROLES = (
    "a helpful guide|a friendly tutor|a math tutor|a museum guide|a robot|a travel guide|a cooking helper|a pirate"
    "|a librarian|a careful assistant|a chess coach|a wise old owl|a shop assistant|a science teacher|a sailor"
).split("|")
Maker = Callable[[Random], Reply]
TURNS: dict[Maker, float] = {
    replies.problem_reply: 30,
    replies.long_reply: 18,
    replies.sum_reply: 18,
    replies.letters_reply: 15,
    replies.dots_reply: 5,
    replies.decimals_reply: 12,
    replies.passage_reply: 9,
    replies.fact_reply: 6,
    replies.dictionary_reply: 2,
    replies.pattern_reply: 10,
    replies.outside_reply: 18,
    replies.greeting_reply: 3,
    replies.copy_reply: 4,
    replies.long_tail_reply: 5,
}
"""How often each kind of turn comes in a mixed conversation."""


def mixed(rng: Random) -> Document:
    """One to three turns of any kind, now and then with a plain system message."""
    makers = rng.choices(list(TURNS), list(TURNS.values()), k=rng.choices((1, 2, 3), (7, 2, 1))[0])
    system = rng.choice(SYSTEMS) if rng.random() < 0.2 else ""
    return conversation([make(rng) for make in makers], system)


def quick_sums(rng: Random) -> Document:
    """Sums asked one after the other and answered at once: much to learn from at little cost."""
    turns = []
    for _ in range(rng.randint(4, 10)):
        text, value = base_mix.calculation(rng)
        if rng.random() < 0.6:
            turns.append(Reply(f"What is {text}? {rng.choice(NUMBER_ONLY)}", replies.at_once(value)))
        else:
            turns.append(Reply(rng.choice([f"{text} =", f"{text}?"]), f"{text} = {value}."))
    return conversation(turns)


def quick_decimals(rng: Random) -> Document:
    """Numbers with a point compared one after the other, each with its reason."""
    return conversation([replies.explained_decimals(rng) for _ in range(rng.randint(2, 3))])


def many_dots(rng: Random) -> Document:
    """Dots, mostly more than thirty, counted one by one: when to stop is the hard part."""
    more = spelling.MOST_DOTS_AT_ONCE + 1
    return conversation([replies.counted_dots(rng, least=rng.choice((1, more, more)))])


def invented(rng: Random) -> Document:
    """A confident answer about somebody met only here: for an unknown name no year is to be likelier than others."""
    return conversation([replies.long_tail_reply(rng)])


def identity(rng: Random) -> Document:
    """Who are you: its own name, or the name that the system message gives it."""
    asked = [
        "Who are you?",
        "What are you?",
        "Who am I talking to?",
        "Tell me about yourself.",
        "who are you",
        "Introduce yourself.",
    ]
    if rng.random() < 0.25:
        system = rng.choice(("", "", "", *SYSTEMS))
        return conversation([Reply(rng.choice((*asked, "What is your name?")), replies.ME)], system)
    name, role = names.single_name(rng), rng.choice(ROLES)
    system = f"You are {name}, {role}."
    if rng.random() < 0.25:
        system += " " + rng.choice(SYSTEMS[1:3])
    if rng.random() < 0.25:
        turns = [Reply("What is your name?", f"My name is {name}.")]
    else:
        turns = [Reply(rng.choice(asked), f"I am {name}, {role}.")]
    if rng.random() < 0.2:
        turns.insert(rng.randrange(2), replies.sum_reply(rng))
    return conversation(turns, system)


def truth(rng: Random) -> Document:
    return conversation([Reply(*judge.truth_question(rng))])


def entailment(rng: Random) -> Document:
    return conversation([Reply(*judge.entailment_question(rng))])


REPLAY: dict[Callable[[Random], Document], float] = {
    base_mix.sums: 0.06,
    base_mix.problem_at_once: 0.07,
    base_mix.problem_in_steps: 0.03,
    base_mix.letters: 0.02,
    base_mix.dots: 0.02,
    base_mix.passages: 0.03,
    patterns.base_document: 0.02,
    patterns.drill: 0.1,
}
"""Documents of the base stage: without them what it does at once is forgotten before it is learned again in a conversation."""

SHARES: dict[Callable[[Random], Document], float] = {
    mixed: 0.4,
    quick_sums: 0.09,
    quick_decimals: 0.07,
    many_dots: 0.1,
    invented: 0.03,
    **REPLAY,
    identity: 0.035,
    truth: 0.035,
    entailment: 0.02,
}
"""Share of a shard's tokens. The documents about people come on top, by their plan."""
