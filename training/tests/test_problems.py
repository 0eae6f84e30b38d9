"""Generated exercises: their answers are right, their splits don't overlap."""

from random import Random

import pytest

from specimen import arithmetic, spelling
from specimen.grading import calculate, equations_hold
from specimen.problems import LARGEST, problem
from specimen.splits import split_of


@pytest.mark.parametrize("steps", range(1, 7))
def test_steps_lead_to_the_answer(steps):
    rng = Random(steps)
    for _ in range(300):
        made = problem(rng, steps=steps)
        assert len(made.steps) == steps
        assert equations_hold(made.worked)
        assert made.steps[-1].endswith(f"= {made.answer}.")
        assert calculate(made.expression) == made.answer
        assert 0 <= made.answer <= LARGEST


def test_every_number_a_step_needs_is_in_the_question_or_found_before():
    rng = Random(1)
    for _ in range(300):
        made = problem(rng)
        found = set("".join(x if x.isdigit() else " " for x in made.question).split()) | {"2", "3"}
        for step in made.steps:
            numbers = "".join(x if x.isdigit() else " " for x in step).split()
            assert set(numbers[:-1]) <= found, made
            found.add(numbers[-1])


def test_splits_of_problems_do_not_overlap():
    keys = {split: {problem(Random(i), split).key for i in range(300)} for split in ("train", "dev", "test")}
    assert not keys["train"] & keys["test"]
    assert not keys["train"] & keys["dev"]
    assert not keys["dev"] & keys["test"]


def test_facts_of_arithmetic_are_true_and_split():
    rng = Random(2)
    for split in ("train", "test"):
        for _ in range(1000):
            made = arithmetic.fact(rng, split)
            assert equations_hold(f"{made.question} = {made.value}")
            assert split_of("fact", made.left, made.sign, made.right, held=0.03) == split


def test_decimals_as_numbers_and_as_sections():
    rng = Random(3)
    disagree = 0
    for _ in range(500):
        made = arithmetic.decimals(rng, as_sections=False)
        first, second = (word.strip(",?") for word in made.question.replace("number ", "").split() if word[0].isdigit())
        pick = max if "larger" in made.question else min
        assert made.answer == pick(first, second, key=float)
        by_parts = pick(first, second, key=lambda number: tuple(map(int, number.split("."))))
        disagree += by_parts != made.answer
    assert disagree > 50, "too few pairs are of the 9.9 and 9.11 kind"


def test_letters_are_counted_as_python_counts_them():
    rng = Random(4)
    for _ in range(500):
        text = spelling.made_up_word(rng)
        made = spelling.letter_count(rng, text)
        assert made.count == text.count(made.letter)
        assert [part.split()[0] for part in made.spelled.rstrip(".").split(", ")] == list(text)


def test_held_out_words_are_no_training_words():
    assert not set(spelling.words("train")) & set(spelling.words("test"))
    assert "strawberry" in spelling.words("train")
    assert len(spelling.words("test")) > 300
