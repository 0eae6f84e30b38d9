import path from "node:path";
import { ByteCursor } from "../../../tokenizers/gguf/byteCursor";
import { TokenizerError } from "../../../tokenizers/tokenizer";
import { LibraryError } from "../libraryError";
import { kvCacheShape, modelDimensions } from "./dimensions";
import { withFile } from "./fileReader";
import type { GgufFacts, TokenizerFacts } from "./ggufFacts";
import { otherPurpose } from "./purpose";
import { type Metadata, readMetadata } from "./readMetadata";
import { readTensors, type Tensor } from "./readTensors";
import { splitName, splitPaths } from "./splitFiles";
import { tensorFacts } from "./tensorFacts";
import { fileTypeName } from "./tensorTypes";
import { Turns } from "./turns";

/**
 * Reads what a GGUF file is from its header (a few megabytes at most, whatever its size) and checks that the file holds all
 * the weights it describes. Any part of a split model stands for the whole. The weights themselves are not looked at. The event
 * loop gets its turns: models are listed and scanned for in the extension host.
 *
 * Rejects with LibraryError: `notGguf`, `damaged`, `truncated` (with the missing bytes, or the missing part), `unsupported`
 * (a projector, an adapter, an embedding model, no weights), `unreadable`.
 */
export async function inspectGguf(file: string, signal: AbortSignal): Promise<GgufFacts> {
  const turns = new Turns();
  const asked = await readPart(file, signal, turns);
  const paths = partPaths(file, asked.metadata);
  const parts: Part[] = [];
  for (const [i, each] of paths.entries()) {
    const part =
      each === file
        ? asked
        : await readPart(each, signal, turns).catch((error) => missingPart(error, each, paths.length));
    checkPart(part, i, paths.length);
    parts.push(part);
  }
  return facts(parts, turns);
}

interface Part {
  readonly path: string;
  readonly bytes: number;
  readonly metadata: Metadata;
  readonly tensors: readonly Tensor[];
}

async function readPart(file: string, signal: AbortSignal, turns: Turns): Promise<Part> {
  try {
    return await withFile(file, signal, async (reader) => {
      const cursor = new ByteCursor(reader);
      const metadata = await readMetadata(cursor);
      const tensors = await readTensors(cursor, metadata.tensors, alignment(metadata), turns);
      return { path: file, bytes: reader.size, metadata, tensors };
    });
  } catch (error) {
    if (!(error instanceof TokenizerError)) throw error;
    throw new LibraryError("damaged", error.message, { cause: error });
  }
}

function alignment(metadata: Metadata): number {
  const value = metadata.number("general.alignment") ?? 32;
  // A power of two, and no more than a page of any machine.
  if (value >= 8 && value <= 65_536 && Number.isInteger(Math.log2(value))) return value;
  throw new LibraryError("damaged", `The GGUF file is damaged: its tensors are aligned to ${value} bytes.`);
}

function partPaths(file: string, metadata: Metadata): readonly string[] {
  const count = metadata.number("split.count") ?? 1;
  if (count <= 1) return [file];
  const name = splitName(file);
  if (name?.parts === count) return splitPaths(name).map((each, i) => (i + 1 === name.part ? file : each));
  throw new LibraryError(
    "unsupported",
    `${path.basename(file)} is one of ${count} parts of a model, and its name does not say which. Give the parts names like model-00001-of-0000${count}.gguf.`,
  );
}

function missingPart(error: unknown, file: string, count: number): never {
  if (!(error instanceof LibraryError) || (error.cause as NodeJS.ErrnoException | undefined)?.code !== "ENOENT")
    throw error;
  throw new LibraryError(
    "truncated",
    `The model comes in ${count} parts and ${path.basename(file)} is missing. Fetch it into the same folder.`,
    { cause: error },
  );
}

function checkPart({ path: file, metadata }: Part, index: number, count: number): void {
  if (count === 1) return;
  if (metadata.number("split.no") === index && metadata.number("split.count") === count) return;
  throw new LibraryError(
    "damaged",
    `${path.basename(file)} is not part ${index + 1} of ${count} as its name says. Fetch the model again.`,
  );
}

async function facts(parts: readonly Part[], turns: Turns): Promise<GgufFacts> {
  const [first] = parts;
  if (!first) throw new LibraryError("damaged", "The model has no files.");
  const { metadata } = first;
  const architecture = metadata.text("general.architecture");
  if (!architecture) throw new LibraryError("damaged", "The GGUF file does not say which architecture it is of.");
  const tensors = parts.flatMap((part) => part.tensors);
  const purpose = otherPurpose(metadata, architecture) ?? (tensors.length === 0 ? noWeights : undefined);
  if (purpose)
    throw new LibraryError("unsupported", `${path.basename(first.path)} cannot be opened as a model. ${purpose}`);
  checkTensorCount(metadata, tensors.length);
  const dimensions = modelDimensions(metadata, architecture);
  const totals = await tensorFacts(tensors, turns);
  return {
    path: first.path,
    files: parts.map(({ path: file, bytes }) => ({ path: file, bytes })),
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    version: metadata.version,
    name: metadata.text("general.name"),
    architecture,
    quantization: fileTypeName(metadata.number("general.file_type")) ?? totals.byType[0]?.type ?? "",
    licence: metadata.text("general.license.name") ?? metadata.text("general.license"),
    baseModels: baseModels(metadata),
    dimensions,
    chatTemplate: metadata.text("tokenizer.chat_template"),
    tokenizer: tokenizerFacts(metadata),
    tensors: totals,
    kvCache: kvCacheShape(metadata, architecture, dimensions),
    metadata: metadata.entries,
  };
}

const noWeights = "It has no weights, only a vocabulary.";

function checkTensorCount(metadata: Metadata, found: number): void {
  const expected = metadata.number("split.tensors.count") ?? found;
  if (expected === found) return;
  throw new LibraryError(
    "damaged",
    `The model should have ${expected} tensors and its parts have ${found}. Fetch it again.`,
  );
}

function baseModels(metadata: Metadata): readonly string[] {
  const count = Math.min(metadata.number("general.base_model.count") ?? 0, 16);
  return Array.from({ length: count }, (_, i) => metadata.text(`general.base_model.${i}.name`)).filter(
    (name) => name !== undefined,
  );
}

function tokenizerFacts(metadata: Metadata): TokenizerFacts | undefined {
  const kind = metadata.text("tokenizer.ggml.model");
  if (kind === undefined) return undefined;
  return {
    kind,
    preTokenizer: metadata.text("tokenizer.ggml.pre"),
    size: metadata.length("tokenizer.ggml.tokens") ?? 0,
    bosId: metadata.number("tokenizer.ggml.bos_token_id"),
    eosId: metadata.number("tokenizer.ggml.eos_token_id"),
    addsBos: metadata.flag("tokenizer.ggml.add_bos_token"),
  };
}
