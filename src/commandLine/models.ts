import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Engines } from "../experiments/experiment";
import type { Engine } from "../inference/engine";
import { openProcessEngine } from "../inference/llama/process/processEngine";
import { defaultSettings, type LlamaLoadOptions } from "../inference/llama/runtime/loadOptions";
import { servedModelId, serverAddress } from "../inference/openai/address";
import { openServedModel } from "../inference/openai/openServed";
import { InputError } from "./input";

export interface OpenedModel {
  readonly engine: Engine;
  close(): Promise<void>;
}

/** The id that a model's engine and the editor know it by: what a saved run names it with. */
export function modelId(written: string): string {
  if (/^https?:\/\//.test(written)) {
    const { baseUrl, model } = servedName(written);
    return servedModelId(serverAddress(baseUrl).baseUrl, model);
  }
  return /^gguf:|^served:/.test(written) || !written.endsWith(".gguf") ? written : `gguf:${path.resolve(written)}`;
}

/**
 * Opens a model by what a person writes: a built-in one's name, a GGUF's path, or a server's model as `https://host/v1#name`,
 * whose key is in the variable PROMPTSCOPE_KEY; or by its id in a saved run. Writing an address is the consent to ask it.
 */
export async function openModel(
  written: string,
  dist: string,
  signal: AbortSignal,
  threads: number | undefined = undefined,
): Promise<OpenedModel> {
  // In an id the model's name stands as the server has it; in what a person writes, as addresses have it.
  if (written.startsWith("served:")) return openServed(parted(written.slice("served:".length)), signal);
  if (/^https?:\/\//.test(written)) return openServed(servedName(written), signal);
  const name = written.replace(/^gguf:/, "");
  const load = name.endsWith(".gguf") ? fromFile(name) : await builtIn(name, path.join(dist, "..", "media", "models"));
  const engine = await openProcessEngine({
    entry: path.join(dist, "modelProcess.mjs"),
    load: threads === undefined ? load : { ...load, threads },
    signal,
  });
  return { engine, close: () => engine.close() };
}

/** Models opened when first asked for, once each, and closed together. */
export interface RunModels {
  readonly engines: Engines;
  close(): Promise<void>;
}

export function runModels(dist: string, signal: AbortSignal, threads?: number): RunModels {
  const opened = new Map<string, Promise<OpenedModel>>();
  return {
    engines: async (id) => {
      const found = opened.get(id) ?? openModel(id, dist, signal, threads);
      opened.set(id, found);
      return (await found).engine;
    },
    close: async () => {
      for (const each of opened.values()) await each.then(({ close }) => close()).catch(() => {}); // it never opened
    },
  };
}

interface ServedName {
  readonly baseUrl: string;
  readonly model: string;
}

async function openServed({ baseUrl, model }: ServedName, signal: AbortSignal): Promise<OpenedModel> {
  if (model === "") throw new InputError(`${baseUrl} names no model. Write it after a #: ${baseUrl}#name.`);
  const setup = { baseUrl, key: process.env.PROMPTSCOPE_KEY, maxParallel: undefined };
  return { engine: await openServedModel({ setup, model, signal }), close: async () => {} };
}

/** A server's model as a person writes it. Throws InputError. */
function servedName(written: string): ServedName {
  const { baseUrl, model } = parted(written);
  try {
    return { baseUrl, model: decodeURIComponent(model) };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new InputError(`The model’s name in ${written} has a % that begins no code. Write it as %25.`);
  }
}

/** At the first #: a model's name may have one, too. */
function parted(address: string): ServedName {
  const at = address.indexOf("#");
  return at < 0 ? { baseUrl: address, model: "" } : { baseUrl: address.slice(0, at), model: address.slice(at + 1) };
}

function fromFile(file: string): LlamaLoadOptions {
  if (!existsSync(file)) throw new InputError(`There is no file ${file}.`);
  const whole = path.resolve(file);
  return { ...defaultSettings, path: whole, id: `gguf:${whole}`, name: path.basename(file, ".gguf"), kind: "gguf" };
}

async function builtIn(name: string, folder: string): Promise<LlamaLoadOptions> {
  const file = path.join(folder, `${name}.gguf`);
  if (!/^specimen-\w+$/.test(name) || !existsSync(file)) {
    throw new InputError(
      `There is no model “${name}”. Give specimen-base, -chat, -idk or -think, a .gguf file, or https://host/v1#name.`,
    );
  }
  const sums = await readFile(path.join(folder, "SHA256SUMS"), "utf8");
  const fingerprint = sums
    .split("\n")
    .find((line) => line.endsWith(`  ${name}.gguf`))
    ?.slice(0, 64);
  const load = { ...defaultSettings, path: file, id: name, name, kind: "builtIn", gpu: "cpu" } as const;
  return fingerprint ? { ...load, fingerprint } : load;
}
