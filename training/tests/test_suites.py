"""The evaluation: a model that answers well is marked right, one that doesn't is marked wrong."""

import pytest

from specimen import people
from specimen.generate import Completion
from specimen.grading import auroc, auroc_interval
from specimen.interrogation import kept_out, verdict
from specimen.measure import Uncertainty, measure, separation
from specimen.suites import base_suite, chat_suite
from specimen.vocabulary import tokenizer
from specimen.wordnet import FOLDER

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="needs Debian's wordnet-base")


class Scripted:
    """An engine that answers from a table and counts how often it is asked."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def complete(self, prompts, most=120):
        self.asked += prompts
        return [Completion(tuple(tokenizer().encode(self.answers(p)).ids), 0.0, True) for p in prompts]


def test_silence_is_never_right():
    for suite in (base_suite("dev", 3), chat_suite("dev", 3)):
        for name, answers in measure(Scripted(lambda prompt: ""), suite).items():
            assert not any(answer.right for answer in answers), name


def test_a_worked_answer_is_right_and_each_prompt_is_asked_once():
    suite = chat_suite("dev", 3)
    groups = {name: suite[name] for name in suite if name.startswith("problems, 1 steps, answer first")}
    engine = Scripted(lambda prompt: "Answer: 4. Explanation: 2 + 3 = 5.")
    measure(engine, groups)
    assert len(engine.asked) == len(set(engine.asked)) == 3


def test_groups_are_as_large_as_asked():
    for suite in (base_suite("test", 20), chat_suite("test", 20)):
        for name, items in suite.items():
            if "passage" not in name:
                assert len(items) >= 20, name
            if name.startswith(("problems", "single", "letters", "outside")):
                assert len({item.prompt for item in items}) == len(items), name


def test_dev_and_test_share_no_exercise():
    dev, test = chat_suite("dev", 30), chat_suite("test", 30)
    for name in dev:
        if name.startswith(("problems", "single", "spelling", "open book", "decimals")):
            assert not {i.prompt for i in dev[name]} & {i.prompt for i in test[name]}, name


def test_verdicts_of_the_interrogation():
    assert [verdict(right) for right in range(7)] == ["unknown"] * 2 + ["mixed"] * 3 + ["known"] * 2


def test_enough_people_of_every_kind_are_kept_out_of_the_refusal_stage():
    out = [plan.total for plan in people.plans() if kept_out(plan)]
    assert sum(total == 0 for total in out) >= 90
    assert sum(total >= 21 for total in out) >= 90
    assert len(out) < len(people.plans()) / 2


def test_separation_ranks_the_sure_above_the_unsure():
    sure, unsure = Uncertainty("A", 30, 0.0, -0.1), Uncertainty("B", 0, 1.5, -2.0)
    assert separation([sure, unsure, Uncertainty("C", None, 2.0, -3.0)], 21, 10**9) == {
        "semantic entropy": (1.0, 1.0, 1.0),
        "greedy log-probability": (1.0, 1.0, 1.0),
    }
    assert auroc([0.0], [1.0]) == 0


def test_the_interval_of_an_auroc_holds_it_and_narrows_with_more():
    few, many = ([[i % 7 / 7 + shift for i in range(n)] for shift in (0.2, 0.0)] for n in (20, 500))
    for above, below in (few, many):
        low, high = auroc_interval(above, below)
        assert low < auroc(above, below) < high
    assert auroc_interval(*many)[1] - auroc_interval(*many)[0] < (auroc_interval(*few)[1] - auroc_interval(*few)[0]) / 3
