import type {
  ExploredModel,
  ExploredPrompt,
  ExploredScore,
  ExploredToken,
  NextDistribution,
  Rival,
  Tree,
} from "./data";
import type { ExplorerEvent, ExplorerSpec } from "./events";
import { penaltyReach } from "./penalty";
import { go, grow, idsOf, pathTo, plant, prune } from "./tree";

/** A prompt and what one model makes of it. */
export interface Told {
  readonly model: ExploredModel;
  readonly prompt: ExploredPrompt;
  /** Null until rendered. */
  readonly tokens: readonly ExploredToken[] | null;
  /** As many as the tokens; null until scored. */
  readonly scores: readonly ExploredScore[] | null;
}

export interface Exploration extends Told {
  readonly tree: Tree;
}

/** The other side: null for what is not known yet. */
export interface RivalReport {
  readonly rival: Rival;
  readonly model: ExploredModel | null;
  readonly sameVocabulary: boolean;
  readonly tokens: readonly ExploredToken[] | null;
  readonly scores: readonly ExploredScore[] | null;
  readonly outlooks: ReadonlyMap<number, NextDistribution>;
}

/** An exploration as it stands: what follows from its spec and events. */
export interface ExplorerReport {
  readonly now: Exploration;
  /** What undo goes back to, the last one at the end. */
  readonly past: readonly Exploration[];
  readonly sampler: ExplorerSpec["sampler"];
  readonly seed: number;
  /** Tosses at each node. */
  readonly tosses: ReadonlyMap<number, number>;
  /** What the model expects after a node. Node ids are never used again, so these outlast undoing. */
  readonly outlooks: ReadonlyMap<number, NextDistribution>;
  readonly rival: RivalReport | null;
  readonly nextNode: number;
}

export function startReport({ model, prompt, sampler, seed }: ExplorerSpec): ExplorerReport {
  return {
    now: { model, prompt, tokens: null, scores: null, tree: plant(0) },
    past: [],
    sampler,
    seed,
    tosses: new Map(),
    outlooks: new Map(),
    rival: null,
    nextNode: 1,
  };
}

/** The report after the event. Events about nodes that are not there change nothing. */
export function addEvent(report: ExplorerReport, event: ExplorerEvent): ExplorerReport {
  const { now, nextNode } = report;
  switch (event.type) {
    case "begin": {
      const { model, prompt } = event;
      const begun = { model, prompt, tokens: null, scores: null, tree: plant(nextNode) };
      const rival = report.rival && startRival(report.rival.rival);
      return { ...report, now: begun, past: [...report.past, now], nextNode: nextNode + 1, rival };
    }
    case "model":
      return { ...report, now: { ...now, model: event.model } };
    case "prompt":
      return event.side === "own"
        ? { ...report, now: { ...now, tokens: event.tokens } }
        : withRival(report, { tokens: event.tokens });
    case "scores":
      return event.side === "own"
        ? { ...report, now: { ...now, scores: event.scores } }
        : withRival(report, { scores: event.scores });
    case "outlook": {
      const before = event.side === "own" ? report.outlooks : report.rival?.outlooks;
      const outlooks = new Map(before).set(event.node, event.distribution);
      return event.side === "own" ? { ...report, outlooks } : withRival(report, { outlooks });
    }
    case "grow": {
      const parent = now.tree.nodes.find(({ id }) => id === event.parent);
      if (!parent) return report;
      const grown = grow(now.tree, parent.id, event.tokens, event.origin, nextNode);
      const tree = event.move ? go(grown.tree, grown.last) : grown.tree;
      const past = event.joined ? report.past : [...report.past, now];
      return { ...report, now: { ...now, tree }, past, nextNode: grown.next };
    }
    case "go":
      return { ...report, now: { ...now, tree: go(now.tree, event.node) } };
    case "prune": {
      const tree = prune(now.tree, event.node, event.pruned);
      return tree === now.tree ? report : { ...report, now: { ...now, tree }, past: [...report.past, now] };
    }
    case "undo": {
      const before = report.past.at(-1);
      if (!before) return report;
      const rival = report.rival && before.prompt !== now.prompt ? startRival(report.rival.rival) : report.rival;
      return { ...report, now: before, past: report.past.slice(0, -1), rival };
    }
    case "sampler": {
      if (event.side === "own") return { ...report, sampler: event.sampler };
      return report.rival ? withRival(report, { rival: { ...report.rival.rival, sampler: event.sampler } }) : report;
    }
    case "seed":
      return { ...report, seed: event.seed };
    case "tosses":
      return { ...report, tosses: new Map(report.tosses).set(event.node, event.tosses) };
    case "rival":
      return { ...report, rival: event.rival && startRival(event.rival) };
    case "rivalModel":
      return withRival(report, { model: event.model, sameVocabulary: event.sameVocabulary });
  }
}

/** Whether the other side needs nothing asked of a model: it differs in its sampler alone. */
export function samplerOnly({ model, prompt }: Rival): boolean {
  return model === null && prompt === null;
}

/** The last tokens before the next one, for the repetition penalty. */
export function recentOf({ tokens, tree }: Exploration): number[] {
  const path = idsOf(pathTo(tree, tree.hand));
  return [...(tokens ?? []).slice(-penaltyReach).map(({ id }) => id), ...path].slice(-penaltyReach);
}

function startRival(rival: Rival): RivalReport {
  return { rival, model: null, sameVocabulary: true, tokens: null, scores: null, outlooks: new Map() };
}

function withRival(report: ExplorerReport, change: Partial<RivalReport>): ExplorerReport {
  return report.rival ? { ...report, rival: { ...report.rival, ...change } } : report;
}
