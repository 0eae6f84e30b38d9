"""Puts what ships into media/models: GGUF files, tokenizer.json, exposure.json and the SHA-256 sums."""

from hashlib import sha256
from pathlib import Path

from . import exposure
from .checkpoints import path, weights
from .config import MODELS, SHIPPED
from .export import export
from .vocabulary import tokenizer

MEGABYTE = 1_000_000
MOST_EACH, MOST_TOGETHER = 16 * MEGABYTE, 40 * MEGABYTE
SUMS = "SHA256SUMS"


def checksum(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def sums(folder: Path) -> str:
    """One line for each shipped file, as `sha256sum` writes and checks them."""
    files = sorted([*folder.glob("*.gguf"), folder / "exposure.json", folder / "tokenizer.json"])
    return "".join(f"{checksum(file)}  {file.name}\n" for file in files)


def release() -> None:
    """Exports the models whose checkpoints are there, with what they have seen; other files stay."""
    models = [model for model, stage in SHIPPED.items() if path(stage).exists()]
    for model in models:
        export(weights(SHIPPED[model]), MODELS / f"specimen-{model}.gguf", model)
    tokenizer().save(str(MODELS / "tokenizer.json"))
    exposure.write(MODELS / "exposure.json")
    check_sizes(MODELS)
    (MODELS / SUMS).write_text(sums(MODELS))
    print(f"{MODELS}: {', '.join(models)}")


def check_sizes(folder: Path) -> None:
    """Raises ValueError when a file, or all together, is larger than what may ship."""
    sizes = {file.name: file.stat().st_size for file in folder.glob("*.gguf")}
    for name, size in sizes.items():
        if size > MOST_EACH:
            raise ValueError(
                f"{name} has {size:,} bytes; at most {MOST_EACH:,} may ship. Choose a smaller configuration."
            )
    if sum(sizes.values()) > MOST_TOGETHER:
        raise ValueError(f"The models have {sum(sizes.values()):,} bytes together; at most {MOST_TOGETHER:,} may ship.")
