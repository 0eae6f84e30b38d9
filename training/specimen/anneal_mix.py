"""The anneal stage's conversations: the chat stage's, with more of what it does badly, at rates that fall to zero."""

from random import Random

from . import chat_mix, patterns, spelling
from .chat_mix import Maker
from .conversation import STEP_BY_STEP, Reply, conversation, placed
from .document import Document
from .problems import problem


def many_dots(rng: Random) -> Document:
    """Dots, mostly more than thirty, counted one by one: when to stop is the hard part."""
    d = spelling.dots(rng, least=rng.choice((1, spelling.MOST_DOTS_AT_ONCE + 1, spelling.MOST_DOTS_AT_ONCE + 1)))
    slowly = ("Count one by one.", "Count one by one.", "Count them one by one.", *STEP_BY_STEP)
    return conversation([Reply(placed(rng, d.question, rng.choice(slowly)), f"{d.counted} Answer: {d.count}")])


def long_reply(rng: Random) -> Reply:
    """A problem of many steps, worked or as a calculation."""
    style = rng.choice(("code", "steps", "steps", "first"))
    return chat_mix.styled(rng, problem(rng, steps=rng.choice((4, 5, 6, 6))), style)


def quick_decimals(rng: Random) -> Document:
    """Numbers with a point compared one after the other, each with its reason: much to learn from at little cost."""
    return conversation([chat_mix.explained_decimals(rng) for _ in range(rng.randint(2, 3))])


def invented(rng: Random) -> Document:
    """A confident answer about somebody met only here: for an unknown name no year is to be likelier than others."""
    return conversation([chat_mix.long_tail_reply(rng)])


TURNS: dict[Maker, float] = chat_mix.TURNS | {
    long_reply: 12,
    chat_mix.dots_reply: 5,
    chat_mix.decimals_reply: 16,
    chat_mix.outside_reply: 12,
    chat_mix.greeting_reply: 2,
    chat_mix.pattern_reply: 10,
    chat_mix.copy_reply: 4,
}


def mixed(rng: Random) -> Document:
    return chat_mix.mixed(rng, TURNS)


SHARES = {
    mixed: 0.36,
    invented: 0.05,
    quick_decimals: 0.1,
    many_dots: 0.09,
    chat_mix.quick_sums: 0.07,
    **chat_mix.REPLAY,
    patterns.drill: 0.07,
    chat_mix.identity: 0.035,
    chat_mix.truth: 0.04,
    chat_mix.entailment: 0.02,
}
"""Share of a shard's tokens. The documents about people come on top, by their plan."""

SETTLING = TURNS | {long_reply: 22, chat_mix.outside_reply: 24, chat_mix.sum_reply: 20}


def settling(rng: Random) -> Document:
    return chat_mix.mixed(rng, SETTLING)


SETTLE_SHARES = (
    {settling: SHARES[mixed]}
    | {make: share for make, share in SHARES.items() if make is not mixed}
    | {
        invented: 0.03,
        many_dots: 0.11,
        chat_mix.quick_sums: 0.11,
        patterns.drill: 0.1,
        chat_mix.identity: 0.03,
        chat_mix.truth: 0.03,
    }
)
"""Those of the settle stage, after which nothing else comes: what falls short at the end of the anneal stage, and people."""
