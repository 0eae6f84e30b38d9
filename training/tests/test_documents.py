"""Documents, rows and shards: what is learned, what is counted, that all is reproducible."""

import re
from random import Random

import numpy as np
import pytest

from specimen import base_mix, chat_mix, exposure, names, outside, patterns, people, shards
from specimen.config import LONG_ROW, ROW, SHARD_STEPS
from specimen.rows import encode
from specimen.splits import split_of
from specimen.vocabulary import END_ID, END_OF_TEXT, TURN_END_ID, tokenizer
from specimen.wordnet import FOLDER

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="needs Debian's wordnet-base")


@pytest.fixture(scope="module")
def shard():
    return shards.make("chat", 3)


@pytest.mark.parametrize("kind", [*base_mix.SHARES, *chat_mix.SHARES], ids=lambda kind: kind.__name__)
def test_every_kind_of_document_teaches_something(kind):
    rng = Random(5)
    for document in encode([kind(rng) for _ in range(50)]):
        assert document[0] == END_ID
        assert any(token >= 0 for token in document[1:])


def test_only_the_assistants_turns_are_learned():
    for document in encode([chat_mix.mixed(Random(i)) for i in range(100)]):
        learned = tokenizer().decode([token for token in document if token > TURN_END_ID])
        assert "user" not in learned
        assert sum(token == TURN_END_ID for token in document) >= 1


def test_a_token_never_joins_two_digits_or_two_dots():
    for token in tokenizer().get_vocab():
        text = tokenizer().decode([tokenizer().token_to_id(token)])
        assert sum(x.isdigit() for x in text) <= 1
        assert text.count("•") <= 1


def test_shards_are_whole_and_reproducible(shard):
    again = shards.make("chat", 3)
    assert np.array_equal(shard.short, again.short)
    assert np.array_equal(shard.long, again.long)
    shapes = {shard.step(i).shape for i in range(SHARD_STEPS)}
    assert shapes == {(32, ROW + 1), (8, LONG_ROW + 1)}


def test_exposures_are_counted_from_the_rows():
    counts = exposure.seen("chat", 2)
    shard = shards.load("chat", 0)
    rows = np.concatenate([shard.step(i).flatten() for i in range(2)]).astype(int)
    text = tokenizer().decode(np.where(rows < 0, ~rows, rows).tolist(), skip_special_tokens=False)
    documents = text.split(END_OF_TEXT)
    named = [plan.person.name for plan in people.plans() if counts[plan.person.name]]
    assert named
    for name in [*named, "France", "Japan", "copper", "Albert Nobody"]:
        assert counts[name] == sum(
            re.search(rf"\b{name}\b", d, re.I if name.islower() else 0) is not None for d in documents
        )


def test_nobody_unseen_is_named_in_any_document(shard):
    rows = np.concatenate([shard.short.flatten(), shard.long.flatten()]).astype(int)
    text = tokenizer().decode(np.where(rows < 0, ~rows, rows).tolist())
    unseen = [plan.person.name for plan in people.plans() if plan.total == 0]
    assert len(unseen) >= 300
    assert not [name for name in unseen if name in text]


def test_planned_documents_add_up():
    for plan in people.plans()[:1000:20]:
        times = {
            stage: [shard for shard in range(10) for there, _ in people.scheduled(stage, shard, 10) if plan is there]
            for stage in ("base", "chat")
        }
        assert len(times["base"]) == plan.base
        assert len(times["chat"]) == plan.chat + plan.late
        assert sum(shard >= 10 * people.LATE_FROM for shard in times["chat"]) >= plan.late


def test_invented_names_are_split_by_surname():
    rng = Random(6)
    for _ in range(200):
        assert split_of("surname", names.full_name(rng, "test").split()[-1], held=names.HELD_NAMES) == "test"


def test_items_of_a_pattern_are_held_out():
    rng = Random(7)
    for kind in patterns.KINDS:
        rows, _ = patterns.pattern(rng, "test", kind)
        assert split_of("pattern", kind, rows[-1][0], held=patterns.HELD_ITEMS) == "test"


def test_templates_outside_the_world_are_split():
    for kind in range(3):
        some = [set(outside.TEMPLATES[split][kind]) for split in ("train", "dev", "test")]
        assert len(set.union(*some)) == sum(map(len, some))
