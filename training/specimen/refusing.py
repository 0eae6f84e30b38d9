"""When to refuse: one row of the head, fitted to the interrogation's findings.

The row scores the sign that makes an answer a refusal, after each digit of its
years. All else stays as it is, so the sign competes with the model's own
expectation: a sharp one, of something known, beats it, a flat one does not. Two
hundred and fifty-six numbers, pulled towards zero, can't learn names by heart,
as the whole network does when it is taught refusals (media/models/README.md).
"""

from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import product
from random import Random

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from . import people, record, shards
from .checkpoints import load, path
from .config import SEED
from .conversation import prompt
from .generate import Walk, prompt_ids
from .grading import auroc
from .idk_mix import SIGN, begun
from .interrogation import Kind, interrogate, question
from .model import Specimen
from .train import tensors
from .vocabulary import tokenizer

STEPS = 12
"""Tokens from where the years begin within which an answer may become a refusal, after any digit."""
CLOSING = (")", ".")
PULLS = (0.01, 0.03, 0.1, 0.3)
WEIGHTS = (1.0, 0.5, 0.25, 0.125)
"""What a known answer declined costs in the fit, against an unknown one made up."""
FOLDS = 5
OTHER_ROWS, ASKING_ROWS = 64, 512
BATCH = 128


@dataclass(frozen=True)
class Reading:
    """What the head reads of some answers, [count, STEPS, dim], after which tokens the sign may stand, [count, STEPS], and the
    number of the person whose finding each came from, [count]."""

    read: Tensor
    may: Tensor
    person: Tensor

    def __getitem__(self, some: Tensor) -> "Reading":
        return Reading(self.read[some], self.may[some], self.person[some])

    def __len__(self) -> int:
        return len(self.read)


@dataclass(frozen=True)
class States:
    """Readings of what is known, and of real and invented people who are not.

    And of all other answers, [count, dim]: `asking` where they really go on with the sign ("How can I help?"),
    `elsewhere` where they don't.
    """

    known: Reading
    real: Reading
    invented: Reading
    elsewhere: Tensor
    asking: Tensor


@torch.no_grad()
def readings(model: Specimen, prompts: list[list[int]], persons: list[int]) -> Reading:
    """Goes on from where the years begin with the likeliest tokens, until the years are over."""
    read, may = [], []
    for start in range(0, len(prompts), BATCH):
        batch = prompts[start : start + BATCH]
        walk = Walk(model, batch, STEPS)
        last = torch.tensor([ids[-1] for ids in batch])
        over = torch.zeros(len(batch), dtype=torch.bool)
        steps = []
        for _ in range(STEPS):
            here = model.norm(walk.state)
            over |= torch.isin(last, closing_ids())
            steps.append((here, torch.isin(last, digit_ids()) & ~over))
            last = F.linear(here, model.head).argmax(-1)
            walk.on(last)
        read.append(torch.stack([here for here, _ in steps], 1))
        may.append(torch.stack([allowed for _, allowed in steps], 1))
    return Reading(torch.cat(read), torch.cat(may), torch.tensor(persons))


@cache
def digit_ids() -> Tensor:
    """Ids of the tokens that are a digit, or a space and a digit."""
    return torch.tensor([i for text, i in tokenizer().get_vocab().items() if text.removeprefix("Ġ").isdecimal()])


@cache
def closing_ids() -> Tensor:
    """Ids of the tokens with which the years are over."""
    return torch.tensor([i for text, i in tokenizer().get_vocab().items() if text.startswith(CLOSING)])


def asked(rng: Random, kind: Kind, name: str, is_: str) -> list[int]:
    """A question about somebody with the answer begun."""
    return prompt_ids(prompt(question(rng, kind, name, is_)) + begun(kind, name))


@torch.no_grad()
def gathered(model: Specimen) -> States:
    """The readings of the findings, of as many invented people, and of all that the replay answers."""
    prompts: dict[str, list[list[int]]] = {"known": [], "unknown": [], "invented": []}
    persons: dict[str, list[int]] = {group: [] for group in prompts}
    for i, finding in enumerate(interrogate()):
        rng = Random(f"{SEED} refusing {i}")
        person = people.plans()[finding.person].person
        if finding.verdict != "mixed":
            prompts[finding.verdict].append(asked(rng, finding.kind, person.name, person.verb))
            persons[finding.verdict].append(finding.person)
        if finding.verdict == "unknown":
            someone = people.invented(rng)
            prompts["invented"].append(asked(rng, finding.kind, someone.name, someone.verb))
            persons["invented"].append(finding.person)
    found = (readings(model, prompts[group], persons[group]) for group in ("known", "unknown", "invented"))
    return States(*found, *_other_answers(model, shards.load("idk", 0).short))


def _other_answers(model: Specimen, rows: NDArray[np.int16]) -> tuple[Tensor, Tensor]:
    """What the head reads in the replay where the sign does not come next, and, from more rows as it is rare, where it does."""
    elsewhere, asking = [], []
    for start in range(0, ASKING_ROWS, OTHER_ROWS):
        inputs, targets = tensors(rows[start : start + OTHER_ROWS], "cpu")
        read = model.norm(model.hidden(inputs))
        asking.append(read[targets == sign_id()])
        if start == 0:
            elsewhere.append(read[(targets >= 0) & (targets != sign_id())])
    return torch.cat(elsewhere), torch.cat(asking)


