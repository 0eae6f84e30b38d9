import { greedySampler } from "../../src/inference/engine";
import type { SuitesState } from "./protocol";

/** What the panel shows before the extension has told anything. */
export const emptyState: SuitesState = {
  setup: { models: [""], suites: [], files: [], size: 30, samples: 1, sampler: greedySampler, seed: 1 },
  models: [],
  offered: null,
  forecast: null,
  canUndo: false,
  run: null,
  running: null,
  grid: null,
  page: null,
  now: null,
  changes: null,
  recent: [],
  folder: "",
  glob: "",
  busy: null,
  problem: null,
};
