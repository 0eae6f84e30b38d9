import { greedySampler } from "../../src/inference/engine";
import type { ReasoningState } from "./protocol";

/** What the panel shows before the extension has told anything. */
export const emptyState: ReasoningState = {
  setup: {
    models: [""],
    source: { kind: "one", text: "", answer: "", from: null },
    arms: [],
    samples: 1,
    sampler: greedySampler,
    seed: 1,
    grader: { kind: "number" },
    system: "",
    chat: true,
    tokenBudget: null,
    examples: null,
  },
  models: [],
  judge: null,
  questions: { count: 0, graded: 0, label: "", problem: null, first: null },
  forecast: null,
  versions: {},
  canUndo: false,
  run: null,
  running: null,
  figures: null,
  list: null,
  page: null,
  beside: null,
  recent: [],
  folder: "",
  busy: null,
  problem: null,
};
