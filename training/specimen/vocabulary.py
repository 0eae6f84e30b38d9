"""The tokenizer: byte-level BPE whose digits stand alone.

Trained with digits and dots cut apart, so that no merge joins two of them. With
those merges missing, the plain GPT-2 pre-tokenizer gives the same tokens, and
that is the one a GGUF file and llama.cpp know ("gpt-2").
"""

from functools import cache
from pathlib import Path
from random import Random

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from . import record
from .config import MODELS, SEED, SIZE, run_folder
from .people import biography, plans

END_OF_TEXT, TURN_START, TURN_END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
SPECIAL = (END_OF_TEXT, TURN_START, TURN_END)
END_ID, TURN_START_ID, TURN_END_ID = 0, 1, 2
TRAINING_PIECES = Regex(r"'(?:[sdmt]|ll|ve|re)| ?\p{N}| ?•| ?\p{L}+| ?[^\s\p{L}\p{N}•]+|\s+(?!\S)|\s+")
SAMPLE_DOCUMENTS = 40_000


def train(texts: list[str]) -> Tokenizer:
    """A tokenizer of `SIZE.vocab` tokens for the texts."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(TRAINING_PIECES, "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE.vocab,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def sample_texts() -> list[str]:
    """Documents of the base and chat mixes, by their shares, and every biography."""
    from . import base_mix, chat_mix

    rng = Random(f"{SEED} tokenizer")
    texts = [biography(plan.person) for plan in plans() if plan.base]
    for shares in (base_mix.SHARES, chat_mix.SHARES):
        kinds = rng.choices(list(shares), list(shares.values()), k=SAMPLE_DOCUMENTS // 2)
        texts += [kind(rng).text for kind in kinds]
    return texts


def path() -> Path:
    return run_folder() / "tokenizer.json"


@cache
def tokenizer() -> Tokenizer:
    """The specimen's tokenizer: that of the run, or of the released base model, else trained and kept."""
    if path().exists():
        return Tokenizer.from_file(str(path()))
    if record.read("base"):
        return Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    made = train(sample_texts())
    made.save(str(path()))
    return made
