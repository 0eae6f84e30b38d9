import type { Tone } from "../ui/charts/lineChart";

const tones: readonly Tone[] = ["b", "a", "c", "d"];

/** The colour of a run's model by its place; the fifth and on are grey. */
export function toneOf(place: number): Tone {
  return tones[place] ?? "e";
}
