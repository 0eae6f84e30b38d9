import type { GenericSchema } from "valibot";
import type { Engine } from "../inference/engine";

/**
 * An experiment: spec -> events -> report. A spec is plain data; running it gives events; the report is what follows from
 * the events so far, and a panel is a view of it. A saved run is the spec and its events (`runFile.ts`), so that it can be
 * looked at with no model at hand, and run again.
 */
export interface Experiment<Spec, Event, Report> {
  /** Names it in files: "explorer". */
  readonly kind: string;
  /** Of its spec and events. A file with a higher version was written by a later Promptscope. */
  readonly version: number;
  readonly spec: GenericSchema<unknown, Spec>;
  readonly event: GenericSchema<unknown, Event>;
  /** The report of a run that has no events yet. */
  start(spec: Spec): Report;
  /** The report after one more event; the given one stays as it is. */
  add(report: Report, event: Event): Report;
  /** What a run gives by itself; experiments that a person steers get further events from their panel. */
  run(spec: Spec, engines: Engines, signal: AbortSignal): AsyncIterable<Event>;
}

/** The engine of the model with that id; rejects with an EngineError. */
export type Engines = (modelId: string, signal: AbortSignal) => Promise<Engine>;
