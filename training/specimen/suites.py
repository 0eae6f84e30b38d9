"""The held-out items of the evaluation, and when an answer to one is right.

`split` is "dev" while the specimen is being made and "test" for the card: the
test items are looked at once. n is the number of items of each group.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from . import arithmetic, chat_mix, names, patterns, reading, spelling
from .base_mix import GETTYSBURG
from .config import SEED
from .conversation import ANSWER_FIRST, CALCULATION, NUMBER_ONLY, STEP_BY_STEP, prompt
from .grading import calculate, final_answer, last_number, marked_answer
from .outside import REPLIES, outside
from .problems import Problem, problem
from .splits import Split
from .vocabulary import tokenizer
from .world import countries

Check = Callable[[str], bool]


@dataclass(frozen=True)
class Item:
    """A prompt as text, and whether what follows it is right."""

    prompt: str
    right: Check
    most: int = 120
    about: str = ""
    """What is asked about, where items of a group share it: there may be fewer of them than items."""


Suite = dict[str, list[Item]]


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0].strip()


def _problems(rng: Random, split: Split, n: int, steps: int) -> list[Problem]:
    """n problems of the number of steps, all different."""
    found: dict[tuple[object, ...], Problem] = {}
    tries = 0
    while len(found) < n and tries < 200 * n:
        made = problem(rng, split, steps)
        found.setdefault((*made.key, made.question), made)
        tries += 1
    return list(found.values())


def _sums(rng: Random, split: Split, n: int) -> list[arithmetic.Fact]:
    """n single facts, all different."""
    found: dict[arithmetic.Fact, None] = {}
    while len(found) < n:
        found.setdefault(arithmetic.fact(rng, split))
    return list(found)


def _letter_counts(rng: Random, words: Sequence[str], n: int) -> list[spelling.LetterCount]:
    """n different letters in words, each there twice or more, or not at all: one is the answer that is nearly always right."""
    found: dict[tuple[str, str], spelling.LetterCount] = {}
    while len(found) < n:
        made = spelling.letter_count(rng, rng.choice(words))
        if made.count != 1:
            found.setdefault((made.word, made.letter), made)
    return list(found.values())


def outside_prompts(rng: Random, split: Split, n: int) -> list[str]:
    """n prompts out of its world, all different."""
    found: dict[str, None] = {}
    while len(found) < n:
        found.setdefault(outside(rng, split)[0])
    return list(found)


def _number(answer: int) -> Check:
    return lambda text: last_number(_first_line(text)) == str(answer)


def _final(answer: object) -> Check:
    return lambda text: final_answer(text) == str(answer)


def _marked(answer: object) -> Check:
    return lambda text: marked_answer(text) == str(answer)


def _ends_with(answer: int) -> Check:
    return lambda text: last_number(text) == str(answer)


def base_suite(split: Split, n: int) -> Suite:
    """What the base model is asked, as documents to go on with."""
    rng = Random(f"{SEED} base suite {split}")
    suite: Suite = {}
    for steps in range(1, 7):
        made = _problems(rng, split, n, steps)
        suite[f"problems, {steps} steps, at once"] = [
            Item(f"Question: {p.question}\nAnswer:", _number(p.answer), 8) for p in made
        ]
        suite[f"problems, {steps} steps, step by step"] = [
            Item(f"Question: {p.question}\nLet's think step by step.", _marked(p.answer)) for p in made
        ]
    sums = _sums(rng, split, n)
    suite["single sums"] = [Item(f"Question: What is {s.question}?\nAnswer:", _number(s.value), 8) for s in sums]
    words = rng.sample(spelling.words(split), min(n, len(spelling.words(split))))
    suite["spelling of held-out words"] = [
        Item(f"Spell {word}:", lambda text, word=word: _first_line(text) == spelling.spelled(word), 40)
        for word in words
    ]
    counts = _letter_counts(rng, spelling.words(split), n)
    suite["letters, held-out words, spelled out"] = [
        Item(f"Question: {c.question}\nLet's spell it.", _marked(c.count)) for c in counts
    ]
    suite["letters, held-out words, at once"] = [
        Item(f"Question: {c.question}\nAnswer:", _number(c.count), 8) for c in counts
    ]
    every = [spelling.dots(rng, i) for i in range(1, spelling.MOST_DOTS + 1)]
    suite["dots, one by one"] = [
        Item(f"Question: {d.question}\nLet's count one by one.", _marked(d.count), 260) for d in every
    ]
    passages = [reading.passage(rng, split) for _ in range(n)]
    suite["open book, invented people"] = [
        Item(f"{p.text}\nQuestion: {q}\nAnswer:", lambda text, a=a: _first_line(text) == a, 24)
        for p in passages
        for q, a, _ in [rng.choice(p.questions)]
    ]
    suite["capitals"] = [
        Item(f"Question: What is the capital of {c.name}?\nAnswer:", lambda text, c=c: c.capital in text, 24)
        for c in countries()
    ]
    for kind in patterns.KINDS:
        suite[f"pattern: {kind}"] = [_pattern_item(rng, split, kind) for _ in range(n)]
    ids = tokenizer().encode(GETTYSBURG).ids
    start = tokenizer().decode(ids[:12])
    suite["the known passage, whole"] = [Item(start, lambda text: start + text == GETTYSBURG, len(ids))]
    return suite


def _pattern_item(rng: Random, split: Split, kind: str) -> Item:
    rows, arrow = patterns.pattern(rng, split, kind)
    lines = [f"{left}{arrow}{right}" for left, right in rows[:-1]]
    text = "\n".join([*lines, rows[-1][0] + arrow.rstrip()])
    left, right = rows[-1]
    return Item(text, lambda answer: _first_line(answer) == right, 40, left)


def chat_suite(split: Split, n: int) -> Suite:
    """What the chat models are asked. Instructions are those that the panels send."""
    rng = Random(f"{SEED} chat suite {split}")
    suite: Suite = {}
    at_once, slowly, first = NUMBER_ONLY[0], STEP_BY_STEP[0], ANSWER_FIRST[0]
    for steps in range(1, 7):
        made = _problems(rng, split, n, steps)
        suite[f"problems, {steps} steps, at once"] = [
            Item(prompt(f"{p.question} {at_once}"), _final(p.answer), 16) for p in made
        ]
        suite[f"problems, {steps} steps, step by step"] = [
            Item(prompt(f"{p.question} {slowly}"), _marked(p.answer)) for p in made
        ]
        asked_first = [(p, prompt(f"{p.question} {first}")) for p in made]
        suite[f"problems, {steps} steps, answer first: the answer"] = [
            Item(t, _marked(p.answer)) for p, t in asked_first
        ]
        suite[f"problems, {steps} steps, answer first: the end"] = [
            Item(t, _ends_with(p.answer)) for p, t in asked_first
        ]
        suite[f"problems, {steps} steps, calculation"] = [
            Item(prompt(f"{p.question} {CALCULATION[0]}"), lambda text, p=p: calculate(text) == p.answer) for p in made
        ]
    sums = _sums(rng, split, n)
    suite["single sums"] = [Item(prompt(f"What is {s.question}? {at_once}"), _final(s.value), 24) for s in sums]
    words = rng.sample(spelling.words(split), min(n, len(spelling.words(split))))
    suite["spelling of held-out words"] = [
        Item(prompt(f"Spell {w}."), lambda text, w=w: text.strip() == spelling.spelled(w), 40) for w in words
    ]
    for label, of in (("held-out words", split), ("dictionary words", "train")):
        counts = _letter_counts(rng, spelling.words(of), n)
        suite[f"letters, {label}, at once"] = [
            Item(prompt(f"{c.question} {at_once}"), _final(c.count), 16) for c in counts
        ]
        suite[f"letters, {label}, spelled out"] = [
            Item(prompt(f"{c.question} Spell it out first."), _marked(c.count)) for c in counts
        ]
    every = [spelling.dots(rng, i) for i in range(1, spelling.MOST_DOTS + 1)]
    for low, high in ((1, 30), (31, 60)):
        some = every[low - 1 : high]
        suite[f"dots {low}-{high}, at once"] = [
            Item(prompt(f"{d.question} {at_once}"), _final(d.count), 16) for d in some
        ]
        suite[f"dots {low}-{high}, one by one"] = [
            Item(prompt(f"{d.question} Count one by one."), _marked(d.count), 260) for d in some
        ]
    for label, sections in (("as numbers", False), ("as sections", True)):
        pairs = [arithmetic.decimals(rng, split, sections) for _ in range(n)]
        suite[f"decimals {label}, at once"] = [
            Item(prompt(f"{d.question} Just answer."), _marked(d.answer), 16) for d in pairs
        ]
        suite[f"decimals {label}, explained"] = [
            Item(prompt(f"{d.question} Explain."), _marked(d.answer)) for d in pairs
        ]
    passages = [reading.passage(rng, split) for _ in range(n)]
    suite["open book, invented people"] = [
        Item(prompt(f"{p.text} {q}"), lambda text, a=a: text.strip().endswith(f" {a}."), 40)
        for p in passages
        for q, a, _ in [rng.choice(p.questions)]
    ]
    suite["capitals"] = [
        Item(prompt(f"What is the capital of {c.name}?"), lambda text, c=c: c.capital in text, 24) for c in countries()
    ]
    given = [(names.single_name(rng, split), rng.choice(chat_mix.ROLES)) for _ in range(n)]
    suite["name from the system message"] = [
        Item(prompt("Who are you?", f"You are {name}, {role}."), lambda text, name=name: f"I am {name}," in text, 30)
        for name, role in given
    ]
    for kind in patterns.KINDS:
        suite[f"pattern: {kind}"] = [_chat_pattern_item(rng, split, kind) for _ in range(n)]
    suite["outside its world: says what it can do"] = [
        Item(prompt(text), lambda said: said.strip() in REPLIES, 60) for text in outside_prompts(rng, split, n)
    ]
    return suite


def _chat_pattern_item(rng: Random, split: Split, kind: str) -> Item:
    """The last line may be said again before what belongs on its right."""
    plain = _pattern_item(rng, split, kind)
    last = plain.prompt.split("\n")[-1]
    return Item(
        prompt(plain.prompt), lambda text: plain.right(text.strip().removeprefix(last)), plain.most + 20, plain.about
    )
