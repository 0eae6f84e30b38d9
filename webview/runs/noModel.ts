import type { ModelView } from "./state";

/** Where no model has been told of yet. */
export const noModel: ModelView = {
  id: "",
  name: "",
  kind: "builtIn",
  build: "",
  present: true,
  missing: { sample: null, chat: null, text: null, score: null, logProbs: null, seeds: null },
};
