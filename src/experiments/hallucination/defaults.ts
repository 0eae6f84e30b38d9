import { plainSampler } from "../../inference/engine";
import { defaultTemplates } from "./prompts";
import type { HallucinationSpec } from "./spec";

type Given = Pick<HallucinationSpec, "probed" | "items"> & Partial<HallucinationSpec>;

/**
 * A spec with everything that was not given: ten samples at temperature 1 [as Farquhar 2024], the probed model as its own
 * judge, no pages.
 */
export function probeSpec(given: Given): HallucinationSpec {
  return {
    judge: given.probed,
    writer: null,
    pages: [],
    samples: 10,
    sampler: plainSampler,
    seed: 1,
    maxTokens: 64,
    chat: true,
    closed: defaultTemplates.closed,
    open: defaultTemplates.open,
    documentStops: [...defaultTemplates.documentStops],
    ...given,
  };
}
