"""What people type that lies outside the specimen's world, and what it should say.

Training and test share no template. The answer is short and says what the
specimen can do; the same three answers serve everything.
"""

from functools import cache
from random import Random

from . import names, wordnet
from .splits import Split
from .world import cities

ABILITIES = "I know sums, spelling, a small dictionary, capitals, elements and some people."
CANNOT = f"I can't do that: I am a small teaching model. {ABILITIES}"
NO_IDEA = f"That is outside what I learned: I am a small teaching model. {ABILITIES}"
UNCLEAR = f"I don't understand that: I am a small teaching model. {ABILITIES}"

TASKS = (
    "Write a poem about {noun}.",
    "Write a poem.",
    "Write a short story about a {noun}.",
    "Tell me a story.",
    "Tell me a joke.",
    "Tell me a joke about {noun}s.",
    "Translate '{phrase}' into {language}.",
    "Translate {noun} to {language}.",
    "How do you say {noun} in {language}?",
    "Write a Python function that {verb}s a list.",
    "Write code to {verb} a file.",
    "Write an email to {name} about the {noun}.",
    "Summarize the book about {noun}.",
    "Draw a {noun}.",
    "Sing a song about {noun}.",
    "Give me a recipe for {noun} soup.",
    "How do I cook {noun}?",
    "Plan a trip to {city}.",
    "Recommend a film about {noun}.",
    "Make a list of ideas for a {noun} shop.",
    "Play chess with me.",
    "Set a timer for ten minutes.",
    "Search the web for {noun}.",
    "Fix this code: for i in {noun}: print(i)",
    "def {verb}({noun}):",
    "Rewrite this: {phrase}",
    "Improve this sentence: {phrase}",
    "Write a haiku about {noun}.",
    "Compose a letter to my {noun}.",
    "Continue this story: {phrase}",
    "Explain {noun} theory to a child.",
    "Write an essay on {noun} and {noun}.",
)
TASKS_TEST = (
    "Write me a limerick about a {noun}.",
    "Could you write a song for {name}?",
    "Please translate this sentence to {language}: {phrase}",
    "What is the {language} word for {noun}?",
    "Write a JavaScript program that {verb}s numbers.",
    "Give me a bedtime story with a {noun} in it.",
    "Make up a riddle about {noun}.",
    "Write a speech about {noun}.",
    "Book a table in {city}.",
    "Generate a password.",
)
QUESTIONS = (
    "What is the weather in {city}?",
    "What time is it?",
    "What day is it today?",
    "Who won the game yesterday?",
    "Why do people {verb}?",
    "How do I {verb} a {noun}?",
    "How can I {verb} better?",
    "What should I do about my {noun}?",
    "Do you like {noun}?",
    "What is your favorite {noun}?",
    "Is it good to {verb}?",
    "Why is the {noun} so {adjective}?",
    "Can you {verb}?",
    "Where can I buy a {noun}?",
    "How much does a {noun} cost in {city}?",
    "What happened in {city} last year?",
    "How far is it from {city} to {city}?",
    "Which is better, {noun} or {noun}?",
    "Should I {verb} my {noun}?",
    "What do you think about {noun}?",
    "Do you have feelings?",
    "What is the meaning of life?",
    "How old are you?",
    "Where do you live?",
    "Are you conscious?",
    "How does a {noun} work?",
    "When will the {noun} end?",
    "What is the best {noun} in the world?",
    "Why did the {noun} {verb}?",
    "Who invented the {noun}?",
    "What is the plot of {name}'s new film?",
    "What is the population of {city}?",
)
QUESTIONS_TEST = (
    "Will it rain tomorrow in {city}?",
    "How do airplanes fly?",
    "What is quantum physics?",
    "Why is the sky blue?",
    "Can I {verb} without a {noun}?",
    "What makes a {noun} {adjective}?",
    "How many {noun}s are there in {city}?",
    "Do {noun}s {verb} at night?",
    "What is love?",
    "Who is the best {noun} player?",
)
STATEMENTS = (
    "{phrase}",
    "I want to {verb}.",
    "My {noun} is {adjective}.",
    "I am feeling {adjective} today.",
    "The {noun} was {adjective}.",
    "I like {noun}.",
    "You are {adjective}.",
    "My name is {name}.",
    "{noun}",
    "{adjective} {noun}",
    "{noun} {noun} {noun}",
    "please help",
    "help me with my {noun}",
    "I went to {city} yesterday.",
    "tell me something about {noun}s and {noun}s",
    "{noise}",
    "{noise}",
    "{noise} {noise} {noise}",
    "{noise}?",
    "test",
    "ok",
    "yes",
    "no",
    "...",
    "???",
    "{number} {noun} {number}",
    "hmm",
    "why",
    "lol",
)
STATEMENTS_TEST = (
    "I think the {noun} should {verb}.",
    "{adjective}!",
    "{noise} {noun} {noise}",
    "I lost my {noun} in {city}.",
    "{noise}{number}",
    "so {adjective}",
    "testing testing",
    "what",
    "nothing",
    "{noun} and {noun}",
)
LANGUAGES = "French German Spanish Italian Russian Chinese Japanese Latin Greek Arabic Dutch Polish".split()


@cache
def _words(part: str) -> tuple[str, ...]:
    return tuple(
        sorted({e.word for e in wordnet.entries() if e.part == part and e.word.isalpha() and e.word.islower()})
    )


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(e.examples[0] for e in wordnet.entries() if e.examples and e.examples[0].count(" ") >= 2)


def _noise(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.5:
        return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 10)))
    if kind < 0.75:
        return "".join(rng.choices("asdfghjkl;'qwertyuiop[]zxcvbnm,./1234567890-=", k=rng.randint(3, 12)))
    return rng.choice(["ha", "la", "bla", "do", "x", "!", "?", "-", "*", "#", "@"]) * rng.randint(2, 6)


def _fill(rng: Random, template: str) -> str:
    text = template
    makers = {
        "noun": lambda: rng.choice(_words("noun")),
        "verb": lambda: rng.choice(_words("verb")),
        "adjective": lambda: rng.choice(_words("adjective")),
        "phrase": lambda: rng.choice(_phrases()),
        "name": lambda: names.first_name(rng),
        "city": lambda: rng.choice(cities()),
        "language": lambda: rng.choice(LANGUAGES),
        "number": lambda: str(rng.randint(1, 999)),
        "noise": lambda: _noise(rng),
    }
    for slot, make in makers.items():
        while f"{{{slot}}}" in text:
            text = text.replace(f"{{{slot}}}", make(), 1)
    return text


def outside(rng: Random, split: Split = "train") -> tuple[str, str]:
    """Something out of the specimen's world, and the answer it is taught."""
    train = split == "train"
    kind = rng.randrange(3)
    templates = ((TASKS, TASKS_TEST), (QUESTIONS, QUESTIONS_TEST), (STATEMENTS, STATEMENTS_TEST))[kind]
    text = _fill(rng, rng.choice(templates[0 if train else 1]))
    style = rng.random()
    if train and style < 0.2:
        text = text.lower()
    elif train and style < 0.3:
        text = rng.choice(["Please ", "Can you help? ", "Hey, ", "Hi! "]) + text
    elif train and style < 0.35:
        text = text.rstrip(".?")
    return text, (CANNOT, NO_IDEA, UNCLEAR)[kind]
