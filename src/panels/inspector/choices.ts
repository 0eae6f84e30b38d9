import type { TextDocument } from "vscode";
import { type Choice, maxLanes } from "../../../webview/inspector/protocol";
import { catalogueModels, shippedTokenizers } from "../../tokenizers/catalogue";
import type { InspectorServices } from "./inspectorServices";

/** The tokenizers and models a person can choose from, and those compared at first. */
export function choices(
  { tokenizers, added }: InspectorServices,
  document: TextDocument | undefined,
): { choices: Choice[]; compared: string[] } {
  const chosen = tokenizers.selectionFor(document);
  const own = added.list().map(({ name }) => ({ name, label: name, group: "Added", estimate: false }));
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
  // A tokenizer of the user's own goes before one of ours of that name, as it does when it is loaded.
  const known = new Set(own.map(({ name }) => name));
  const tokenizerNames = new Set([...known, ...shipped.map(({ name }) => name)]);
  const compared = [chosen.tokenizer, ...tokenizers.comparedFor(document)].slice(0, maxLanes);
  return {
    choices: [
      ...own,
      ...shipped.filter(({ name }) => !known.has(name)),
      ...models.filter(({ name }) => !tokenizerNames.has(name)),
    ],
    compared,
  };
}
