"""From documents to the rows of token ids that a step trains on.

Each row begins with a document. A token that bears no loss is kept as ~id
(negative), so that ids and mask travel in one array.
"""

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from .document import Document
from .vocabulary import END_ID, tokenizer

Ids = list[int]
"""A document's token ids, beginning with the end-of-text token."""


def encode(documents: list[Document]) -> list[Ids]:
    """Token ids of whole documents; a token is learned if it begins in a learned part."""
    encodings = tokenizer().encode_batch([document.text for document in documents])
    return [
        [END_ID, *_masked(document, encoding.ids, encoding.offsets)]
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


def pack(documents: list[Ids], length: int, count: int, window: int = 64) -> tuple[NDArray[np.int16], list[Ids]]:
    """Packs documents, in order, into `count` rows by best fit within a window.

    Returns the rows, [count, length + 1] since the last token is only a target,
    and the documents left over. Every document given must be at most
    `length` + 1 tokens long.
    """
    rest = iter(documents)
    waiting: list[Ids] = []

    def fill() -> None:
        while len(waiting) < window:
            document = next(rest, None)
            if document is None:
                return
            waiting.append(document)

    rows = []
    fill()
    while len(rows) < count and waiting:
        first = waiting.pop(0)
        row = list(first)
        row[0] = ~END_ID
        fill()
        while True:
            room = length + 1 - len(row)
            fitting = [i for i, document in enumerate(waiting) if len(document) <= room]
            if not fitting:
                break
            document = waiting.pop(max(fitting, key=lambda i: len(waiting[i])))
            row += document
            fill()
        row += [~END_ID] * (length + 1 - len(row))
        rows.append(row)
    if len(rows) < count:
        raise ValueError(f"{count} rows of {length} tokens asked for, but the documents fill only {len(rows)}.")
    return np.array(rows, np.int16), waiting + list(rest)
