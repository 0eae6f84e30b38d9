import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { l10n } from "vscode";
import type { LlamaLoadOptions } from "../inference/llama/runtime/loadOptions";
import { defaultSettings } from "../inference/llama/runtime/loadOptions";
import type { ModelEntry } from "./models";

type BuiltIn = Omit<ModelEntry, "state">;

/** The specimen's files that ship with the extension; what is not there (yet) is not listed. */
export function builtInModels(folder: string): readonly BuiltIn[] {
  const what = l10n.t("A teaching specimen: knows a few hundred people, arithmetic and a small dictionary.");
  const variants: readonly Pick<BuiltIn, "id" | "name" | "description" | "roles">[] = [
    {
      id: "specimen-base",
      name: l10n.t("Specimen, base"),
      description: l10n.t("{0} Goes on with texts.", what),
      roles: ["base"],
    },
    {
      id: "specimen-chat",
      name: l10n.t("Specimen, chat"),
      description: l10n.t("{0} Answers every question with confidence.", what),
      roles: ["chat", "judge"],
    },
    {
      id: "specimen-idk",
      name: l10n.t("Specimen, “I don’t know”"),
      description: l10n.t("{0} Was taught to say that it doesn’t know.", what),
      roles: ["chat"],
    },
    {
      id: "specimen-think",
      name: l10n.t("Specimen, thinking"),
      description: l10n.t("{0} Thinks before it answers.", what),
      roles: ["chat"],
    },
  ];
  return variants.flatMap((variant) => {
    const location = path.join(folder, `${variant.id}.gguf`);
    if (!existsSync(location)) return [];
    return [{ ...variant, kind: "builtIn", location, bytes: statSync(location).size }];
  });
}

/**
 * How a built-in model is loaded: always on the CPU, where a few million parameters are fastest and no graphics driver has
 * to be woken. Its fingerprint is the sum that ships beside it.
 */
export async function builtInLoadOptions({ id, name, location }: BuiltIn): Promise<LlamaLoadOptions> {
  const fingerprint = await shippedSum(location);
  return {
    ...defaultSettings,
    ...{ id, name, kind: "builtIn", path: location, gpu: "cpu" },
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

async function shippedSum(file: string): Promise<string | undefined> {
  const sums = await readFile(path.join(path.dirname(file), "SHA256SUMS"), "utf8");
  const line = sums.split("\n").find((each) => each.endsWith(`  ${path.basename(file)}`));
  return line?.slice(0, 64);
}
