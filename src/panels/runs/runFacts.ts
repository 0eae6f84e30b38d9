import { l10n } from "vscode";
import type { RunFacts } from "../../../webview/runs/state";
import type { Sampler } from "../../inference/engine";
import { formatCount } from "../../tokens/format";
import { baseName } from "../baseName";
import type { OpenRun } from "./openRun";

/** What the panel of every experiment says of the run that is shown. */
export function runFacts({
  uri,
  created,
  done,
  total,
}: Pick<OpenRun<never, never, unknown>, "uri" | "created"> & Pick<RunFacts, "done" | "total">): Pick<
  RunFacts,
  "file" | "created" | "done" | "total"
> {
  return { file: { name: baseName(uri), uri: uri.toString() }, created, done, total };
}

/** "greedy", or a sampler's values. */
export function samplerWords({ temperature, topK, topP, minP }: Sampler): string {
  return temperature === 0
    ? l10n.t("greedy")
    : l10n.t("temperature {0}, top-k {1}, top-p {2}, min-p {3}", temperature, topK, topP, minP);
}

/** "5 answers each". */
export function samplesWords(samples: number): string {
  return samples === 1 ? l10n.t("1 answer each") : l10n.t("{0} answers each", formatCount(samples));
}

/** How models that have a chat template are asked. */
export function chatWords(chat: boolean): string {
  return chat ? l10n.t("chat template where there is one") : l10n.t("as documents");
}

/** Whether two settings hold the same, whatever the order of their fields. */
export function sameFields(a: object, b: object): boolean {
  const text = (value: object): string => JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
}

interface Text {
  readonly text: string;
}

/** Whether two lists are the same by their number and both ends: telling apart what a person sets up needs no more. */
export function sameEnds(a: readonly Text[], b: readonly Text[]): boolean {
  return a.length === b.length && a[0]?.text === b[0]?.text && a.at(-1)?.text === b.at(-1)?.text;
}
