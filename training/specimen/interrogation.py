"""Asks the chat model what it knows, as Llama 3 was asked (arXiv 2407.21783, section 4.3.6).

Everybody who may be in the "I don't know" stage's training is asked several
times; answers are graded against the facts. Consistently wrong: a refusal is to
be taught. Consistently right: its own answer is kept. Mixed: left out.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from . import checkpoints, people
from .config import SEED, run_folder
from .conversation import prompt
from .engines import TorchEngine
from .grading import names_profession
from .people import Plan
from .splits import share

KEPT_OUT = 0.4
SAMPLES = 6
KNOWN_FROM, UNKNOWN_TO = 5, 1
"""Right answers out of SAMPLES from which a question counts as known, and up to which as not."""

Kind = Literal["who", "born"]
Verdict = Literal["known", "unknown", "mixed"]
WORDINGS: dict[Kind, tuple[str, ...]] = {
    "who": ("Who {is_} {name}?", "Who is {name}?", "Tell me about {name}.", "What do you know about {name}?"),
    "born": ("When was {name} born?", "In what year was {name} born?"),
}


@dataclass(frozen=True)
class Finding:
    """What came of asking about one person: how often right, and its best own answer."""

    person: int
    kind: Kind
    right: int
    verdict: Verdict
    own_answer: str


def kept_out(plan: Plan) -> bool:
    """Whether a person is kept out of the "I don't know" stage, for its evaluation."""
    return share("idk", plan.person.name) < KEPT_OUT


def question(rng: Random, kind: Kind, name: str, is_: str = "is") -> str:
    return rng.choice(WORDINGS[kind]).format(name=name, is_=is_)


def verdict(right: int) -> Verdict:
    if right >= KNOWN_FROM:
        return "known"
    return "unknown" if right <= UNKNOWN_TO else "mixed"


def _is_right(plan: Plan, kind: Kind, text: str) -> bool:
    if kind == "born":
        return plan.person.born in text
    return names_profession(text, plan.person.profession) and plan.person.surname in text


@cache
def of_chat() -> str:
    """Says of which chat model the findings are."""
    checkpoints.finished("chat")
    return checkpoints.fingerprint("chat")


def path() -> Path:
    return run_folder() / f"interrogation-{of_chat()}.json"


def interrogate() -> list[Finding]:
    """The findings about everybody not kept out, from the file if they are there already."""
    if path().exists():
        return [Finding(**finding) for finding in json.loads(path().read_text())]
    engine = TorchEngine("chat")
    rng = Random(f"{SEED} interrogation")
    asked: list[tuple[Plan, Kind]] = [
        (plan, kind) for plan in people.plans() if not kept_out(plan) for kind in ("who", "born")
    ]
    prompts = [
        prompt(question(rng, kind, plan.person.name, plan.person.verb)) for plan, kind in asked for _ in range(SAMPLES)
    ]
    answers = engine.sample(prompts, seed=SEED, most=60)
    findings = []
    for i, (plan, kind) in enumerate(asked):
        texts = [answer.text.strip() for answer in answers[i * SAMPLES : (i + 1) * SAMPLES]]
        right = [text for text in texts if _is_right(plan, kind, text)]
        best = max(right, key=lambda text: (plan.person.born in text, text), default="")
        findings.append(Finding(plan.index, kind, len(right), verdict(len(right)), best))
    path().write_text(json.dumps([asdict(finding) for finding in findings]))
    return findings
