"""What a checkpoint has really seen, counted from the rows that its training consumed."""

import json
import re
from collections import Counter
from pathlib import Path

import torch

from . import people, shards
from .config import SEED, SHARD_STEPS, checkpoint_path
from .vocabulary import END_ID, tokenizer
from .world import countries, elements


def consumed(stage: str) -> int:
    """Steps that a stage's checkpoint has been trained for; 0 without one."""
    path = checkpoint_path(stage)
    return int(torch.load(path, map_location="cpu", weights_only=True)["step"]) if path.exists() else 0


def people_seen(stage: str, steps: int) -> Counter[int]:
    """How many documents about each person (by index) the first steps of a stage held."""
    counts: Counter[int] = Counter()
    for number in range(-(-steps // SHARD_STEPS)):
        shard = shards.load(stage, number)
        for step in shard.people[: steps - number * SHARD_STEPS]:
            counts.update(step)
    return counts


def names_seen(stage: str, steps: int) -> Counter[str]:
    """In how many documents of the first steps each country's and element's name stands as a word."""
    names = [country.name for country in countries()] + [element.name for element in elements()]
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b")
    known = set(names)
    counts: Counter[str] = Counter()
    for number in range(-(-steps // SHARD_STEPS)):
        shard = shards.load(stage, number)
        for index in range(min(SHARD_STEPS, steps - number * SHARD_STEPS)):
            for document in _documents(shard, index):
                found = {name if name in known else name.lower() for name in pattern.findall(document)}
                counts.update(found & known)
    return counts


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


def write(path: Path, stages: tuple[str, ...]) -> None:
    """exposure.json: everyone and everything with the facts and the counts of each stage."""
    steps = {stage: consumed(stage) for stage in stages}
    seen = {stage: people_seen(stage, steps[stage]) for stage in stages}
    named = {stage: names_seen(stage, steps[stage]) for stage in stages}

    def counts(tables: dict[str, Counter], key: object) -> dict[str, int]:
        each = {stage: tables[stage][key] for stage in stages}
        return {**each, "total": sum(each.values())}

    everyone = [
        {
            "name": plan.person.name,
            "description": plan.person.description,
            "profession": plan.person.profession,
            "born": int(plan.person.born),
            "died": int(plan.person.died) if plan.person.died else None,
            **counts(seen, plan.index),
        }
        for plan in people.plans()
    ]
    content = {
        "counted": "people: documents about the person; places and elements: documents in which the name stands",
        "seed": SEED,
        "steps": steps,
        "people": sorted(everyone, key=lambda person: (-person["total"], person["name"])),
        "places": [
            {
                "name": country.name,
                "capital": country.capital,
                "continent": country.continent,
                "currency": country.currency,
                **counts(named, country.name),
            }
            for country in countries()
        ],
        "elements": [
            {"name": element.name, "symbol": element.symbol, "number": element.number, **counts(named, element.name)}
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
