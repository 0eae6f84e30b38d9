import { plainSampler } from "../../src/inference/engine";
import { noModel } from "../runs/noModel";
import type { InterrogationState } from "./protocol";

/** What the panel shows before the extension has told anything. */
export const emptyState: InterrogationState = {
  setup: {
    source: { kind: "none" },
    probed: "",
    asker: "rules",
    writer: null,
    judge: null,
    snippetTokens: 200,
    questionsEach: 5,
    samples: 5,
    sampler: plainSampler,
    seed: 1,
    maxTokens: 64,
    chat: true,
    consistent: 0.8,
  },
  models: { probed: noModel, writer: null, judge: null },
  source: { label: "", files: [], snippets: 0, tokenizer: "", refused: [], problem: null, looking: false },
  forecast: null,
  canUndo: false,
  run: null,
  running: null,
  figures: null,
  export: null,
  document: null,
  files: [],
  heat: [],
  list: null,
  page: null,
  undo: null,
  recent: [],
  folder: "",
  busy: null,
  problem: null,
};
