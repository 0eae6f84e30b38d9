import type { TextDocument } from "vscode";
import { type Choice, maxLanes } from "../../../webview/inspector/protocol";
import { catalogueModels, shippedTokenizers } from "../../tokenizers/catalogue";
import type { InspectorServices } from "./inspectorServices";

/** The tokenizers and models a person can choose from, and those compared at first. */
export function choices(
  { tokenizers }: InspectorServices,
  document: TextDocument | undefined,
): { choices: Choice[]; compared: string[] } {
  const chosen = tokenizers.selectionFor(document);
  const shipped = shippedTokenizers().map(({ name }) => ({
    name,
    label: name,
    group: "Tokenizers",
    estimate: false,
  }));
  const models = catalogueModels().map(({ name, label, kind, maker }) => ({
    name,
    label: `${label} (${maker})`,
    group: "Models",
    estimate: kind === "estimate",
  }));
  const known = new Set(shipped.map(({ name }) => name));
  const compared = [chosen.tokenizer, ...tokenizers.comparedFor(document)].slice(0, maxLanes);
  return { choices: [...shipped, ...models.filter(({ name }) => !known.has(name))], compared };
}
