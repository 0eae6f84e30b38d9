"""What is kept of each finished stage and evaluation: the card is written from it, on any machine."""

import json
from typing import Any

from .config import RECORD


def write(name: str, content: dict[str, Any]) -> None:
    RECORD.mkdir(exist_ok=True)
    (RECORD / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(name: str) -> dict[str, Any] | None:
    """A record, or None where there is none yet."""
    path = RECORD / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
