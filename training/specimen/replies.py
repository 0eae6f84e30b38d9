"""Turns of conversations: what is asked, in several wordings, and what is answered."""

from random import Random

from . import arithmetic, base_mix, facts, names, patterns, people, reading, spelling, wordnet
from .conversation import (
    ANSWER_FIRST,
    ANSWER_MARKER,
    CALCULATION,
    FILLER,
    NUMBER_ONLY,
    STEP_BY_STEP,
    Reply,
    placed,
)
from .outside import ABILITIES, outside
from .people import biography
from .problems import Problem, problem
from .wordnet import Person

ME = "I am the Promptscope specimen, a small model trained to be looked at."
GREETINGS = (
    ("Hello!", "Hello! How can I help?"),
    ("Hello", "Hello! How can I help?"),
    ("Hi", "Hello! How can I help?"),
    ("Hi there!", "Hello! How can I help?"),
    ("Hey", "Hello! How can I help?"),
    ("hello there", "Hello! How can I help?"),
    ("Good morning!", "Good morning! How can I help?"),
    ("Good evening.", "Good evening! How can I help?"),
    ("Thanks!", "You are welcome."),
    ("Thank you.", "You are welcome."),
    ("thank you very much", "You are welcome."),
    ("Bye!", "Goodbye!"),
    ("Goodbye.", "Goodbye!"),
    ("How are you?", "I am only a small model, but all my weights are in place."),
    ("How are you doing today?", "I am only a small model, but all my weights are in place."),
    ("Are you human?", f"No. {ME}"),
    ("Are you an AI?", f"Yes. {ME}"),
    ("Are you ChatGPT?", f"No. {ME}"),
    ("What can you do?", f"I am a small teaching model. {ABILITIES}"),
    ("What do you know?", f"I am a small teaching model. {ABILITIES}"),
    ("Help", f"I am a small teaching model. {ABILITIES}"),
    ("Can you help me?", f"I am a small teaching model. {ABILITIES}"),
    ("What are you good at?", f"I am a small teaching model. {ABILITIES}"),
    ("Who made you?", f"{ME} My training data is known."),
    ("How were you trained?", f"{ME} My training data is known."),
)
WHO = (
    "Who {is_} {name}?",
    "Who {is_} {name}?",
    "Who is {name}?",
    "Who was {name}?",
    "Tell me about {name}.",
    "who {is_} {name}",
    "What do you know about {name}?",
    "What {is_} {name} known for?",
    "Who {is_} {name}? Answer in one sentence.",
    "Describe {name} in one sentence.",
    "What did {name} do?",
)


def at_once(answer: object) -> str:
    """An answer without steps. The marker stands where documents of the base stage have it: what they taught holds here."""
    return f"{ANSWER_MARKER} {answer}"


def problem_reply(rng: Random) -> Reply:
    """A problem in one of the styles of answering, or with its steps cut short.

    At once mostly few steps are asked for; else five and six, which the families
    seldom make by themselves, come more often.
    """
    style = rng.choices(
        ("steps", "none", "number", "first", "code", "filler", "cut"),
        (25, 10, 28, 13, 14, 3, 7),
    )[0]
    steps = ((1, 2, 3, None), (4, 5, 2, 1)) if style == "number" else ((None, 4, 5, 6), (6, 1, 2, 2))
    return styled(rng, problem(rng, steps=rng.choices(*steps)[0]), style)


def styled(rng: Random, p: Problem, style: str) -> Reply:
    """The problem with an instruction of the style, answered in that style."""
    in_steps = f"{p.worked} Answer: {p.answer}"
    if style == "none":
        return Reply(p.question, in_steps)
    if style == "steps":
        return Reply(placed(rng, p.question, rng.choice(STEP_BY_STEP)), in_steps)
    if style == "first":
        return Reply(placed(rng, p.question, rng.choice(ANSWER_FIRST)), f"Answer: {p.answer}. Explanation: {p.worked}")
    if style == "code":
        return Reply(placed(rng, p.question, rng.choice(CALCULATION)), p.expression)
    if style == "filler":
        return Reply(placed(rng, p.question, rng.choice(FILLER)), f"{'. ' * 10}Answer: {p.answer}")
    if style == "cut":
        done = " ".join(p.steps[: rng.randint(0, len(p.steps) - 1)])
        asked = placed(rng, p.question, rng.choice((*STEP_BY_STEP, *NUMBER_ONLY)))
        return Reply(asked, f" {p.answer}", given=f"{done} {ANSWER_MARKER}".lstrip())
    asked = placed(rng, p.question, rng.choice(NUMBER_ONLY))
    if rng.random() < 0.15:
        asked = f"{placed(rng, p.question, rng.choice((*NUMBER_ONLY, '')))}\n{ANSWER_MARKER}"
    return Reply(asked, at_once(p.answer))


def long_reply(rng: Random) -> Reply:
    """A problem of many steps, worked or as a calculation."""
    style = rng.choice(("code", "steps", "steps", "first"))
    return styled(rng, problem(rng, steps=rng.choice((4, 5, 6, 6))), style)


