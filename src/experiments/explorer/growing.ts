import { type Engine, greedySampler, type Sampler } from "../../inference/engine";
import { derivedSeed } from "../../inference/random";
import { promptAt } from "./asking";
import type { GrownToken } from "./data";
import type { ExplorerEvent } from "./events";
import { distributionOf, grownOf, tokenOf } from "./fromEngine";
import type { ExplorerReport } from "./report";
import { nodeOf } from "./tree";

type Grow = Extract<ExplorerEvent, { type: "grow" }>;

export interface Continuation {
  /** The likeliest token each time, or draws with the sampler. */
  readonly how: "greedy" | "draw";
  readonly tokens: number;
  /** Draws; each with a seed derived from `seed`, so that the same one gives the same texts. */
  readonly count: number;
  readonly sampler: Sampler;
  readonly seed: number;
}

/**
 * Continues from the node in hand; gives each token as it comes, and goes along with the first continuation. `current` is
 * the report with the events given so far in it, for the ids of the nodes that they made.
 */
export async function* continueFrom(
  current: () => ExplorerReport,
  { how, tokens, count, sampler, seed }: Continuation,
  engine: Engine,
  signal: AbortSignal,
): AsyncGenerator<ExplorerEvent> {
  const given = current();
  const start = given.now.tree.hand;
  const seeds = how === "greedy" ? [seed] : Array.from({ length: count }, (_, index) => derivedSeed(seed, index));
  const request = {
    prompt: promptAt(given, "own", engine),
    seeds,
    // A top-p of 0 keeps the likeliest token; engines want a number above 0 for that.
    sampler:
      how === "greedy"
        ? { ...greedySampler, repetitionPenalty: sampler.repetitionPenalty }
        : { ...sampler, topP: Math.max(sampler.topP, 1e-9) },
    maxTokens: tokens,
    topK: 0,
  };
  const origin = how === "greedy" ? "greedy" : "drawn";
  const ends = seeds.map(() => start);
  let joined = false;
  for await (const event of engine.sample(request, signal)) {
    if (event.kind === "end") continue;
    const parent = ends[event.sample]!;
    const grown: Grow = {
      type: "grow",
      parent,
      tokens: [grownOf(event.token)],
      origin,
      move: event.sample === 0,
      joined,
    };
    joined = true;
    yield grown;
    ends[event.sample] = childWith(current(), parent, event.token.id);
  }
}

/** A path of the beam. */
interface Beam {
  readonly tokens: readonly GrownToken[];
  readonly logProb: number;
  /** Ended with a special token: nothing comes after it. */
  readonly ended: boolean;
}

/**
 * Beam search from the node in hand: at each step the `width` paths with the largest sum of log-probabilities are kept
 * (raw ones, no sampler). Gives the paths once they are found, the best first; `tell` hears of each step.
 */
export async function* beamFrom(
  given: ExplorerReport,
  { width, tokens }: { readonly width: number; readonly tokens: number },
  engine: Engine,
  signal: AbortSignal,
  tell: (step: number) => void = () => {},
): AsyncGenerator<ExplorerEvent> {
  const start = given.now.tree.hand;
  const prompt = promptAt(given, "own", engine);
  let beams: Beam[] = [{ tokens: [], logProb: 0, ended: false }];
  for (let step = 0; step < tokens && beams.some(({ ended }) => !ended); step++) {
    const grown: Beam[] = [];
    for (const beam of beams) grown.push(...(beam.ended ? [beam] : await extend(beam)));
    beams = grown.sort((a, b) => b.logProb - a.logProb).slice(0, width);
    tell(step + 1);
  }
  for (const [index, beam] of beams.entries()) {
    if (beam.tokens.length === 0) continue;
    yield {
      type: "grow",
      parent: start,
      tokens: [...beam.tokens],
      origin: "beam",
      move: index === 0,
      joined: index > 0,
    };
  }

  async function extend(beam: Beam): Promise<Beam[]> {
    const answer = await engine.next(after(beam), { topK: width }, signal);
    const { entries, entropy } = distributionOf(answer, null);
    return entries.map((entry) => ({
      tokens: [...beam.tokens, { ...entry, entropy }],
      logProb: beam.logProb + entry.logProb,
      ended: entry.special === true,
    }));
  }

  function after({ tokens: path }: Beam) {
    if (prompt.kind === "tokens") return { ...prompt, ids: [...prompt.ids, ...path.map(({ id }) => id)] };
    const text = path.map((token) => token.text).join("");
    return prompt.kind === "text"
      ? { ...prompt, text: prompt.text + text }
      : { ...prompt, answerStart: (prompt.answerStart ?? "") + text };
  }
}

/** A text written by hand, as tokens below the node in hand with the probabilities the model gives them. */
export async function writeText(
  report: ExplorerReport,
  text: string,
  engine: Engine,
  signal: AbortSignal,
): Promise<ExplorerEvent> {
  const options = { parseSpecial: report.now.prompt.parseSpecial, addBos: false };
  const { tokens } = await engine.tokenize(text, options, signal);
  const scores = await scoresOf(
    report,
    tokens.map(({ id }) => id),
    engine,
    signal,
  );
  const grown = tokens.map((token, index) => {
    const { logProb = undefined, entropy = undefined } = scores[index] ?? {};
    return grownOf({ ...tokenOf(token), logProb, entropy, sampledWith: undefined, top: [] });
  });
  return { type: "grow", parent: report.now.tree.hand, tokens: grown, origin: "written", move: true, joined: false };
}

/** Of tokens after the node in hand, in one prefill; empty where the engine cannot score. */
async function scoresOf(report: ExplorerReport, ids: readonly number[], engine: Engine, signal: AbortSignal) {
  const prompt = promptAt(report, "own", engine);
  if (!engine.capabilities.score.available || prompt.kind !== "tokens") return [];
  const whole = { ...prompt, ids: [...prompt.ids, ...ids] };
  return (await engine.score(whole, { topK: 0, from: prompt.ids.length }, signal)).tokens;
}

/** A token of the distribution in hand as a child of that node; undefined where it is not among the known ones. */
export function takeToken(report: ExplorerReport, id: number, move: boolean): ExplorerEvent | undefined {
  const { tree } = report.now;
  const outlook = report.outlooks.get(tree.hand);
  const entry = outlook?.entries.find((each) => each.id === id);
  if (!outlook || !entry || !nodeOf(tree, tree.hand)) return undefined;
  const grown = { ...entry, entropy: outlook.entropy };
  return { type: "grow", parent: tree.hand, tokens: [grown], origin: "taken", move, joined: false };
}

function childWith(report: ExplorerReport, parent: number, id: number): number {
  return report.now.tree.nodes.find((node) => node.parent === parent && node.token?.id === id)?.id ?? parent;
}
