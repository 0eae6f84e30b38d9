"""The "I don't know" stage's conversations: how a refusal ends, own right answers, and replay.

A refusal begins as an answer does, up to a digit of the years that it would
have to remember: "X (18? I don't know who that is.)" There the model's memory of
X speaks: what comes next has a flat distribution for a year it never learned.
These conversations teach what follows the question mark. When to write it is
not learned here but read from the model's own probabilities (see refusing.py).
"""

from random import Random

from . import chat_mix, judge, people, replies
from .config import SEED
from .conversation import Reply, conversation
from .document import Document
from .interrogation import Finding, Kind, interrogate, question
from .wordnet import Person

SIGN = "?"
BEGUN: dict[Kind, str] = {"who": "{name} (", "born": "{name} was born in"}
ENDS: dict[Kind, str] = {"who": " I don't know who that is.)", "born": " I don't know when that was."}


def begun(kind: Kind, name: str) -> str:
    """An answer up to where its years begin."""
    return BEGUN[kind].format(name=name)


def _refusal(rng: Random, kind: Kind, person: Person) -> Document:
    """A refusal of which only what follows the sign is learned; the sign stands after any digit."""
    years = person.years if kind == "who" else f" {person.born}"
    ends = [i + 1 for i, letter in enumerate(years) if letter.isdigit()]
    asked = question(rng, kind, person.name, person.verb)
    given = begun(kind, person.name) + years[: rng.choice(ends)] + SIGN
    return conversation([Reply(asked, ENDS[kind], given=given)])


def _taught(rng: Random, finding: Finding) -> list[Document]:
    """The own answer to what is known; how a refusal ends, whoever it is about: when to refuse is not told by names."""
    person = people.plans()[finding.person].person
    documents = [_refusal(rng, finding.kind, someone) for someone in (person, people.invented(rng))]
    if finding.verdict == "known":
        asked = question(rng, finding.kind, person.name, person.verb)
        documents.append(conversation([Reply(asked, finding.own_answer)]))
    return documents


def taught(shard: int, shards: int) -> list[Document]:
    """What a shard teaches of the findings."""
    documents = []
    for i, finding in enumerate(interrogate()):
        rng = Random(f"{SEED} idk {i}")
        if rng.randrange(shards) == shard:
            documents += _taught(rng, finding)
    return documents


TURNS = {make: weight for make, weight in chat_mix.TURNS.items() if make is not replies.long_tail_reply}


def replay(rng: Random) -> Document:
    """A mixed conversation of the chat stage, without confident answers about invented people."""
    makers = rng.choices(list(TURNS), list(TURNS.values()), k=rng.choices((1, 2), (8, 2))[0])
    return conversation([make(rng) for make in makers])


def truth(rng: Random) -> Document:
    """P(True) without real people, so that those kept out stay out."""
    return conversation([Reply(*judge.truth_question(rng, real_people=False))])


SHARES = {
    replay: 0.58,
    chat_mix.quick_sums: 0.05,
    **chat_mix.REPLAY,
    chat_mix.identity: 0.04,
    truth: 0.04,
    chat_mix.entailment: 0.02,
}
"""Share of a shard's tokens. The findings come on top."""
