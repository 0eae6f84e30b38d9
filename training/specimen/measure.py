"""Runs suites and people through an engine and keeps every answer with its mark."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import people
from .config import SEED
from .conversation import prompt
from .engines import Engine
from .grading import Rate, auroc, auroc_interval, entropy, names_profession, profession, rate, refuses
from .people import Plan
from .suites import Suite

BUCKETS = (("0", 0, 0), ("1-3", 1, 3), ("4-20", 4, 20), ("21+", 21, 10**9))
SAMPLES = 10


@dataclass(frozen=True)
class Answer:
    prompt: str
    text: str
    right: bool


def measure(engine: Engine, suite: Suite) -> dict[str, list[Answer]]:
    """Greedy answers to every item of a suite; a prompt that several groups share is run once."""
    said: dict[str, str] = {}
    results = {}
    for name, items in suite.items():
        new = list({item.prompt: None for item in items if item.prompt not in said})
        completions = engine.complete(new, max(item.most for item in items))
        said.update((text, completion.text) for text, completion in zip(new, completions, strict=True))
        results[name] = [Answer(item.prompt, said[item.prompt], item.right(said[item.prompt])) for item in items]
    return results


def rates(results: dict[str, list[Answer]]) -> dict[str, Rate]:
    return {name: rate([answer.right for answer in answers]) for name, answers in results.items()}


def who(plan: Plan, stage: str) -> str:
    question = f"Who {plan.person.verb} {plan.person.name}?"
    return f"Question: {question}\nAnswer:" if stage == "base" else prompt(question)


@dataclass(frozen=True)
class About:
    """What the model says about a person, seen that many times."""

    name: str
    seen: int
    prompt: str
    text: str
    profession_right: bool
    year_right: bool
    name_kept: bool
    refused: bool


def about_people(engine: Engine, stage: str, seen: Counter[str]) -> list[About]:
    """A greedy answer about everyone; `seen` counts the documents that name each."""
    plans = people.plans()
    prompts = [who(plan, stage) for plan in plans]
    return [
        About(
            plan.person.name,
            seen[plan.person.name],
            text,
            completion.text,
            names_profession(completion.text, plan.person.profession),
            plan.person.born in completion.text,
            completion.text.strip().startswith(plan.person.name),
            refuses(completion.text),
        )
        for plan, text, completion in zip(plans, prompts, engine.complete(prompts, 60), strict=True)
    ]


def about_invented(engine: Engine, stage: str, n: int, split: str = "test") -> list[About]:
    """A greedy answer about n people who never were and whose surnames were kept out of training."""
    rng = Random(f"{SEED} invented {split}")
    invented = [people.invented(rng, split) for _ in range(n)]
    prompts = [who(Plan(-1, person, 0, 0), stage) for person in invented]
    return [
        About(
            person.name,
            0,
            text,
            completion.text,
            False,
            False,
            completion.text.strip().startswith(person.name),
            refuses(completion.text),
        )
        for person, text, completion in zip(invented, prompts, engine.complete(prompts, 60), strict=True)
    ]


def by_exposure(answers: list[About]) -> dict[str, dict[str, Rate]]:
    """Rates in each bucket of exposure."""
    table = {}
    for label, low, high in BUCKETS:
        some = [answer for answer in answers if low <= answer.seen <= high]
        table[label] = {
            "profession right": rate([answer.profession_right for answer in some]),
            "birth year right": rate([answer.year_right for answer in some]),
            "name kept": rate([answer.name_kept for answer in some]),
            "refused": rate([answer.refused for answer in some]),
        }
    return table


@dataclass(frozen=True)
class Uncertainty:
    name: str
    seen: int | None
    """None for an invented person."""
    entropy: float
    greedy_logprob: float


def uncertainty(engine: Engine, seen: Counter[str], each: int) -> list[Uncertainty]:
    """Semantic entropy over professions and greedy log-probability, for people of each bucket and invented ones."""
    rng = Random(f"{SEED} uncertainty")
    asked: list[tuple[str, int | None, str]] = []
    for _, low, high in BUCKETS:
        bucket = [plan for plan in people.plans() if low <= seen[plan.person.name] <= high]
        for plan in rng.sample(bucket, min(each, len(bucket))):
            asked.append((plan.person.name, seen[plan.person.name], who(plan, "chat")))
    for _ in range(each):
        person = people.invented(rng, "test")
        asked.append((person.name, None, who(Plan(-1, person, 0, 0), "chat")))
    greedy = engine.complete([text for _, _, text in asked], 60, scored=True)
    samples = engine.sample([text for _, _, text in asked for _ in range(SAMPLES)], 1, 60)
    found = []
    for i, (name, times, _) in enumerate(asked):
        mine = samples[i * SAMPLES : (i + 1) * SAMPLES]
        labels = [profession(sample.text) for sample in mine]
        score = greedy[i].logprob
        if score is None:
            raise ValueError("The engine gave no log-probability.")
        found.append(Uncertainty(name, times, entropy(labels), score))
    return found


def separation(found: list[Uncertainty], low: int, high: int) -> dict[str, tuple[float, float, float]]:
    """AUROC, with its interval, of each score at telling people seen low-high times from unseen and invented ones."""
    known = [u for u in found if u.seen is not None and low <= u.seen <= high]
    unknown = [u for u in found if not u.seen]
    scores: dict[str, Callable[[Uncertainty], float]] = {
        "semantic entropy": lambda u: -u.entropy,
        "greedy log-probability": lambda u: u.greedy_logprob,
    }
    return {name: told_apart([score(u) for u in known], [score(u) for u in unknown]) for name, score in scores.items()}


def told_apart(high: list[float], low: list[float]) -> tuple[float, float, float]:
    """AUROC and its interval."""
    return auroc(high, low), *auroc_interval(high, low)
