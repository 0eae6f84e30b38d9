import type { Experiment } from "../experiment";
import { addEvent, type InterrogationReport, startReport } from "./report";
import { runInterrogation } from "./run";
import { type InterrogationEvent, type InterrogationSpec, interrogationEvent, interrogationSpec } from "./spec";

/** What a model knows of a text, and the "I don't know" data that follow from it. */
export const interrogation: Experiment<InterrogationSpec, InterrogationEvent, InterrogationReport> = {
  kind: "interrogation",
  version: 1,
  spec: interrogationSpec,
  event: interrogationEvent,
  start: startReport,
  add: addEvent,
  run: (spec, engines, signal) => runInterrogation(spec, engines, signal),
};
