"""A training document: text in parts, some of which bear no loss."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """Parts of text, each with whether the model is trained to write it.

    Parts that are only given (a user's turn, the random numbers of an exercise)
    are read but not predicted.
    """

    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.parts)


def written(text: str) -> Document:
    """A document that is learned from its first token to its last."""
    return Document(((text, True),))


def answered(given: str, text: str) -> Document:
    """A document of which only the part after `given` is learned."""
    return Document(((given, False), (text, True)))
