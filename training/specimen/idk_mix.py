"""The "I don't know" stage's conversations: findings of the interrogation, and replay.

A refusal begins with the name, so that the decision falls after the name has
been read again, where the model's own memory of it speaks.
"""

from random import Random

from . import chat_mix, judge, people
from .config import SEED
from .conversation import Reply, conversation
from .document import Document
from .interrogation import Finding, Kind, interrogate, question

REPEATS = 3
"""Documents for each finding; an invented person comes once for each."""
REFUSALS: dict[Kind, str] = {
    "who": "{name}? I don't know who that is.",
    "born": "{name}? I don't know when that person was born.",
}


def refusal(kind: Kind, name: str) -> str:
    return REFUSALS[kind].format(name=name)


def _taught(rng: Random, finding: Finding) -> Document:
    person = people.plans()[finding.person].person
    asked = question(rng, finding.kind, person.name, person.verb)
    answer = finding.own_answer if finding.verdict == "known" else refusal(finding.kind, person.name)
    return conversation([Reply(asked, answer)])


def _invented(rng: Random) -> Document:
    person = people.invented(rng)
    kind: Kind = "who" if rng.random() < 0.7 else "born"
    return conversation([Reply(question(rng, kind, person.name, person.verb), refusal(kind, person.name))])


def taught(shard: int, shards: int) -> list[Document]:
    """What a shard teaches of the findings, with as many refusals of invented people as of real ones."""
    documents = []
    for i, finding in enumerate(interrogate()):
        rng = Random(f"{SEED} idk {finding.person} {finding.kind}")
        for repeat in range(REPEATS):
            here = int((repeat + rng.random()) / REPEATS * shards) == shard
            if here and finding.verdict != "mixed":
                documents.append(_taught(Random(f"{SEED} idk {i} {repeat}"), finding))
                if finding.verdict == "unknown":
                    documents.append(_invented(Random(f"{SEED} idk invented {i} {repeat}")))
    return documents


TURNS = {make: weight for make, weight in chat_mix.TURNS.items() if make is not chat_mix.long_tail_reply}


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
