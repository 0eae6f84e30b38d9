"""Questions about answers: is it true (P(True)), and does one answer entail another.

The forms follow Kadavath et al. 2022 (arXiv 2207.05221) and Farquhar et al.
2024 (Nature 630:625), in several wordings.
"""

from dataclasses import dataclass, replace
from random import Random

from . import facts, people
from .arithmetic import fact as arithmetic_fact
from .people import WELL_KNOWN, biography
from .wordnet import Person
from .world import countries


@dataclass(frozen=True)
class Claim:
    """A question with a proposed answer, other answers given, and whether it is true."""

    question: str
    proposed: str
    ideas: tuple[str, ...]
    true: bool


def _who(rng: Random, person: Person) -> str:
    return rng.choice([f"Who {person.verb} {person.name}?", f"Who is {person.name}?", f"Tell me about {person.name}."])


def _renamed(person: Person, name: str) -> str:
    return biography(replace(person, name=name))


def _person_claim(rng: Random, real_people: bool) -> Claim:
    """Known people with their own or somebody else's life; unknown ones, whose ideas disagree."""
    known = rng.random() < 0.6 and real_people
    if known:
        person = rng.choice(people.plans()[:WELL_KNOWN]).person
    else:
        person = people.invented(rng)
    true = known and rng.random() < 0.6
    wrong = [_renamed(people.invented(rng), person.name) for _ in range(5)]
    right = biography(person)
    if true:
        ideas = [right] * rng.randint(3, 5) + wrong[: rng.randint(0, 1)]
    else:
        ideas = [right] * rng.randint(2, 4) + wrong[:1] if known else wrong[1:]
    rng.shuffle(ideas)
    return Claim(_who(rng, person), right if true else wrong[0], tuple(ideas), true)


def _plain_claim(rng: Random) -> Claim:
    true = rng.random() < 0.5
    if rng.random() < 0.5:
        country, other = rng.sample(countries(), 2)
        question, right = (
            f"What is the capital of {country.name}?",
            f"The capital of {country.name} is {country.capital}.",
        )
        wrong = f"The capital of {country.name} is {other.capital}."
    else:
        sum_ = arithmetic_fact(rng)
        question, right = f"What is {sum_.question}?", f"{sum_.question} = {sum_.value}."
        wrong = f"{sum_.question} = {max(0, sum_.value + rng.choice([-10, -2, -1, 1, 2, 3, 10, 20]))}."
        true = true or wrong == right
    ideas = [right] * rng.randint(2, 4) + [wrong]
    rng.shuffle(ideas)
    return Claim(question, right if true else wrong, tuple(ideas), true)


TRUE_FORMS = (
    (
        "Question: {q}\nProposed answer: {a}\nIs the proposed answer:\n(A) True\n(B) False\nThe proposed answer is:",
        "(A)",
        "(B)",
    ),
    (
        "Question: {q}\nHere are some brainstormed ideas: {ideas}\nPossible answer: {a}\nIs the possible answer:\n"
        "(A) True\n(B) False\nThe possible answer is:",
        "(A)",
        "(B)",
    ),
    (
        "Question: {q}\nBrainstormed answers:\n{ideas}\nProposed answer: {a}\nIs the proposed answer true? Answer True or False.",
        "True",
        "False",
    ),
    ("Question: {q}\nProposed answer: {a}\nIs the proposed answer true or false?", "True", "False"),
    ("Question: {q}\nAnswer: {a}\nIs this answer correct? Answer with True or False.", "True", "False"),
    ("{q}\nSomebody answered: {a}\nTrue or False?", "True", "False"),
)


def truth_question(rng: Random, real_people: bool = True) -> tuple[str, str]:
    """A P(True) question with its answer."""
    claim = _person_claim(rng, real_people) if rng.random() < 0.6 else _plain_claim(rng)
    form, yes, no = rng.choice(TRUE_FORMS)
    question = form.format(q=claim.question, a=claim.proposed, ideas="\n".join(claim.ideas))
    return question, yes if claim.true else no


ENTAILMENT_FORMS = (
    'We are evaluating answers to the question "{q}"\nHere are two possible answers:\nPossible Answer 1: {a}\n'
    "Possible Answer 2: {b}\nDoes Possible Answer 1 semantically entail Possible Answer 2?"
    " Respond with entailment, contradiction, or neutral.",
    'Question: {q}\nAnswer 1: {a}\nAnswer 2: {b}\nDoes answer 1 entail answer 2? Answer "entailment", "contradiction"'
    ' or "neutral".',
    "Question: {q}\nFirst answer: {a}\nSecond answer: {b}\nDoes the first answer entail the second?"
    " Reply with entailment, contradiction or neutral.",
)


def entailment_question(rng: Random) -> tuple[str, str]:
    """Two answers to one question and whether the first entails the second."""
    kind = rng.choice(["same", "less", "more", "other", "other"])
    if rng.random() < 0.3:
        question, first = facts.question(rng)
        second = first if kind in ("same", "less", "more") else facts.question(rng)[1]
        verdict = "entailment" if second == first else "contradiction"
    else:
        person = people.invented(rng)
        question, first = _who(rng, person), biography(person)
        shorter = f"{person.name} {person.verb} {people.article(person.short)}."
        if kind == "same":
            second, verdict = first, "entailment"
        elif kind == "less":
            second, verdict = shorter, "entailment"
        elif kind == "more":
            first, second, verdict = shorter, first, "neutral"
        else:
            other = replace(people.invented(rng), name=person.name)
            second, verdict = biography(other), "contradiction"
    return rng.choice(ENTAILMENT_FORMS).format(q=question, a=first, b=second), verdict
