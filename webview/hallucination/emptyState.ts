import { noModel } from "../runs/noModel";
import type { ProbeState } from "./protocol";

/** What the panel shows before the extension has told anything. */
export const emptyState: ProbeState = {
  setup: {
    source: { kind: "question", text: "", reference: "", from: null },
    model: "",
    judge: { kind: "same" },
    writer: { kind: "none" },
    samples: 10,
    temperature: 1,
    seed: 1,
    maxTokens: 64,
    system: "",
    chat: true,
    controls: { each: 20, kind: "auto", seed: 1 },
    books: null,
  },
  models: { probed: noModel, judge: null, writer: null },
  asked: {
    questions: 0,
    withReference: 0,
    controls: { known: 0, invented: 0, kind: null, names: [], problem: null },
    label: "",
    first: null,
    problem: null,
    book: null,
  },
  forecast: null,
  canUndo: false,
  run: null,
  running: null,
  figures: null,
  list: null,
  page: null,
  calibration: null,
  canUndoCorrection: false,
  recent: [],
  folder: "",
  busy: null,
  problem: null,
};
