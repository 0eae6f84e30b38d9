import type { Experiment } from "../experiment";
import { type ArenaReport, addEvent, startReport } from "./report";
import { runArena } from "./run";
import { type ArenaEvent, type ArenaSpec, arenaEvent, arenaSpec } from "./spec";

/** Blind pairwise comparison of models, prompts or settings on a person's own prompts. */
export const arena: Experiment<ArenaSpec, ArenaEvent, ArenaReport> = {
  kind: "arena",
  version: 1,
  spec: arenaSpec,
  event: arenaEvent,
  start: startReport,
  add: addEvent,
  run: (spec, engines, signal) => runArena(spec, engines, signal),
};
