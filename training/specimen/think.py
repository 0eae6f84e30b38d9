"""The "think" stage: reinforcement on problems with checkable answers (GRPO, arXiv 2402.03300).

A short cold start teaches the form `<think>...</think>Answer: N` with thoughts
of any length, from none to all steps, half of them whole. Then the model's own samples are rewarded
for a right answer only; how long to think is for it to find out. Replay of the
chat stage keeps the rest of what it knows.
"""

import json
import re
import time
from dataclasses import asdict, dataclass, field
from random import Random

import torch
import torch.nn.functional as F

from . import checkpoints, record, shards
from .config import SEED, SHARD_STEPS, STAGES, run_folder
from .conversation import STEP_BY_STEP, Reply, conversation, placed, prompt
from .generate import Completion, generate, prompt_ids
from .model import IGNORED, Specimen
from .precision import mixed
from .problems import Problem, problem
from .rows import encode
from .stopping import stoppable
from .train import device, tensors
from .vocabulary import END_ID, TURN_END_ID, tokenizer

PARENT = "chat"
COLD_STEPS, COLD_ROWS = 60, 64
WHOLE = 0.5
"""Cold-start thoughts that are whole; the others are cut anywhere."""
TRIALS, FADING = 600, 100
"""In the last trials the rate falls to zero and more is replayed: what trials disturbed settles."""
PROBLEMS, SAMPLES = 16, 8
MOST_STEPS = 6
MOST_TOKENS = 140
COLD_RATE, RATE = 5e-4, 1e-4
REPLAY_ROWS, REPLAY_ROWS_FADING = 8, 24
FORM = re.compile(r"<think>(.*?)</think>Answer: (\d+)", re.DOTALL)


@dataclass
class Progress:
    """How far the stage is; one record for each trial: reward, tokens of answers and thoughts, reward by steps.

    `tokens` counts what was sampled, and what was read of examples and replay.
    """

    cold: int = 0
    trials: list[dict] = field(default_factory=list)
    tokens: int = 0
    seconds: float = 0.0


def _problem(rng: Random) -> Problem:
    """As many steps as any other number: the long problems are those on which there is most to learn."""
    return problem(rng, steps=rng.randint(1, MOST_STEPS))


def with_thought(rng: Random, p: Problem) -> str:
    """A cold-start answer with all of the steps as the thought, or some, or none."""
    shown = len(p.steps) if rng.random() < WHOLE else rng.randint(0, len(p.steps))
    return f"<think>{' '.join(p.steps[:shown])}</think>Answer: {p.answer}"


def asked(rng: Random, p: Problem) -> str:
    return placed(rng, p.question, rng.choice(("", "", *STEP_BY_STEP)))


def reward(completion: Completion, p: Problem) -> float:
    """1 for a finished answer in the right form, nothing after it, with the right number, else 0."""
    found = FORM.fullmatch(completion.text)
    return float(completion.finished and found is not None and found.group(2) == str(p.answer))


def thought_tokens(completion: Completion) -> int:
    """How many tokens stand between the tags; none where the form was missed."""
    found = FORM.fullmatch(completion.text)
    return len(tokenizer().encode(found.group(1)).ids) if found else 0


