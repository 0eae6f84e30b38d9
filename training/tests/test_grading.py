"""Reading answers and the statistics of the evaluation."""

import math

import pytest

from specimen.grading import (
    Rate,
    auroc,
    calculate,
    entropy,
    equations_hold,
    final_answer,
    last_number,
    marked_answer,
    profession,
)


def test_answers_are_read_from_texts():
    assert marked_answer("2 + 3 = 5. Answer: 5") == "5"
    assert marked_answer("Answer: 9.9. Explanation: 9.9 = 9.90.") == "9.9"
    assert marked_answer("5") is None
    assert final_answer("12") == "12"
    assert last_number("no digits") is None


def test_an_untrue_equation_is_seen():
    assert equations_hold("6 / 2 = 3. 3 * 4 = 12.")
    assert not equations_hold("6 / 2 = 3. 3 * 4 = 13.")
    assert not equations_hold("7 / 2 = 3.")


@pytest.mark.parametrize(
    ("expression", "value"),
    [("(36 - 2 * 3) / 6", 5), ("9 * 9 - 29 + 30", 82), ("7 / 2", None), ("1 / 0", None), ("2 +", None), ("2 3", None)],
)
def test_expressions_of_whole_numbers(expression, value):
    assert calculate(expression) == value


@pytest.mark.parametrize(
    ("right", "total", "interval"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_wilson_interval_against_newcombe_1998(right, total, interval):
    low, high = Rate(right, total).interval
    assert (round(low, 4), round(high, 4)) == interval


def test_a_rate_of_nothing_is_no_number():
    assert math.isnan(Rate(0, 0).share)


def test_professions_are_cut_out_of_biographies():
    assert profession("X Y (1600-1650) was a Swiss theologian who taught.") == "theologian"
    assert profession("X Y is an American novelist.") == "novelist"


def test_auroc_and_entropy():
    assert auroc([3, 2], [1, 0]) == 1
    assert auroc([1, 1], [1, 1]) == 0.5
    assert entropy(["a"] * 10) == 0
    assert math.isclose(entropy(["a", "b"]), math.log(2))
