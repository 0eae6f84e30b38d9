import { l10n, Uri, workspace } from "vscode";
import type { Prompts, PromptsView } from "../../../webview/arena/setup";
import { arena } from "../../experiments/arena/arena";
import { readPrompts } from "../../experiments/arena/readPrompts";
import type { ArenaSpec, PromptSource } from "../../experiments/arena/spec";
import { formatCount } from "../../tokens/format";
import { inSlices } from "../../tokens/slices";
import type { Listed } from "../runs/runFolder";

/** The prompts of a setup, where they come from, and what stands in the way. */
export interface FoundPrompts {
  readonly list: ArenaSpec["prompts"];
  readonly source: PromptSource;
  readonly problem: string | null;
}

export const noPrompts: FoundPrompts = { list: [], source: { kind: "typed" }, problem: null };

/** Largest file of prompts that is read, bytes. */
const mostBytes = 5_000_000;

/** Finds the prompts a source stands for; `shown` is the run that is shown. What stands in the way is the `problem`. */
export async function promptsOf(given: Prompts, shown: ArenaSpec | undefined): Promise<FoundPrompts> {
  try {
    switch (given.kind) {
      case "typed":
        return typed(given);
      case "file":
        return await fromFile(given);
      case "run":
        if (shown) return { list: shown.prompts, source: shown.source ?? { kind: "typed" }, problem: null };
        return { ...noPrompts, problem: l10n.t("There is no run to take prompts from.") };
    }
  } catch (error) {
    return { ...noPrompts, problem: error instanceof Error ? error.message : String(error) };
  }
}

export function promptsView({ list, source, problem }: FoundPrompts): PromptsView {
  return { count: list.length, label: aboutPrompts(list.length, source), problem, first: list[0]?.text ?? null };
}

/** "12 prompts of prompts.md". */
export function aboutPrompts(count: number, source: PromptSource | undefined): string {
  if (count === 0) return "";
  const prompts = count === 1 ? l10n.t("One prompt") : l10n.t("{0} prompts", formatCount(count));
  if (source?.kind === "file") return l10n.t("{0} of {1}", prompts, source.name);
  return source?.kind === "editor" ? l10n.t("{0}, {1}", prompts, source.place) : prompts;
}

/** A short name, for the panel's title and the run's file: it says nothing of who is compared. */
export function shortName({ prompts, source }: Pick<ArenaSpec, "prompts" | "source">): string {
  if (source?.kind === "file") return source.name.replace(/\.[^.]*$/, "");
  const words = (prompts[0]?.text ?? "").replace(/\s+/g, " ").trim();
  return words.length > 40 ? `${words.slice(0, 39).trimEnd()}…` : words;
}

export const listedRuns: Listed<ArenaSpec> = {
  experiment: arena,
  label: ({ prompts, source, contestants }) =>
    l10n.t("{0}, {1} compared", aboutPrompts(prompts.length, source), formatCount(contestants.length)),
};

function typed({ texts, from }: Extract<Prompts, { kind: "typed" }>): FoundPrompts {
  const source: PromptSource = from === null ? { kind: "typed" } : { kind: "editor", place: from };
  const list = numbered(texts.map((text) => text.trim()).filter((text) => text !== ""));
  const problem = list.length === 0 ? l10n.t("Write a prompt, or select one in a file.") : null;
  return { list, source, problem };
}

async function fromFile({ uri, name }: Extract<Prompts, { kind: "file" }>): Promise<FoundPrompts> {
  const file = Uri.parse(uri);
  const source = { kind: "file", name } as const;
  const { size } = await workspace.fs.stat(file);
  if (size > mostBytes) {
    const problem = l10n.t("{0} is larger than 5 MB. Cut it into smaller files of prompts.", name);
    return { list: [], source, problem };
  }
  const text = Buffer.from(await workspace.fs.readFile(file))
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  // Without an abort it comes to its end.
  const { texts, more } = (await inSlices(readPrompts(text, name), new AbortController().signal))!;
  const problem = more
    ? l10n.t("The file has more prompts than anybody votes on: the first {0} are taken.", formatCount(texts.length))
    : null;
  return { list: numbered(texts), source, problem };
}

function numbered(texts: readonly string[]): ArenaSpec["prompts"] {
  return texts.map((text, index) => ({ id: String(index + 1), text }));
}
