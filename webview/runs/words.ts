/** How numbers of a run are written in the panel; what reports share is in src/experiments/reasoning/words.ts. Pure. */
import { percent, roughly } from "../../src/experiments/reasoning/words";
import { count } from "../ui/format";
import type { ModelView } from "./state";

/** "92": in a column that says "%". */
export function percentCell(share: number): string {
  return percent(share).replace(/ %$/, "");
}

/** "50 s", "2 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return `${count(Math.floor(minutes / 60))} h${rest === 0 ? "" : ` ${rest} min`}`;
}

/** A text in one line, cut where it is long. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

/** "≈ 37,800 tokens, 50 s": an estimate. */
export function costWords({ tokens, seconds }: { readonly tokens: number; readonly seconds: number | null }): string {
  return `≈ ${roughly(tokens)} tokens${seconds === null ? "" : `, ${duration(seconds)}`}`;
}

/** ", nothing leaves this computer" where all models that are asked run here. */
export function stayingWords(asked: readonly ({ readonly kind: ModelView["kind"] } | null)[]): string {
  const here = asked.every((model) => model === null || model.kind === "builtIn" || model.kind === "gguf");
  return here ? ", nothing leaves this computer" : "";
}
