import type { Contestant } from "./spec";

/** What sets two contestants with the same model apart, in the order it is told. */
const differences: readonly ((contestant: Contestant) => string)[] = [
  ({ system = "" }) => (system === "" ? "no system message" : "with system message"),
  ({ chat }) => (chat ? "as chat" : "as document"),
  ({ sampler }) => (sampler.temperature === 0 ? "greedy" : `temperature ${sampler.temperature}`),
  ({ sampler }) => (sampler.topP === 1 ? "no top-p" : `top-p ${sampler.topP}`),
  ({ sampler }) => (sampler.topK === 0 ? "no top-k" : `top-k ${sampler.topK}`),
  ({ sampler }) => (sampler.minP === 0 ? "no min-p" : `min-p ${sampler.minP}`),
  ({ maxTokens }) => `${maxTokens} tokens`,
];

/**
 * What contestants are called: their own names, or else their models' with what sets them apart. All are different, since
 * a vote names one of them: what is still alike is numbered.
 */
export function contestantNames(contestants: readonly Contestant[], modelName: (id: string) => string): string[] {
  const called = contestants.map((contestant) => {
    if (contestant.name.trim() !== "") return contestant.name.trim();
    const alike = contestants.filter(({ model, name }) => model === contestant.model && name.trim() === "");
    const apart = differences.flatMap((words) => (new Set(alike.map(words)).size > 1 ? [words(contestant)] : []));
    const templates = [...new Set(alike.map(({ template }) => template))];
    const prompt = templates.length > 1 ? [`prompt ${templates.indexOf(contestant.template) + 1}`] : [];
    return [modelName(contestant.model), ...prompt, ...apart].join(", ");
  });
  return called.map((name, index) => {
    const same = called.slice(0, index).filter((each) => each === name).length;
    return same === 0 ? name : `${name} (${same + 1})`;
  });
}
