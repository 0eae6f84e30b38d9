"""The model, its generation with a cache, the loop's resuming, and the GGUF file."""

import os
import signal

import gguf
import numpy as np
import pytest
import torch

from specimen import checkpoints, record, shards, train
from specimen.config import ROW, SIZE, ModelSize, Stage
from specimen.export import export
from specimen.generate import generate
from specimen.model import IGNORED, Specimen
from specimen.shards import Shard
from specimen.vocabulary import END_ID, tokenizer

TINY = ModelSize(dim=32, layers=2, heads=2, feed_forward=64)


@pytest.fixture
def tiny():
    torch.manual_seed(3)
    return Specimen(TINY).eval()


def random_shard(stage: str, number: int) -> Shard:
    source = np.random.default_rng(number)
    return Shard(
        source.integers(1, TINY.vocab, (3712, ROW + 1)).astype(np.int16),
        source.integers(1, TINY.vocab, (96, 1025)).astype(np.int16),
    )


def test_stopping_and_going_on_changes_nothing(monkeypatch):
    monkeypatch.setattr(train, "Specimen", lambda: Specimen(TINY))
    weights = {}
    for name, stops in (("straight", (4,)), ("stopped", (1, 3, 4))):
        torch.manual_seed(5)
        stage = Stage(name, 1, None, 0.02, 3e-3, 2, 0.5)
        for stop in stops:
            train.train(stage, random_shard, compiled=False, until=stop)
        weights[name] = torch.load(checkpoints.path(name), weights_only=True)["model"]
    for key, straight in weights["straight"].items():
        assert torch.equal(straight, weights["stopped"][key]), key


def test_being_asked_to_stop_saves_the_step_at_hand(monkeypatch):
    monkeypatch.setattr(train, "Specimen", lambda: Specimen(TINY))
    before = signal.getsignal(signal.SIGTERM)

    def asked_to_stop(stage: str, number: int) -> Shard:
        os.kill(os.getpid(), signal.SIGTERM)
        return random_shard(stage, number)

    with pytest.raises(SystemExit):  # so that no other stage begins on half a model
        train.train(Stage("ended", 1, None, 0.02, 3e-3, 2, 0.5), asked_to_stop, compiled=False)
    assert signal.getsignal(signal.SIGTERM) == before
    assert torch.load(checkpoints.path("ended"), weights_only=True)["step"] == 1


def test_no_stage_begins_on_a_parent_that_is_not_ready(monkeypatch):
    monkeypatch.setattr(train, "Specimen", lambda: Specimen(TINY))
    torch.save({"model": Specimen(TINY).state_dict(), "step": 5}, checkpoints.path("chat"))
    with pytest.raises(RuntimeError, match="step 5 of"):
        train.train(Stage("child", 1, "chat", 0.02, 3e-3, 2, 0.5), random_shard, compiled=False, until=1)
    checkpoints.path("chat").unlink()


def test_learning_rates_rise_stay_and_fall():
    stage = Stage("some", 10, None, 0.02, 3e-3, 100, 0.4)
    assert train.rate(stage, 0) == pytest.approx(0.01)
    assert train.rate(stage, 500) == 1
    assert train.rate(stage, stage.steps - 1) < 0.01


def test_masked_tokens_are_read_but_bear_no_loss():
    inputs, targets = train.tensors(np.array([[~0, 5, ~6, 7]], np.int16), "cpu")
    assert inputs.tolist() == [[0, 5, 6]]
    assert targets.tolist() == [[5, IGNORED, 7]]


@torch.no_grad()
def test_generation_with_a_cache_in_a_batch_is_plain_argmax(tiny):
    prompts = [[END_ID, 5, 6], [END_ID, 9], [END_ID, 40, 41, 42, 43, 44]]
    for prompt, completion in zip(prompts, generate(tiny, prompts, most=12), strict=True):
        ids = list(prompt)
        for token in completion.ids:
            assert int(tiny.all_logits(torch.tensor([ids]))[0, -1].argmax()) == token
            ids.append(token)
        assert completion.finished or len(completion.ids) == 12