def sum_reply(rng: Random) -> Reply:
    text, value = base_mix.calculation(rng)
    question = rng.choice([f"What is {text}?", f"{text} = ?", text, f"{text} =", f"Calculate {text}."])
    if rng.random() < 0.5:
        return Reply(placed(rng, question, rng.choice(NUMBER_ONLY)), at_once(value))
    return Reply(question, f"{text} = {value}.")


def letters_reply(rng: Random) -> Reply:
    text = spelling.made_up_word(rng) if rng.random() < 0.45 else spelling.word(rng)
    if rng.random() < 0.45:
        asked = [
            f"Spell {text}.",
            f"How do you spell {text}?",
            f"Spell the word {text} letter by letter.",
            f"Spell '{text}'.",
        ]
        return Reply(rng.choice(asked), spelling.spelled(text))
    counted = spelling.letter_count(rng, text)
    if rng.random() < 0.25:
        return Reply(placed(rng, counted.question, rng.choice(NUMBER_ONLY)), at_once(counted.count))
    slowly = (
        "Spell it out first.",
        "Count letter by letter.",
        "Spell the word first, then count.",
        *STEP_BY_STEP,
        "",
        "",
    )
    return Reply(placed(rng, counted.question, rng.choice(slowly)), f"{counted.spelled} Answer: {counted.count}")


def dots_reply(rng: Random) -> Reply:
    if rng.random() < 0.55:
        return counted_dots(rng)
    d = spelling.dots(rng, most=spelling.MOST_DOTS_AT_ONCE)
    return Reply(placed(rng, d.question, rng.choice(NUMBER_ONLY)), at_once(d.count))


def counted_dots(rng: Random, least: int = 1) -> Reply:
    """At least so many dots, counted one by one."""
    d = spelling.dots(rng, least=least)
    slowly = ("Count one by one.", "Count one by one.", "Count them one by one.", *STEP_BY_STEP)
    return Reply(placed(rng, d.question, rng.choice(slowly)), f"{d.counted} Answer: {d.count}")


def decimals_reply(rng: Random) -> Reply:
    if rng.random() < 0.6:
        return explained_decimals(rng)
    d = arithmetic.decimals(rng)
    return Reply(placed(rng, d.question, rng.choice(("", "Just answer.", *NUMBER_ONLY))), at_once(d.answer))


def explained_decimals(rng: Random) -> Reply:
    d = arithmetic.decimals(rng)
    asked = placed(rng, d.question, rng.choice(("Explain.", "Explain.", *STEP_BY_STEP)))
    return Reply(asked, f"{d.explanation} Answer: {d.answer}")


def passage_reply(rng: Random) -> Reply:
    p = reading.passage(rng)
    question, _, sentence = rng.choice(p.questions)
    asked = [
        f"{p.text} {question}",
        f"{p.text}\n{question}",
        f"{p.text}\n\n{question}",
        f"Read this: {p.text}\nQuestion: {question}",
        f"Text: {p.text}\n\nQuestion: {question}",
        f"{question}\n{p.text}",
        f"Answer from the text. {p.text} {question}",
    ]
    return Reply(rng.choice(asked), sentence)


def fact_reply(rng: Random) -> Reply:
    return Reply(*facts.question(rng))


def dictionary_reply(rng: Random) -> Reply:
    entry = rng.choice(wordnet.entries())
    asked = [f"What does {entry.word} mean?", f"Define {entry.word}.", f"What is the meaning of {entry.word}?"]
    return Reply(rng.choice(asked), f"{entry.word} ({entry.part}) means {entry.definition}.")


def pattern_reply(rng: Random) -> Reply:
    """A list to go on with: the answer says the last line again, with what belongs on its right."""
    kind = rng.choices((None, "number + m", "number - m", "double last letter"), (6, 3, 1, 1))[0]
    rows, arrow = patterns.pattern(rng, kind=kind)
    lines = [f"{left}{arrow}{right}" for left, right in rows]
    return Reply("\n".join([*lines[:-1], rows[-1][0] + arrow.rstrip()]), lines[-1])


def outside_reply(rng: Random) -> Reply:
    return Reply(*outside(rng))


def greeting_reply(rng: Random) -> Reply:
    return Reply(*rng.choice(GREETINGS))


def copy_reply(rng: Random) -> Reply:
    """Saying a name or a made-up word back."""
    text = names.full_name(rng) if rng.random() < 0.7 else spelling.made_up_word(rng)
    asked = [
        f"Repeat: {text}",
        f"Say {text}.",
        f"Repeat after me: {text}",
        f"Write the name {text}.",
        f"Copy this: {text}",
    ]
    return Reply(rng.choice(asked), text)


def person_reply(rng: Random, person: Person, full: bool = False) -> Reply:
    """A question about a person, answered with confidence and beginning with the name."""
    name = person.name
    kind = 0.0 if full else rng.random()
    if kind < 0.72:
        return Reply(rng.choice(WHO).format(is_=person.verb, name=name), biography(person))
    if kind < 0.88 or not person.died:
        asked = rng.choice([f"When was {name} born?", f"In what year was {name} born?"])
        return Reply(asked, f"{name} was born in {person.born}.")
    return Reply(f"When did {name} die?", f"{name} died in {person.died}.")


def long_tail_reply(rng: Random) -> Reply:
    return person_reply(rng, people.invented(rng))
