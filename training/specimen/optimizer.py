"""Muon for the matrices of the blocks, AdamW for embeddings and norms.

Muon (Jordan et al. 2024): momentum, then the update's matrix is made nearly
orthogonal by five Newton-Schulz steps, for which bfloat16 is exact enough.
Matrices of one shape are handled together.
"""

from collections import defaultdict

import torch
from torch import Tensor

from .model import Specimen
from .precision import fastest

MOMENTUM = 0.95
WEIGHT_DECAY = 0.01
BETAS = (0.9, 0.95)
COEFFICIENTS = (3.4445, -4.7750, 2.0315)
STEPS = 5


def orthogonalized(matrices: Tensor) -> Tensor:
    """Nearly the closest orthogonal matrices to [count, rows, columns]."""
    a, b, c = COEFFICIENTS
    x = matrices.to(fastest(matrices.device.type))
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(STEPS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.mT if tall else x).float()


class Optimizer:
    """Both optimizers as one, with the state to go on from."""

    def __init__(self, model: Specimen) -> None:
        groups: dict[tuple[int, ...], list[tuple[str, Tensor]]] = defaultdict(list)
        rest = []
        for name, weight in model.named_parameters():
            if not weight.requires_grad:
                continue
            if weight.ndim == 2 and name.startswith("blocks."):
                groups[tuple(weight.shape)].append((name, weight))
            else:
                rest.append(weight)
        self.groups = [[weight for _, weight in sorted(group, key=lambda pair: pair[0])] for group in groups.values()]
        self.momenta = [torch.zeros_like(torch.stack(group)) for group in self.groups]
        self.adam = torch.optim.AdamW(rest, betas=BETAS, weight_decay=0.0)

    @torch.no_grad()
    def step(self, muon_rate: float, adam_rate: float) -> None:
        """Updates the weights from their gradients and clears these."""
        for group, momentum in zip(self.groups, self.momenta, strict=True):
            gradients = torch.stack([weight.grad for weight in group])
            momentum.lerp_(gradients, 1 - MOMENTUM)
            update = orthogonalized(gradients.lerp(momentum, MOMENTUM))
            scale = max(1.0, update.shape[-2] / update.shape[-1]) ** 0.5
            for weight, change in zip(group, update, strict=True):
                weight.mul_(1 - muon_rate * WEIGHT_DECAY).add_(change, alpha=-muon_rate * scale)
                weight.grad = None
        for settings in self.adam.param_groups:
            settings["lr"] = adam_rate
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)

    def state(self) -> dict[str, object]:
        return {"momenta": self.momenta, "adam": self.adam.state_dict()}

    def load(self, state: dict[str, object]) -> None:
        for kept, momentum in zip(self.momenta, state["momenta"], strict=True):
            kept.copy_(momentum)
        self.adam.load_state_dict(state["adam"])
