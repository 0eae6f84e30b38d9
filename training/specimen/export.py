"""From weights to a GGUF file (llama architecture, Q8_0)."""

import json
from pathlib import Path

import gguf
from torch import Tensor

from .config import SIZE
from .vocabulary import END_ID, TURN_END_ID, tokenizer

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
PRE_TOKENIZER = "gpt-2"
Q8_0 = gguf.GGMLQuantizationType.Q8_0


def _write_tokenizer(writer: gguf.GGUFWriter) -> None:
    saved = json.loads(tokenizer().to_str())
    vocabulary = sorted(saved["model"]["vocab"].items(), key=lambda pair: pair[1])
    if [index for _, index in vocabulary] != list(range(SIZE.vocab)):
        raise ValueError(f"The tokenizer does not number its tokens 0 to {SIZE.vocab - 1}.")
    special = {token["id"] for token in saved["added_tokens"]}
    kinds = [gguf.TokenType.CONTROL if index in special else gguf.TokenType.NORMAL for _, index in vocabulary]
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in saved["model"]["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(PRE_TOKENIZER)
    writer.add_token_list([token for token, _ in vocabulary])
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(END_ID)
    writer.add_pad_token_id(END_ID)
    writer.add_add_bos_token(True)


def names() -> dict[str, str]:
    """The checkpoint's names of all weights, and those of the llama architecture."""
    layer = {
        "attention_norm": "attn_norm",
        "feed_forward_norm": "ffn_norm",
        "q": "attn_q",
        "k": "attn_k",
        "v": "attn_v",
        "o": "attn_output",
        "gate": "ffn_gate",
        "up": "ffn_up",
        "down": "ffn_down",
    }
    named = {"embedding": "token_embd", "norm": "output_norm", "output": "output"}
    for i in range(SIZE.layers):
        named |= {f"blocks.{i}.{ours}": f"blk.{i}.{theirs}" for ours, theirs in layer.items()}
    return {f"{ours}.weight": f"{theirs}.weight" for ours, theirs in named.items()}


def export(weights: dict[str, Tensor], target: Path, stage: str) -> None:
    """Writes the weights of a stage as a GGUF file; norms stay in float32."""
    writer = gguf.GGUFWriter(target, "llama")
    writer.add_name(f"Promptscope specimen {stage}")
    writer.add_license("MIT")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_context_length(SIZE.context)
    writer.add_embedding_length(SIZE.dim)
    writer.add_block_count(SIZE.layers)
    writer.add_feed_forward_length(SIZE.feed_forward)
    writer.add_head_count(SIZE.heads)
    writer.add_head_count_kv(SIZE.heads)
    writer.add_rope_dimension_count(SIZE.dim // SIZE.heads)
    writer.add_rope_freq_base(SIZE.rope_theta)
    writer.add_layer_norm_rms_eps(SIZE.norm_eps)
    writer.add_vocab_size(SIZE.vocab)
    _write_tokenizer(writer)
    if stage == "base":
        writer.add_eos_token_id(END_ID)
    else:
        writer.add_eos_token_id(TURN_END_ID)
        writer.add_eot_token_id(TURN_END_ID)
        writer.add_chat_template(CHATML)
    for ours, theirs in names().items():
        if ours not in weights:
            continue
        values = weights[ours].float().numpy()
        if values.ndim == 1:
            writer.add_tensor(theirs, values)
        else:
            writer.add_tensor(theirs, gguf.quants.quantize(values, Q8_0), raw_dtype=Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
