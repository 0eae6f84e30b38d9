import * as v from "valibot";

/** What a judge said of "does the first answer entail the second?"; unclear where it said none of the three. */
export const relation = v.picklist(["entailment", "neutral", "contradiction", "unclear"]);
export type Relation = v.InferOutput<typeof relation>;

/** Asked both ways: does the first entail the second, and the second the first. Entries of an event's schema. */
export const judgement = { forward: relation, backward: relation };
export type Judgement = v.InferOutput<v.ObjectSchema<typeof judgement, undefined>>;

/** Reads a judge's reply as Farquhar's code does: the first 30 characters, entailment before neutral before contradiction. */
export function relationOf(reply: string): Relation {
  const beginning = reply.toLowerCase().slice(0, 30);
  return (["entailment", "neutral", "contradiction"] as const).find((each) => beginning.includes(each)) ?? "unclear";
}

/**
 * Whether two answers mean the same by what was said of them both ways: no direction says contradiction, and not both say
 * neutral [Farquhar 2024, Nature 630:625; get_semantic_ids of its code]. Unclear counts as neutral, as there.
 */
export function meansTheSame({ forward, backward }: Judgement): boolean {
  if (forward === "contradiction" || backward === "contradiction") return false;
  return forward === "entailment" || backward === "entailment";
}
