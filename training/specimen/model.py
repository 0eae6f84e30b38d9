"""A llama-architecture transformer. Its head is the embedding, unless it was given one of its own.

Rotary pairs are interleaved, which is what llama.cpp's llama architecture
expects, so that weights are exported as they are.
"""

from dataclasses import dataclass

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


@dataclass
class Cache:
    """Room for the keys and values of all layers, [layers, batch, heads, room, head_dim]; `length` tokens are in it."""

    keys: Tensor
    values: Tensor
    length: int = 0

    @classmethod
    def empty(cls, size: ModelSize, batch: int, room: int, place: torch.device) -> "Cache":
        shape = (size.layers, batch, size.heads, room, size.dim // size.heads)
        return cls(torch.zeros(shape, device=place), torch.zeros(shape, device=place))

    def only(self, rows: Tensor) -> "Cache":
        """The cache of some rows of the batch."""
        return Cache(self.keys[:, rows], self.values[:, rows], self.length)


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
    ) -> Tensor:
        """x: [batch, tokens, dim]. With `mask` (what may be attended), without it causal.

        `past` are keys and values up to the end of x; those of x are put in.
        """
        batch, tokens, dim = x.shape
        h = self.attention_norm(x)
        q, k, v = (
            linear(h).view(batch, tokens, self.heads, dim // self.heads).transpose(1, 2)
            for linear in (self.q, self.k, self.v)
        )
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if past is not None:
            keys, values = past
            keys[:, :, -tokens:], values[:, :, -tokens:] = k, v
            k, v = keys, values
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        x = x + self.o(mixed.transpose(1, 2).reshape(batch, tokens, dim))
        h = self.feed_forward_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Specimen(nn.Module):
    """The whole model."""

    def __init__(self, size: ModelSize = SIZE) -> None:
        super().__init__()
        self.size = size
        self.embedding = nn.Embedding(size.vocab, size.dim)
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.layers))
        self.norm = Norm(size)
        if not size.tied:
            self.output = nn.Linear(size.dim, size.vocab, bias=False)
        head = size.dim // size.heads
        frequencies = size.rope_theta ** -(torch.arange(0, head, 2) / head)
        angles = torch.outer(torch.arange(size.context), frequencies)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                residual = name.endswith(("o.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / (2 * size.layers) ** 0.5 if residual else 0.02)

    def only_late(self, blocks: int) -> None:
        """Only the last blocks and the last norm are to be trained."""
        self.requires_grad_(False)
        self.norm.requires_grad_(True)
        for block in self.blocks[-blocks:]:
            block.requires_grad_(True)

    def loss(self, hidden: Tensor, targets: Tensor) -> Tensor:
        """Mean cross-entropy in nats over the targets that are not IGNORED; hidden: [batch, tokens, dim].

        Only their tokens are scored: in half of the tokens there is nothing to learn.
        """
        targets = targets.flatten()
        learned = (targets != IGNORED).nonzero()[:, 0]
        return F.cross_entropy(self.logits(hidden.flatten(0, 1)[learned]), targets[learned])

    def all_logits(self, ids: Tensor) -> Tensor:
        """Logits [batch, tokens, vocab] of what follows each token."""
        return self.logits(self.hidden(ids))

    def hidden(self, ids: Tensor) -> Tensor:
        """What the last block makes of each token, [batch, tokens, dim], before the last norm."""
        h = self.embedding(ids)
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        for block in self.blocks:
            h = block(h, cos, sin)
        return h

    @property
    def head(self) -> Tensor:
        """The rows that score each token, [vocab, dim]."""
        return self.embedding.weight if self.size.tied else self.output.weight

    def logits(self, h: Tensor) -> Tensor:
        return F.linear(self.norm(h), self.head).float()

    @torch.no_grad()
    def advance(self, ids: Tensor, positions: Tensor, cache: Cache, mask: Tensor) -> Tensor:
        """What the last block makes of new tokens at their positions, [batch, tokens, dim]; the cache grows by them."""
        h = self.embedding(ids)
        cos, sin = self.cos[positions][:, None], self.sin[positions][:, None]
        cache.length += ids.shape[1]
        for block, keys, values in zip(self.blocks, cache.keys, cache.values, strict=True):
            h = block(h, cos, sin, (keys[:, :, : cache.length], values[:, :, : cache.length]), mask)
        return h
