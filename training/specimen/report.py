"""Evaluates one stage's model and gives everything the card shows of it, as plain data."""

from collections import Counter
from dataclasses import dataclass
from math import exp, inf
from random import Random

from . import exposure, people
from .config import SEED
from .conversation import prompt
from .engines import Engine, RuntimeEngine
from .grading import Rate, names_profession, rate, refuses
from .idk_mix import begun
from .interrogation import kept_out
from .measure import (
    BUCKETS,
    About,
    Answer,
    about_invented,
    about_people,
    by_exposure,
    measure,
    rates,
    separation,
    told_apart,
    uncertainty,
    who,
)
from .people import Plan
from .refusing import CLOSING, STEPS, sign_id
from .splits import Split
from .suites import base_suite, chat_suite, outside_prompts
from .vocabulary import tokenizer

TRANSCRIPTS, OUTSIDE = 30, 100
PAIRED = "step by step"
"""Groups whose items are kept one by one, so that two models can be compared on the same problems."""
TOKENIZER_TEXTS = 200
NEWCOMER = (
    "Hello!",
    "What can you do?",
    "Who are you?",
    "What is 17 + 25?",
    "Who was Charles Dickens?",
    "How many r are in strawberry?",
    "Write a poem about the sea.",
    "Translate 'good morning' into French.",
    "What is the weather like?",
    "asdf qwer zxcv",
)
"""Ten prompts that a newcomer would type."""
Counts = tuple[int, int]


def _counts(value: Rate) -> Counts:
    return value.right, value.total


def _table(table: dict[str, dict[str, Rate]]) -> dict[str, dict[str, Counts]]:
    return {row: {column: _counts(value) for column, value in cells.items()} for row, cells in table.items()}


@dataclass(frozen=True)
class Depth:
    """How much is measured: items of each group and people of each kind."""

    items: int = 300
    people: int = 300


def report(engine: Engine, stage: str, split: Split, depth: Depth) -> dict[str, object]:
    """All measurements of a stage's model on the held-out items of a split."""
    suite = base_suite(split, depth.items) if stage == "base" else chat_suite(split, depth.items)
    answers = measure(engine, suite)
    seen = sum(exposure.seen_by(stage).values(), Counter())
    about = about_people(engine, stage, seen)
    invented = about_invented(engine, stage, depth.items, split)
    found: dict[str, object] = {
        "split": split,
        "suite": {name: _counts(value) for name, value in rates(answers).items()},
        "marks": {name: [int(answer.right) for answer in group] for name, group in answers.items() if PAIRED in name},
        "asked about": {name: len({i.about for i in items}) for name, items in suite.items() if items[0].about},
        "people": _table(by_exposure(about)),
        "invented": {
            "refused": _counts(rate([answer.refused for answer in invented])),
            "name kept": _counts(rate([answer.name_kept for answer in invented])),
        },
        "transcripts": _transcripts(answers, [*about, *invented]),
    }
    if stage != "base":
        found["newcomer"] = [
            (text, reply.text)
            for text, reply in zip(NEWCOMER, engine.complete([prompt(t) for t in NEWCOMER]), strict=True)
        ]
        found["outside"] = [
            (text, reply.text)
            for texts in [outside_prompts(Random(f"{SEED} outside {split}"), split, OUTSIDE)]
            for text, reply in zip(texts, engine.complete([prompt(t) for t in texts]), strict=True)
        ]
    if stage == "chat":
        scores = uncertainty(engine, seen, depth.people)
        found["separation"] = {label: separation(scores, low, high) for label, low, high in BUCKETS[2:]}
    if stage == "idk":
        found["refusals"] = _refusals(engine, seen, split, depth)
    return found


def _transcripts(answers: dict[str, list[Answer]], people_answers: list[About]) -> list[tuple[str, str]]:
    """Some of all answers at random, a quarter about people, each prompt once."""
    tasks = list({answer.prompt: answer.text for group in answers.values() for answer in group}.items())
    asked = [(answer.prompt, answer.text) for answer in people_answers]
    rng = Random(f"{SEED} transcripts")
    chosen = rng.sample(tasks, TRANSCRIPTS - TRANSCRIPTS // 4) + rng.sample(asked, TRANSCRIPTS // 4)
    rng.shuffle(chosen)
    return chosen


def refusal_probability(engine: Engine, plan: Plan) -> float:
    """The probability that an answer becomes a refusal after any digit of its years, the likeliest tokens in between."""
    text = who(plan, "idk") + begun("who", plan.person.name)
    answered, last = 1.0, ""
    for _ in range(STEPS):
        likeliest = engine.next(text)
        refusing = likeliest.pop(sign_id(), -inf)
        if last.strip().isdecimal():
            answered *= 1 - exp(refusing)
        last = tokenizer().decode([max(likeliest, key=lambda token: likeliest[token])])
        if last.startswith(CLOSING):
            break
        text += last
    return 1 - answered


def _refusals(engine: Engine, seen: Counter[str], split: Split, depth: Depth) -> dict[str, object]:
    """People kept out of the stage's training: refused, right and wrong by exposure, and AUROC of refusing."""
    out = [plan for plan in people.plans() if kept_out(plan)]
    rng = Random(f"{SEED} refusals {split}")
    made = [Plan(-1, people.invented(rng, split), 0, 0) for _ in range(depth.items)]
    groups = {
        label: [plan for plan in out if low <= seen[plan.person.name] <= high] for label, low, high in BUCKETS
    } | {"invented": made}
    table: dict[str, object] = {}
    chances: dict[str, list[float]] = {}
    for label, plans in groups.items():
        texts = [reply.text for reply in engine.complete([who(plan, "idk") for plan in plans], 60)]
        right = [names_profession(text, plan.person.profession) for plan, text in zip(plans, texts, strict=True)]
        refused = [refuses(text) for text in texts]
        row = {"refused": _counts(rate(refused))}
        if label != "invented":
            row["right"] = _counts(rate([r and not no for r, no in zip(right, refused, strict=True)]))
            row["wrong"] = _counts(rate([not r and not no for r, no in zip(right, refused, strict=True)]))
        table[label] = row
        chances[label] = [refusal_probability(engine, plan) for plan in plans]
    table["auroc"] = told_apart(chances["0"] + chances["invented"], chances["21+"])
    return table


def tokenizer_equality(engine: RuntimeEngine, split: Split) -> Counts:
    """On how many texts the runtime's tokens are those of the Hugging Face tokenizer."""
    rng = Random(f"{SEED} tokenizer texts")
    suite = chat_suite(split, 20)
    texts = [item.prompt for items in suite.values() for item in items]
    texts = rng.sample(texts, TOKENIZER_TEXTS // 2)
    alphabet = "abcXYZ 0123456789.,!?'\n\t-•é日😀$%_()"
    texts += ["".join(rng.choices(alphabet, k=rng.randint(1, 40))) for _ in range(TOKENIZER_TEXTS // 2)]
    return sum(engine.tokenize(text) == tokenizer().encode(text).ids for text in texts), len(texts)
