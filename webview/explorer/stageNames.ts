import type { StageKind } from "../../src/experiments/explorer/stages";
import { count } from "../ui/format";

const names: Readonly<Record<StageKind, string>> = {
  raw: "The model",
  repetitionPenalty: "Repetition penalty",
  temperature: "Temperature",
  topK: "Top-k",
  topP: "Top-p",
  minP: "Min-p",
};

export function stageName(kind: StageKind): string {
  return names[kind];
}

/** "Top-p 0.90"; the model's own has no setting. */
export function stageTitle(kind: StageKind, setting: number): string {
  if (kind === "raw") return names.raw;
  return `${names[kind]} ${kind === "topK" ? count(setting) : setting.toFixed(2)}`;
}
