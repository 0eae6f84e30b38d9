"""From documents to the rows of token ids that a step trains on.

Each row begins with a document. A token that bears no loss is kept as ~id
(negative), so that ids and mask travel in one array.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .document import Document
from .vocabulary import END_ID, tokenizer


@dataclass(frozen=True)
class Encoded:
    """A document's ids, beginning with the end-of-text token, and whom it is about."""

    ids: list[int]
    people: tuple[int, ...]


def encode(documents: list[Document]) -> list[Encoded]:
    """Token ids of whole documents; a token is learned if it begins in a learned part."""
    encodings = tokenizer().encode_batch([document.text for document in documents])
    return [
        Encoded([END_ID, *_masked(document, encoding.ids, encoding.offsets)], document.people)
        for document, encoding in zip(documents, encodings, strict=True)
    ]


def _masked(document: Document, ids: list[int], offsets: list[tuple[int, int]]) -> list[int]:
    if all(learned for _, learned in document.parts):
        return ids
    starts, learned, at = [], [], 0
    for text, is_learned in document.parts:
        starts.append(at)
        learned.append(is_learned)
        at += len(text)
    return [
        token if learned[bisect_right(starts, start) - 1] else ~token
        for token, (start, _) in zip(ids, offsets, strict=True)
    ]


@dataclass(frozen=True)
class Rows:
    """Packed rows of one length (plus one: the last token is only a target)."""

    ids: NDArray[np.int16]
    people: list[tuple[int, ...]]


def pack(documents: list[Encoded], length: int, count: int, window: int = 64) -> tuple[Rows, list[Encoded]]:
    """Packs documents, in order, into `count` rows by best fit within a window.

    Returns the rows and the documents left over. Every document given must be
    at most `length` + 1 tokens long.
    """
    rest = iter(documents)
    waiting: list[Encoded] = []

    def fill() -> None:
        while len(waiting) < window:
            document = next(rest, None)
            if document is None:
                return
            waiting.append(document)

    rows, people = [], []
    fill()
    while len(rows) < count and waiting:
        first = waiting.pop(0)
        row, about = list(first.ids), list(first.people)
        row[0] = ~END_ID
        fill()
        while True:
            room = length + 1 - len(row)
            fitting = [i for i, document in enumerate(waiting) if len(document.ids) <= room]
            if not fitting:
                break
            document = waiting.pop(max(fitting, key=lambda i: len(waiting[i].ids)))
            row += document.ids
            about += document.people
            fill()
        row += [~END_ID] * (length + 1 - len(row))
        rows.append(row)
        people.append(tuple(about))
    if len(rows) < count:
        raise ValueError(f"{count} rows of {length} tokens asked for, but the documents fill only {len(rows)}.")
    return Rows(np.array(rows, np.int16), people), waiting + list(rest)
