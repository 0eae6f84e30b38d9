"""A llama-architecture transformer with tied embeddings.

Rotary pairs are interleaved, which is what llama.cpp's llama architecture
expects, so that weights are exported as they are.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .config import SIZE, ModelSize

IGNORED = -100
"""Target of a token that bears no loss."""


class Norm(nn.Module):
    """Root-mean-square norm, computed in float32."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.eps = size.norm_eps
        self.weight = nn.Parameter(torch.ones(size.dim))

    def forward(self, x: Tensor) -> Tensor:
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary position embedding of [..., tokens, head_dim] in interleaved pairs."""
    even, odd = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    rotated = torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1)
    return rotated.flatten(-2).to(x.dtype)


Cache = list[tuple[Tensor, Tensor]]
"""Keys and values of each layer, [batch, heads, tokens, head_dim]."""


class Block(nn.Module):
    """Attention and a SwiGLU feed-forward layer, each after a norm."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.heads = size.heads
        self.attention_norm, self.feed_forward_norm = Norm(size), Norm(size)
        self.q, self.k, self.v, self.o = (nn.Linear(size.dim, size.dim, bias=False) for _ in range(4))
        self.gate = nn.Linear(size.dim, size.feed_forward, bias=False)
        self.up = nn.Linear(size.dim, size.feed_forward, bias=False)
        self.down = nn.Linear(size.feed_forward, size.dim, bias=False)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, past: tuple[Tensor, Tensor] | None = None, mask: Tensor | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x: [batch, tokens, dim]. With `mask` (what may be attended), without it causal."""
        batch, tokens, dim = x.shape
        h = self.attention_norm(x)
        q, k, v = (
            linear(h).view(batch, tokens, self.heads, dim // self.heads).transpose(1, 2)
            for linear in (self.q, self.k, self.v)
        )
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        x = x + self.o(mixed.transpose(1, 2).reshape(batch, tokens, dim))
        h = self.feed_forward_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h)), (k, v)


class Specimen(nn.Module):
    """The whole model. Called with ids and targets it gives the mean loss in nats."""

    def __init__(self, size: ModelSize = SIZE) -> None:
        super().__init__()
        self.size = size
        self.embedding = nn.Embedding(size.vocab, size.dim)
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.layers))
        self.norm = Norm(size)
        head = size.dim // size.heads
        frequencies = size.rope_theta ** -(torch.arange(0, head, 2) / head)
        angles = torch.outer(torch.arange(size.context), frequencies)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                residual = name.endswith(("o.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / (2 * size.layers) ** 0.5 if residual else 0.02)

    def forward(self, ids: Tensor, targets: Tensor) -> Tensor:
        """ids, targets: [batch, tokens]. Mean cross-entropy over targets not IGNORED."""
        return F.cross_entropy(self.all_logits(ids).flatten(0, 1), targets.flatten(), ignore_index=IGNORED)

    def all_logits(self, ids: Tensor) -> Tensor:
        """Logits [batch, tokens, vocab] of what follows each token."""
        h = self.embedding(ids)
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        for block in self.blocks:
            h, _ = block(h, cos, sin)
        return self.logits(h)

    def logits(self, h: Tensor) -> Tensor:
        return F.linear(self.norm(h), self.embedding.weight).float()

    @torch.no_grad()
    def advance(self, ids: Tensor, positions: Tensor, past: Cache | None, mask: Tensor) -> tuple[Tensor, Cache]:
        """Logits [batch, tokens, vocab] of new tokens at their positions, and the grown cache."""
        h = self.embedding(ids)
        cos, sin = self.cos[positions][:, None], self.sin[positions][:, None]
        grown: Cache = []
        for i, block in enumerate(self.blocks):
            h, kept = block(h, cos, sin, past[i] if past else None, mask)
            grown.append(kept)
        return self.logits(h), grown
