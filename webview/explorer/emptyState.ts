import { plainSampler } from "../../src/inference/engine";
import type { ExplorerState } from "./protocol";

/** What the panel shows before the extension has told anything. */
export const emptyState: ExplorerState = {
  model: null,
  prompt: null,
  link: { kind: "none", label: null, selection: false, stale: false },
  tree: null,
  outlook: null,
  sampler: plainSampler,
  coin: { seed: 1, tosses: 0 },
  rival: null,
  file: { name: null, unsaved: false, withoutModel: false },
  canUndo: false,
  busy: null,
  problem: null,
};