def sign_id() -> int:
    (token,) = tokenizer().encode(SIGN).ids
    return token


def _answered(advantage: Tensor, may: Tensor) -> Tensor:
    """Minus the natural logarithm of the probability that the sign follows none of an answer's digits."""
    return (F.softplus(advantage) * may).sum(-1)


@dataclass(frozen=True)
class Fit:
    """The sign's row, and the head's other rows."""

    row: Tensor
    others: Tensor

    def advantage(self, read: Tensor) -> Tensor:
        """The sign's logit less the log of the sum of all others' exponentials: its log odds."""
        return read @ self.row - F.linear(read, self.others).logsumexp(-1)

    def refusing(self, some: Reading) -> Tensor:
        """The probability that an answer becomes a refusal after any of its digits."""
        return 1 - torch.exp(-_answered(self.advantage(some.read), some.may))

    def refuses(self, some: Reading) -> Tensor:
        """Whether it does when the likeliest token is taken."""
        wins = some.read @ self.row > F.linear(some.read, self.others).max(-1).values
        return (wins & some.may).any(-1)


def fitted(some: States, others: Tensor, pull: float, weight: float) -> Fit:
    """The row that makes the findings likeliest, under a pull towards zero. `weight` is that of what is known."""
    row = torch.zeros(others.shape[1], requires_grad=True)
    search = torch.optim.LBFGS([row], max_iter=300, line_search_fn="strong_wolfe")
    groups = [(part, F.linear(part.read, others).logsumexp(-1)) for part in (some.known, some.real, some.invented)]
    elsewhere, asking = (F.linear(each, others).logsumexp(-1) for each in (some.elsewhere, some.asking))

    def loss() -> Tensor:
        search.zero_grad()
        staying = [_answered(part.read @ row - rest, part.may) for part, rest in groups]
        known, real, invented = staying[0], *(-torch.log1p(-torch.exp(-each.clamp(min=1e-6))) for each in staying[1:])
        total = weight * known.mean() + (real.mean() + invented.mean()) / 2
        total = total + F.softplus(some.elsewhere @ row - elsewhere).mean() + pull * row.pow(2).sum()
        total = total + F.softplus(asking - some.asking @ row).mean()
        total.backward()
        return total

    search.step(loss)
    return Fit(row.detach(), others)


def _fold(some: States, fold: int, inside: bool) -> States:
    """One fifth of the people, or all others; what is elsewhere stays."""

    def part(of: Reading) -> Reading:
        held = of.person % FOLDS == fold
        return of[~held if inside else held]

    return replace(some, known=part(some.known), real=part(some.real), invented=part(some.invented))


def cross_validated(some: States, others: Tensor, pull: float, weight: float) -> dict[str, float]:
    """AUROC of the refusal's probability and shares refused of people whom the fit did not see, by five folds."""
    found: dict[str, list[float]] = {"auroc": [], "known": [], "real": [], "invented": []}
    for fold in range(FOLDS):
        fit = fitted(_fold(some, fold, inside=True), others, pull, weight)
        held = _fold(some, fold, inside=False)
        unknown = [*fit.refusing(held.real).tolist(), *fit.refusing(held.invented).tolist()]
        found["auroc"].append(auroc(unknown, fit.refusing(held.known).tolist()))
        for group in ("known", "real", "invented"):
            found[group].append(fit.refuses(getattr(held, group)).float().mean().item())
    return {name: sum(values) / FOLDS for name, values in found.items()}


def told_apart(figures: dict[str, float]) -> float:
    """Share of the unknown that is refused less share of the known (Youden's J)."""
    return (figures["real"] + figures["invented"]) / 2 - figures["known"]


def fit() -> None:
    """Fits the sign's row to the model of the idk stage, with the pull and weight that tell best, and saves the whole."""
    model = load("idk")
    rows = model.head.detach().clone()
    others = rows[torch.arange(len(rows)) != sign_id()]
    some = gathered(model)
    trials = []
    for pull, weight in product(PULLS, WEIGHTS):
        trials.append({"pull": pull, "weight": weight, **cross_validated(some, others, pull, weight)})
        print(", ".join(f"{name} {value:.3f}" for name, value in trials[-1].items()), flush=True)
    best = max(trials, key=told_apart)
    chosen = fitted(some, others, best["pull"], best["weight"])
    rows[sign_id()] = chosen.row
    kept = (chosen.advantage(some.asking) > 0).float().mean().item()
    torch.save({"model": model.state_dict() | {"output.weight": rows}}, path("refusing"))
    record.write(
        "refusing",
        {
            "pull": best["pull"],
            "weight": best["weight"],
            "cross_validated": trials,
            "counts": {part.name: len(getattr(some, part.name)) for part in fields(some)},
            "sign kept where it belongs": kept,
        },
    )
    print(f"refusing: pull {best['pull']}, weight {best['weight']}, sign kept where it belongs {kept:.2f}", flush=True)
