import type { Judgement } from "../judging/relation";
import { tokenCount } from "../tokenCount";
import type { ReasoningReport } from "./report";
import { type ReasoningEvent, type SampleEvent, sampleKey, type Task } from "./spec";

type AnswerName = Task & { readonly sample: number };

/** What a run has already, and is not asked for again. */
export interface Done {
  readonly models: readonly { readonly id: string }[];
  /** Sampled so far. */
  readonly tokens: number;
  /** Replies of the judge to known pairs. */
  readonly checked: ReadonlyMap<number, Judgement>;
  answer(name: AnswerName): SampleEvent | undefined;
  /** The judge was asked about the answer. */
  judged(name: AnswerName): boolean;
}

/** Of the events of a run so far. */
export function doneOf(events: Iterable<ReasoningEvent>): Done {
  const models: ReasoningReport["models"][number][] = [];
  const checked = new Map<number, Judgement>();
  const answers = new Map<string, SampleEvent>();
  const judged = new Set<string>();
  let tokens = 0;
  for (const event of events) {
    if (event.type === "model") models.push(event.model);
    else if (event.type === "checked") checked.set(event.pair, event);
    else if (event.type === "judged") judged.add(sampleKey(event));
    else if (event.type === "sample") {
      answers.set(sampleKey(event), event);
      tokens += tokenCount(event);
    }
  }
  return {
    models,
    tokens,
    checked,
    answer: (name) => answers.get(sampleKey(name)),
    judged: (name) => judged.has(sampleKey(name)),
  };
}