class ThinkRun:
    """The policy with its optimizer and progress, resumable after every save."""

    def __init__(self) -> None:
        self.place = device()
        self.model = Specimen().to(self.place)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), RATE, betas=(0.9, 0.95), weight_decay=0.0)
        self.progress = Progress()
        saved = checkpoints.saved("think", self.place)
        if saved:
            self.model.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.progress = Progress(**saved["progress"])
        else:
            self.model.load_state_dict(checkpoints.finished(PARENT))

    def save(self) -> None:
        path = checkpoints.path("think")
        partial = path.with_suffix(".part")
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "progress": asdict(self.progress),
            "step": len(self.progress.trials),
        }
        torch.save(state, partial)
        partial.replace(path)
        done = len(self.progress.trials) >= TRIALS
        last = {"stage": "think", "trials": len(self.progress.trials), "of": TRIALS, "done": done}
        last["continue_with"] = "training/specimen-train think"
        (run_folder() / "STATE.json").write_text(json.dumps(last, indent=2) + "\n")

    def update(self, loss: torch.Tensor, rate: float) -> None:
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for settings in self.optimizer.param_groups:
            settings["lr"] = rate
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)

    def replay_loss(self, step: int, rows: int = REPLAY_ROWS) -> torch.Tensor:
        """Loss on a few rows of the chat stage."""
        # From the last on: half-known people come late in that stage.
        shard = shards.load(PARENT, STAGES[PARENT].shards - 1 - step // SHARD_STEPS)
        first = step % SHARD_STEPS * rows
        inputs, targets = tensors(shard.short[first : first + rows], self.place)
        self.progress.tokens += inputs.numel()
        with mixed(self.place):
            return self.model.loss(self.model.hidden(inputs), targets)


def padded(sequences: list[list[int]]) -> torch.Tensor:
    """Sequences as rows [count, longest], filled up with the end-of-text token."""
    longest = max(map(len, sequences))
    return torch.tensor([ids + [END_ID] * (longest - len(ids)) for ids in sequences])


def cold_step(run: ThinkRun) -> None:
    rng = Random(f"{SEED} think cold {run.progress.cold}")
    made = [_problem(rng) for _ in range(COLD_ROWS)]
    rows = encode([conversation([Reply(asked(rng, p), with_thought(rng, p))]) for p in made])
    longest = max(map(len, rows))
    ids = torch.tensor([row + [~END_ID] * (longest - len(row)) for row in rows]).to(run.place)
    targets = torch.where(ids < 0, IGNORED, ids)[:, 1:]
    inputs = torch.where(ids < 0, -ids - 1, ids)[:, :-1]
    run.progress.tokens += sum(map(len, rows))
    with mixed(run.place):
        loss = run.model.loss(run.model.hidden(inputs), targets)
    run.update(loss + run.replay_loss(run.progress.cold), COLD_RATE)
    run.progress.cold += 1


def trial(run: ThinkRun) -> dict:
    """One round: sample, reward, and a policy-gradient step on the groups that disagree."""
    number = len(run.progress.trials)
    rng = Random(f"{SEED} think trial {number}")
    made = [_problem(rng) for _ in range(PROBLEMS)]
    prompts = [prompt_ids(prompt(asked(rng, p))) for p in made for _ in range(SAMPLES)]
    run.model.eval()
    completions = generate(run.model, prompts, MOST_TOKENS, 1.0, seed=SEED + number)
    rewards = torch.tensor([reward(c, made[i // SAMPLES]) for i, c in enumerate(completions)])
    groups = rewards.view(PROBLEMS, SAMPLES)
    advantages = ((groups - groups.mean(1, keepdim=True)) / (groups.std(1, keepdim=True) + 1e-4)).flatten()
    lengths = [len(c.ids) for c in completions]
    run.progress.tokens += sum(lengths)
    useful = [i for i in range(len(prompts)) if abs(float(advantages[i])) > 1e-3]
    run.model.train()
    left = min(1.0, (TRIALS - number) / FADING)
    loss = run.replay_loss(number, REPLAY_ROWS if left == 1 else REPLAY_ROWS_FADING)
    if useful:
        loss = loss + policy_loss(
            run, [prompts[i] for i in useful], [completions[i] for i in useful], advantages[useful]
        )
    run.update(loss, RATE * left)
    return {
        "reward": float(rewards.mean()),
        "tokens": sum(lengths) / len(lengths),
        "thought_tokens": sum(map(thought_tokens, completions)) / len(completions),
        "by_steps": {
            str(n): float(groups[[i for i, p in enumerate(made) if len(p.steps) == n]].mean())
            for n in sorted({len(p.steps) for p in made})
        },
    }


def policy_loss(
    run: ThinkRun, prompts: list[list[int]], completions: list[Completion], advantages: torch.Tensor
) -> torch.Tensor:
    """Minus advantage times log-probability, averaged over all sampled tokens."""
    ends = [[TURN_END_ID] if c.finished else [] for c in completions]
    sequences = [[*p, *c.ids, *end] for p, c, end in zip(prompts, completions, ends, strict=True)]
    ids = padded(sequences).to(run.place)
    weight = torch.zeros(ids.shape)
    for row, (p, sequence) in enumerate(zip(prompts, sequences, strict=True)):
        weight[row, len(p) : len(sequence)] = advantages[row]
    weight = weight[:, 1:].to(run.place)
    with mixed(run.place):
        logits = run.model.all_logits(ids[:, :-1])
    logprobs = -F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none").view_as(weight)
    return -(logprobs * weight).sum() / (weight != 0).sum()


def think() -> None:
    """Cold start, then trials up to TRIALS, going on from the checkpoint if there is one.

    SIGTERM and Ctrl-C end it after the trial at hand, with a checkpoint and SystemExit.
    """
    run = ThinkRun()
    with stoppable() as stopping:
        while len(run.progress.trials) < TRIALS and not stopping.is_set():
            started = time.perf_counter()
            if run.progress.cold < COLD_STEPS:
                cold_step(run)
            else:
                run.progress.trials.append(trial(run))
                print(f"trial {len(run.progress.trials)}/{TRIALS}: {run.progress.trials[-1]}", flush=True)
            run.progress.seconds += time.perf_counter() - started
            if (run.progress.cold + len(run.progress.trials)) % 10 == 0:
                run.save()
        run.save()
        if len(run.progress.trials) >= TRIALS:
            record.write("think", asdict(run.progress) | {"seconds": round(run.progress.seconds)})
