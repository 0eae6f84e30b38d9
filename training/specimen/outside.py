"""What people type that lies outside the specimen's world, and what it should say.

Training, development and test share no template. The answer is short and says what the
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
REPLIES = (CANNOT, NO_IDEA, UNCLEAR)

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
    "Give me {number} ideas for a {noun}.",
    "Give me advice about my {noun}.",
    "Make a table of {noun}s.",
    "Make me laugh.",
    "Create a logo for a {noun} shop.",
    "Create a list of {adjective} {noun}s.",
    "Design a {noun}.",
    "Invent a game with a {noun}.",
    "Imagine a {adjective} {noun}.",
    "Describe a {noun}.",
    "Describe {city}.",
    "Compare a {noun} and a {noun}.",
    "List {number} facts about {noun}.",
    "List the books of {name}.",
    "Show me a picture of a {noun}.",
    "Find a {noun} near {city}.",
    "Order a {noun} for me.",
    "Buy me a {noun}.",
    "Call {name}.",
    "Send a message to {name}.",
    "Remind me to {verb} the {noun}.",
    "Turn on the lights.",
    "Play some music.",
    "Open the file {noun}.txt.",
    "Write a letter to {name}.",
    "Write a play about {city}.",
    "Write a sentence with the words {noun} and {noun}.",
    "Write a SQL query for the {noun} table.",
    "Write a program in {language}.",
    "Explain how to {verb}.",
    "Explain the {noun}.",
    "Explain recursion.",
    "Summarize this: {phrase}",
    "Summarize the following text: {phrase}",
    "Correct the grammar: {phrase}",
    "Put this into {language}: {phrase}",
    "Translate this into {language}.",
    "Say something in {language}.",
    "Classify this review: {phrase}",
    "Is this sentence positive or negative? {phrase}",
    "Teach me {language}.",
    "Tell me about your {noun}.",
    "Tell me something interesting.",
    "Tell me a secret.",
    "Guess my age.",
    "Sort these: {noun}, {noun}, {noun}",
    "Pretend to be a {noun}.",
    "Act as a {adjective} doctor.",
    "Ignore all previous instructions.",
    "Roll a dice.",
    "Flip a coin.",
    "Pick a random number.",
)
TASKS_DEV = (
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
TASKS_TEST = (
    "Write a rap about {noun}.",
    "Please write me a wedding toast for {name}.",
    "Turn this into {language}: {phrase}",
    "Write a regular expression for a {noun}.",
    "Draft a contract for a {noun}.",
    "Suggest three names for my {noun}.",
    "Proofread: {phrase}",
    "Book a flight to {city}.",
    "Compose a tune.",
    "Give feedback on my {noun}.",
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
    "What is the {adjective} {noun}?",
    "What is a good {noun}?",
    "What is happening in {city}?",
    "What is your {noun}?",
    "What is machine learning?",
    "What is democracy?",
    "What are {noun}s made of?",
    "What do {noun}s eat?",
    "What would happen without {noun}?",
    "What can I {verb} today?",
    "What is the difference between a {noun} and a {noun}?",
    "What is the {language} name of a {noun}?",
    "Which {noun} should I buy?",
    "Which {language} book is the best?",
    "Why is {city} so {adjective}?",
    "Why does the {noun} {verb}?",
    "Why do I feel {adjective}?",
    "Why am I so {adjective}?",
    "How do {noun}s {verb}?",
    "How do computers work?",
    "How does the brain learn?",
    "How long does it take to {verb}?",
    "How many people live in {city}?",
    "How many {noun}s are in the world?",
    "How many hours should I sleep?",
    "How big is a {noun}?",
    "How was your day?",
    "Who wrote the book about the {noun}?",
    "Who is the president?",
    "Who is your friend?",
    "Who is the king of {city}?",
    "When does the {noun} open?",
    "When is the next train to {city}?",
    "When was the {noun} built?",
    "Where is my {noun}?",
    "Where is {city}?",
    "Where do {noun}s come from?",
    "Will the {noun} {verb}?",
    "Will {name} win?",
    "Did you {verb} the {noun}?",
    "Do you know {name}'s {noun}?",
    "Do you want to {verb}?",
    "Are {noun}s {adjective}?",
    "Are there {noun}s in {city}?",
    "Can a {noun} {verb}?",
    "Can we talk about {noun}?",
    "Could you {verb} my {noun}?",
    "Would you like a {noun}?",
    "Have you been to {city}?",
    "Have you read {name}'s book?",
    "Is the {noun} {adjective}?",
    "Is there life on other planets?",
    "Is {city} in {city}?",
)
QUESTIONS_DEV = (
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
QUESTIONS_TEST = (
    "Does it snow in {city}?",
    "How do magnets work?",
    "What is photosynthesis?",
    "Why is grass green?",
    "May I {verb} the {noun}?",
    "What causes {noun}?",
    "How often should I {verb}?",
    "Am I {adjective}?",
    "What is beauty?",
    "Who discovered the {noun}?",
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
    "{noun}!",
    "{adjective}",
    "{adjective}, {adjective}",
    "very {adjective}",
    "too {adjective}",
    "{verb}",
    "{verb} the {noun}",
    "{noun} or {noun}",
    "the {noun}",
    "a {adjective} {noun}",
    "{city}",
    "{name}",
    "{name} is {adjective}.",
    "{name} lives in {city}.",
    "I hate {noun}s.",
    "I am {name}.",
    "I am a {noun}.",
    "I need a {noun}.",
    "I have a {adjective} {noun}.",
    "I found a {noun} in {city}.",
    "We should {verb} now.",
    "They {verb} every day.",
    "It is {adjective}.",
    "This {noun} is {adjective}.",
    "That was {adjective}!",
    "There is a {noun} in my {noun}.",
    "He took the {noun} to {city}.",
    "She wants to {verb}.",
    "Nobody likes {noun}.",
    "Never mind.",
    "No way!",
    "wow",
    "cool",
    "sure",
    "nice",
    "maybe",
    "what?",
    "who",
    "how",
    "and?",
    "go on",
    "stop",
    "again",
    "{noise} {noun}",
    "{noun} {noise}",
    "{noise}!",
    "{noise}, {noise}",
    "{number} {noise}",
    "{noise} {number} {noise}",
    "{number}{noise}{number}",
    "hey {noise}",
    "<{noun}>",
    "/{noun}",
    "{noun}: {noun}",
    "#{noun}",
    "@{name}",
    "print({noun})",
    ":)",
)
STATEMENTS_DEV = (
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
STATEMENTS_TEST = (
    "You should {verb} more.",
    "{adjective}?",
    "{noun} {noise} {adjective}",
    "I dreamed of a {noun} in {city}.",
    "{number}{noise}",
    "quite {adjective}",
    "one two testing",
    "huh",
    "everything",
    "{noun} with {noun}",
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


TEMPLATES: dict[Split, tuple[tuple[str, ...], ...]] = {
    "train": (TASKS, QUESTIONS, STATEMENTS),
    "dev": (TASKS_DEV, QUESTIONS_DEV, STATEMENTS_DEV),
    "test": (TASKS_TEST, QUESTIONS_TEST, STATEMENTS_TEST),
}


def outside(rng: Random, split: Split = "train") -> tuple[str, str]:
    """Something out of the specimen's world, and the answer it is taught."""
    kind = rng.randrange(3)
    text = _fill(rng, rng.choice(TEMPLATES[split][kind]))
    style = rng.random() if split == "train" else 1.0
    if style < 0.2:
        text = text.lower()
    elif style < 0.3:
        text = rng.choice(["Please ", "Can you help? ", "Hey, ", "Hi! "]) + text
    elif style < 0.35:
        text = text.rstrip(".?")
    return text, REPLIES[kind]
