import type { Experiment } from "../experiment";
import { addEvent, type SuitesReport, startReport } from "./report";
import { runSuites } from "./run";
import { type SuitesEvent, type SuitesSpec, suitesEvent, suitesSpec } from "./spec";

/** The lab of sharp edges: small suites with checked answers against one or more models. */
export const suites: Experiment<SuitesSpec, SuitesEvent, SuitesReport> = {
  kind: "suites",
  version: 1,
  spec: suitesSpec,
  event: suitesEvent,
  start: startReport,
  add: addEvent,
  run: (spec, engines, signal) => runSuites(spec, engines, signal),
};
