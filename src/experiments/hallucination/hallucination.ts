import type { Experiment } from "../experiment";
import { addEvent, type HallucinationReport, startReport } from "./report";
import { runHallucination } from "./run";
import { type HallucinationEvent, type HallucinationSpec, hallucinationEvent, hallucinationSpec } from "./spec";

/** Does it know, or make it up: the same questions several times, beside controls of known and invented entities. */
export const hallucination: Experiment<HallucinationSpec, HallucinationEvent, HallucinationReport> = {
  kind: "hallucination",
  version: 1,
  spec: hallucinationSpec,
  event: hallucinationEvent,
  start: startReport,
  add: addEvent,
  run: (spec, engines, signal) => runHallucination(spec, engines, signal),
};
