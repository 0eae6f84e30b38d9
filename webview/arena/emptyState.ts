import type { ArenaState } from "./protocol";

/** What the panel shows before the extension has told anything. */
export const emptyState: ArenaState = {
  setup: {
    contestants: [],
    prompts: { kind: "typed", texts: [""], from: null },
    names: "afterVote",
    rounds: 1,
    seed: 1,
  },
  models: [],
  called: [],
  prompts: { count: 0, label: "", problem: null, first: null },
  cost: null,
  canUndo: false,
  run: null,
  running: null,
  voting: null,
  pair: null,
  ranking: null,
  sheet: null,
  recent: [],
  folder: "",
  busy: null,
  problem: null,
};