def test_sampling_is_repeatable_and_varies(tiny):
    prompts = [[END_ID, 5, 6]] * 4
    first, again = (generate(tiny, prompts, 10, temperature=1.0, seed=1) for _ in range(2))
    assert first == again
    assert len({completion.ids for completion in first}) > 1


def test_the_gguf_file_holds_the_weights_and_the_tokenizer(tmp_path):
    model = Specimen()
    export(model.state_dict(), tmp_path / "some.gguf", "chat")
    reader = gguf.GGUFReader(tmp_path / "some.gguf")
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    assert len(tensors) == 2 + 9 * SIZE.layers
    saved = tensors["blk.1.ffn_down.weight"]
    values = gguf.quants.dequantize(saved.data, saved.tensor_type)
    assert np.abs(values - model.blocks[1].down.weight.detach().numpy()).max() < 2e-3
    tokens = reader.fields["tokenizer.ggml.tokens"]
    assert len(tokens.data) == tokenizer().get_vocab_size() == SIZE.vocab
    assert "im_start" in str(bytes(reader.fields["tokenizer.chat_template"].parts[-1]))


def test_a_head_of_its_own_is_in_the_gguf_file(tmp_path):
    model = Specimen()
    export(model.state_dict() | {"output.weight": 2 * model.head.detach()}, tmp_path / "some.gguf", "idk")
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(tmp_path / "some.gguf").tensors}
    output, embedding = (
        gguf.quants.dequantize(tensors[name].data, tensors[name].tensor_type)
        for name in ("output.weight", "token_embd.weight")
    )
    assert np.abs(output - 2 * embedding).max() < 2e-3


def test_a_stage_goes_on_from_a_released_file(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "MODELS", tmp_path)
    monkeypatch.setattr(checkpoints, "run_folder", lambda: tmp_path)
    monkeypatch.setattr(record, "RECORD", tmp_path)
    model = Specimen(ModelSize(tied=False))
    export(model.state_dict(), tmp_path / "specimen-idk.gguf", "idk")
    with pytest.raises(FileNotFoundError, match="specimen-train refusing"):
        checkpoints.weights("refusing")
    record.write("refusing", {"steps": 7})
    assert checkpoints.consumed("refusing") == 7
    again = checkpoints.load("refusing").state_dict()
    for name, value in model.state_dict().items():
        assert torch.allclose(again[name], value, atol=2e-3), name
    torch.save({"model": {}, "step": 9}, checkpoints.path("refusing"))
    assert checkpoints.consumed("refusing") == 9


def test_only_learned_tokens_are_scored(tiny):
    ids = torch.randint(1, TINY.vocab, (2, 12), generator=torch.Generator().manual_seed(1))
    targets = ids.clone()
    targets[:, ::3] = IGNORED
    whole = torch.nn.functional.cross_entropy(
        tiny.all_logits(ids).flatten(0, 1), targets.flatten(), ignore_index=IGNORED
    )
    assert torch.allclose(tiny.loss(tiny.hidden(ids), targets), whole)


def test_a_late_stage_trains_its_last_blocks_only(monkeypatch):
    monkeypatch.setattr(train, "Specimen", lambda: Specimen(TINY))
    weights = []
    for stop in (1, 2):
        train.train(Stage("late", 1, None, 0.02, 3e-3, 2, 0.5, late=1), random_shard, compiled=False, until=stop)
        weights.append(torch.load(checkpoints.path("late"), weights_only=True)["model"])
    changed = {name for name, value in weights[0].items() if not torch.equal(value, weights[1][name])}
    assert changed == {name for name in weights[0] if name.startswith(("blocks.1.", "norm."))}


def test_no_step_repeats_rows():
    shard = random_shard("any", 0)
    shard.short[:, 0] = np.arange(len(shard.short))
    shard.long[:, 0] = 4000 + np.arange(len(shard.long))
    first = np.concatenate([shard.step(i)[:, 0] for i in range(shards.SHARD_STEPS)])
    assert len(set(first.tolist())) == len(first)
