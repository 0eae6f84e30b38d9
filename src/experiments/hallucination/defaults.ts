import * as v from "valibot";
import { plainSampler } from "../../inference/engine";
import { defaultTemplates } from "./prompts";
import { type HallucinationSpec, hallucinationSpec } from "./spec";

type Given = Pick<HallucinationSpec, "probed" | "items"> & Partial<HallucinationSpec>;

/** Ten samples at temperature 1 [as Farquhar 2024], nobody's questions but a person's, no pages. */
export const probeDefaults = {
  writer: null,
  pages: [],
  samples: 10,
  sampler: plainSampler,
  seed: 1,
  maxTokens: 64,
  chat: true,
  closed: defaultTemplates.closed,
  open: defaultTemplates.open,
} as const;

/**
 * A spec with everything that was not given; the probed model is its own judge. Its fields come in the order of the schema,
 * so that it is told to be the same as one that was saved. Throws where it is none: without items.
 */
export function probeSpec(given: Given): HallucinationSpec {
  const { documentStops } = defaultTemplates;
  return v.parse(hallucinationSpec, { ...probeDefaults, judge: given.probed, documentStops, ...given });
}
