import type { Experiment } from "../experiment";
import { addEvent, type ReasoningReport, startReport } from "./report";
import { runReasoning } from "./run";
import { type ReasoningEvent, type ReasoningSpec, reasoningEvent, reasoningSpec } from "./spec";

/** Step by step against answer first: the same questions in several arms. */
export const reasoning: Experiment<ReasoningSpec, ReasoningEvent, ReasoningReport> = {
  kind: "reasoning",
  version: 1,
  spec: reasoningSpec,
  event: reasoningEvent,
  start: startReport,
  add: addEvent,
  run: (spec, engines, signal) => runReasoning(spec, engines, signal),
};
