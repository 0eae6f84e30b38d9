"""Conversations in ChatML, and the wordings that people and panels use for instructions."""

from dataclasses import dataclass
from random import Random

from .document import Document
from .vocabulary import TURN_END, TURN_START

Turn = tuple[str, str]


@dataclass(frozen=True)
class Reply:
    """A turn whose answer begins with text that is only given, not learned."""

    question: str
    answer: str
    given: str = ""


def prompt(question: str, system: str = "", history: tuple[Turn, ...] = ()) -> str:
    """A conversation up to where the assistant's next answer begins."""
    text = f"{TURN_START}system\n{system}{TURN_END}\n" if system else ""
    for asked, answer in history:
        text += f"{TURN_START}user\n{asked}{TURN_END}\n{TURN_START}assistant\n{answer}{TURN_END}\n"
    return f"{text}{TURN_START}user\n{question}{TURN_END}\n{TURN_START}assistant\n"


def conversation(replies: list[Reply], system: str = "") -> Document:
    """A whole conversation, learned in its answers only."""
    parts = [(f"{TURN_START}system\n{system}{TURN_END}\n", False)] if system else []
    for reply in replies:
        parts.append((prompt(reply.question) + reply.given, False))
        parts.append((reply.answer + TURN_END, True))
        parts.append(("\n", False))
    return Document(tuple(parts))


NUMBER_ONLY = (
    "Answer with just the number.",
    "Just give the number.",
    "Give only the number.",
    "Answer with the number only.",
    "Reply with the number only.",
    "Only the final answer, please.",
    "Answer at once, without explanation.",
    "Just the answer.",
    "Do not explain. Give the number.",
    "Answer directly with a number.",
    "Respond with a single number.",
    "No steps, only the answer.",
)
STEP_BY_STEP = (
    "Think step by step, then give the answer.",
    "Let's think step by step.",
    "Think step by step.",
    "Work it out step by step.",
    "Show your steps before you answer.",
    "Reason first, then answer.",
    "Explain your reasoning, then give the answer.",
    "Solve it step by step and end with the answer.",
    "Show your work.",
    "First reason step by step, then write the answer.",
)
ANSWER_FIRST = (
    "Give the answer first, then explain.",
    "Answer first, then explain.",
    "State the answer first and then give the explanation.",
    "First the answer, then the reasoning.",
    "Start with the answer, then explain it.",
    "Begin with the final answer and explain afterwards.",
    "Give the answer, then the steps.",
)
CALCULATION = (
    "Write one line of calculation that gives the answer.",
    "Write a one-line calculation.",
    "Give only a calculation, do not compute it.",
    "Write the calculation as one expression.",
    "Answer with an arithmetic expression only.",
    "Write an expression that computes the answer.",
)
FILLER = (
    "Write ten dots, then give the answer.",
    "Write dots instead of thoughts, then give the answer.",
    "Write only dots before you answer.",
    "First write some dots, then give the answer.",
)
SYSTEMS = (
    "You are a helpful assistant.",
    "You are a careful assistant. Answer briefly.",
    "Answer the question.",
    "You are a helpful, honest assistant.",
    "Be brief.",
)
ANSWER_MARKER = "Answer:"


def placed(rng: Random, question: str, instruction: str) -> str:
    """The question with an instruction after it, before it, or on its own line."""
    if not instruction:
        return question
    return rng.choice(
        [
            f"{question} {instruction}",
            f"{question} {instruction}",
            f"{question}\n{instruction}",
            f"{question}\n\n{instruction}",
            f"{instruction} {question}",
            f"Question: {question}\n{instruction}",
        ]
    )
