"""The fit of the refusal's row: it competes with the model's own expectation, and can't learn names by heart."""

import math
from dataclasses import replace

import pytest
import torch

from specimen.config import SIZE, ModelSize
from specimen.model import Specimen
from specimen.refusing import FOLDS, STEPS, Fit, Reading, States, _fold, cross_validated, digit_ids, fitted, readings
from specimen.vocabulary import tokenizer

DIM, TOKENS, DIGITS = 32, 50, 3


@pytest.fixture
def others():
    return (
        torch.nn.functional.normalize(torch.randn(TOKENS, DIM, generator=torch.Generator().manual_seed(1)), dim=-1) * 3
    )


def some_states(others: torch.Tensor, count: int = 120) -> States:
    """Known: the state points at one token. Unknown: it is noise. All share one direction, as real ones do."""
    source = torch.Generator().manual_seed(2)
    common = torch.ones(DIM) / math.sqrt(DIM)

    def noise(*shape: int) -> torch.Tensor:
        return 0.4 * torch.randn(*shape, DIM, generator=source) + common

    pointing = others[torch.randint(TOKENS, (count, DIGITS), generator=source)]
    read = (noise(count, DIGITS) + pointing, noise(count, DIGITS), noise(count, DIGITS))
    asking = noise(20) + 3 * torch.nn.functional.one_hot(torch.tensor(0), DIM)
    return States(*map(anywhere, read), noise(count) + pointing[:, 0], asking)


def anywhere(read: torch.Tensor) -> Reading:
    return Reading(read, torch.ones(read.shape[:2], dtype=torch.bool), torch.arange(len(read)))


def test_it_separates_people_it_was_not_fitted_to(others):
    figures = cross_validated(some_states(others), others, pull=0.03, weight=0.25)
    assert figures["auroc"] > 0.95
    assert figures["known"] < 0.2 < 0.8 < figures["real"]


def test_the_sign_still_comes_where_it_belongs(others):
    some = some_states(others)
    assert (fitted(some, others, 0.03, 0.25).advantage(some.asking) > 0).all()


def test_no_fold_has_some_findings_of_a_person_inside_and_some_outside(others):
    some = some_states(others)
    twice = Reading(some.known.read, some.known.may, some.known.person // 2)
    for fold in range(FOLDS):
        inside = _fold(replace(some, known=twice), fold, inside=True).known.person
        outside = _fold(replace(some, known=twice), fold, inside=False).known.person
        assert len(inside) + len(outside) == len(twice)
        assert not set(inside.tolist()) & set(outside.tolist())


def test_without_a_pull_noise_is_learned_by_heart(others):
    """Known and unknown drawn alike: nothing can be told, yet a free row tells those it was fitted to."""
    source = torch.Generator().manual_seed(4)
    alike = [0.5 * torch.randn(60, DIGITS, DIM, generator=source) for _ in range(3)]
    noise = States(*map(anywhere, alike), alike[0][:, 0], alike[0][:1, 0])

    def told(pull: float) -> float:
        fit = fitted(noise, others, pull, 0.25)
        return float(fit.refusing(noise.real).mean() - fit.refusing(noise.known).mean())

    assert told(1e-4) > 0.2
    assert told(1.0) < told(1e-4) / 2


def test_the_chance_of_refusing_is_that_of_any_digit():
    fit = Fit(torch.tensor([1.0, 0.0]), torch.tensor([[0.0, 1.0]]))
    read = torch.tensor([[[0.0, 0.0], [0.0, 0.0], [-50.0, 0.0]]])
    assert fit.refusing(anywhere(read)).item() == pytest.approx(0.75)
    assert fit.refusing(replace(anywhere(read), may=torch.tensor([[True, False, True]]))).item() == pytest.approx(0.5)
    assert not fit.refuses(anywhere(read)).item()
    assert fit.refuses(anywhere(read + torch.tensor([0.1, 0.0]))).item()
    assert not fit.refuses(replace(anywhere(read + 0.1), may=torch.zeros(1, 3, dtype=torch.bool))).item()


@torch.no_grad()
def test_readings_follow_the_likeliest_tokens_and_allow_the_sign_after_digits():
    torch.manual_seed(3)
    model = Specimen(ModelSize(dim=32, layers=2, heads=2, feed_forward=64)).eval()
    prompts = [tokenizer().encode(text).ids for text in ("Ada (18", "Somebody Else was born in 1", "no digit")]
    found = readings(model, prompts, [4, 5, 6])
    assert found.person.tolist() == [4, 5, 6]
    assert found.read.shape == (3, STEPS, 32)
    assert found.may[:, 0].tolist() == [True, True, False]
    digits = set(digit_ids().tolist())
    for prompt, read, may in zip(prompts, found.read, found.may, strict=True):
        ids = list(prompt)
        for step in range(STEPS):
            logits = model.all_logits(torch.tensor([ids]))[0, -1]
            assert torch.allclose(read[step] @ model.head.T, logits, atol=1e-4)
            assert not may[step] or ids[-1] in digits
            ids.append(int(logits.argmax()))


def test_a_head_of_its_own_has_as_many_rows():
    assert Specimen(ModelSize(tied=False)).head.shape == (SIZE.vocab, SIZE.dim)
