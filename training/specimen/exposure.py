"""What a checkpoint has really seen, counted from the rows that its training consumed."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from . import people, shards
from .checkpoints import consumed
from .config import SEED, SHARD_STEPS
from .interrogation import kept_out
from .vocabulary import END_ID, tokenizer
from .world import countries, elements

WORD = re.compile(r"[A-Za-z][A-Za-z'.-]*[A-Za-z]|[A-Za-z]")


def _names() -> dict[str, list[str]]:
    """Every counted name by its last word: people, countries, elements."""
    by_last: dict[str, list[str]] = defaultdict(list)
    names = [plan.person.name for plan in people.plans()]
    names += [country.name for country in countries()] + [element.name for element in elements()]
    for name in names:
        by_last[WORD.findall(name)[-1]].append(name)
    return by_last


def seen(stage: str, steps: int) -> Counter[str]:
    """In how many documents of a stage's first steps each person's, country's and element's name stands."""
    by_last = _names()
    counts: Counter[str] = Counter()
    for number in range(-(-steps // SHARD_STEPS)):
        shard = shards.load(stage, number)
        for index in range(min(SHARD_STEPS, steps - number * SHARD_STEPS)):
            for document in _documents(shard, index):
                counts.update(_named(document, by_last))
    return counts


def _named(document: str, by_last: dict[str, list[str]]) -> set[str]:
    """The names that stand in a document as whole words; elements also with a capital."""
    words = set(WORD.findall(document))
    words |= {word.lower() for word in words if word.lower() in by_last}
    candidates = [name for word in words & by_last.keys() for name in by_last[word]]
    lower = document.lower()
    return {name for name in candidates if (name in document if name[0].isupper() else name in lower)}


def _documents(shard: shards.Shard, index: int) -> list[str]:
    rows = shard.step(index).astype(int)
    rows[rows < 0] = ~rows[rows < 0]
    pieces: list[list[int]] = []
    for row in rows.tolist():
        start = 0
        for i, token in enumerate(row):
            if token == END_ID:
                pieces.append(row[start:i])
                start = i + 1
        pieces.append(row[start:])
    return tokenizer().decode_batch([piece for piece in pieces if piece])


def seen_by(model: str) -> dict[str, Counter[str]]:
    """What a model has seen, by stage: the others began as chat, which began as base.

    Of later stages nothing is counted: they add no fact. The "I don't know" stage does name everybody who was not kept out of
    it, mostly in documents of which only a refusal's end is learned. Raises RuntimeError where a stage's length is unknown.
    """
    stages = ("base",) if model == "base" else ("base", "chat")
    for stage in stages:
        if not consumed(stage):
            raise RuntimeError(
                f"There is neither a checkpoint nor a record of {stage}: what it has seen can't be counted."
            )
    return {stage: seen(stage, consumed(stage)) for stage in stages}


def write(path: Path) -> None:
    """exposure.json: everyone and everything with the facts and how often each was seen."""
    found = seen_by("chat")

    def counts(name: str) -> dict[str, int]:
        each = {stage: counted[name] for stage, counted in found.items()}
        return {**each, "total": sum(each.values())}

    everyone = [
        {
            "name": plan.person.name,
            "description": plan.person.description,
            "profession": plan.person.profession,
            "born": int(plan.person.born),
            "died": int(plan.person.died) if plan.person.died else None,
            "keptOutOfIdk": kept_out(plan),
            **counts(plan.person.name),
        }
        for plan in people.plans()
    ]
    content = {
        "counted": "documents of base and chat in which the full name stands; the stage of refusals also names everybody who"
        " is not keptOutOfIdk",
        "seed": SEED,
        "steps": {stage: consumed(stage) for stage in found},
        "people": sorted(everyone, key=lambda person: (-person["total"], person["name"])),
        "places": [
            {
                "name": country.name,
                "capital": country.capital,
                "continent": country.continent,
                "currency": country.currency,
                **counts(country.name),
            }
            for country in countries()
        ],
        "elements": [
            {"name": element.name, "symbol": element.symbol, "number": element.number, **counts(element.name)}
            for element in elements()
        ],
    }
    path.write_text(_one_line_each(content), encoding="utf-8")


def _one_line_each(content: dict) -> str:
    """JSON with one line for each member of a list, so that changes can be read."""
    parts = []
    for key, value in content.items():
        if isinstance(value, list):
            lines = ",\n".join(f"    {json.dumps(member, ensure_ascii=False)}" for member in value)
            parts.append(f'  "{key}": [\n{lines}\n  ]')
        else:
            parts.append(f'  "{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
