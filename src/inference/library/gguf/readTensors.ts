import type { ByteCursor } from "../../../tokenizers/gguf/byteCursor";
import { readGgufString } from "../../../tokenizers/gguf/metadata";
import { LibraryError } from "../libraryError";
import { tensorType } from "./tensorTypes";
import type { Turns } from "./turns";

/** A tensor as the file describes it. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
  readonly parameters: number;
  readonly bytes: number;
}

/** Large mixtures of experts with every expert on its own would have some 50,000; files have the experts of a layer in one. */
const mostTensors = 65_536;
const longestName = 1024;
const mostDimensions = 8;

/**
 * Reads the descriptions of all tensors and checks that the file holds what they say. Throws LibraryError `truncated`, with
 * the bytes missing, or `damaged`.
 */
export async function readTensors(
  cursor: ByteCursor,
  count: number,
  alignment: number,
  turns: Turns,
): Promise<readonly Tensor[]> {
  // A name's length, the number of dimensions, one dimension, a type and an offset.
  if (count > mostTensors || count * 32 > cursor.remaining)
    throw damaged(`it claims ${count.toLocaleString("en")} tensors, more than it can hold`);
  const placed: Placed[] = [];
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    const tensor = await readTensor(cursor, i, alignment);
    if (names.has(tensor.name)) throw damaged(`it has the tensor "${tensor.name}" twice`);
    names.add(tensor.name);
    placed.push(tensor);
    if (turns.due) await turns.next();
  }
  const start = Math.ceil(cursor.position / alignment) * alignment;
  return settle(placed, start, cursor.position + cursor.remaining, turns);
}

interface Placed extends Omit<Tensor, "bytes"> {
  /** From where the weights begin. */
  readonly offset: number;
  /** Undefined for a type that is not known here. */
  readonly bytes: number | undefined;
}

async function readTensor(cursor: ByteCursor, index: number, alignment: number): Promise<Placed> {
  const name = await readGgufString(cursor, longestName, `the name of tensor ${index + 1}`);
  await cursor.need(4, `tensor "${name}"`);
  const dimensions = cursor.u32();
  if (dimensions > mostDimensions) throw damaged(`tensor "${name}" has ${dimensions} dimensions`);
  await cursor.need(dimensions * 8 + 12, `tensor "${name}"`);
  const shape = Array.from({ length: dimensions }, () => cursor.u64());
  const number = cursor.u32();
  const offset = cursor.u64();
  const parameters = shape.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(parameters) || parameters === 0)
    throw damaged(`tensor "${name}" has the shape ${shape.join(" × ")}`);
  if (!Number.isSafeInteger(offset) || offset % alignment !== 0)
    throw damaged(`tensor "${name}" begins at ${offset}, which is no multiple of ${alignment}`);
  const type = tensorType(number);
  if (type && (shape[0] ?? 1) % type.weights !== 0)
    throw damaged(`the rows of tensor "${name}" have ${shape[0]} numbers, and ${type.name} packs ${type.weights}`);
  const bytes = type && (parameters / type.weights) * type.bytes;
  return { name, shape, type: type?.name ?? `type ${number}`, parameters, offset, bytes };
}

/** Holds the tensors against each other and against the file's end. */
async function settle(
  tensors: readonly Placed[],
  start: number,
  size: number,
  turns: Turns,
): Promise<readonly Tensor[]> {
  const at = new Map<number, Placed>();
  for (const tensor of tensors) {
    const there = at.get(tensor.offset);
    if (there) throw overlap(there, tensor);
    at.set(tensor.offset, tensor);
    if (turns.due) await turns.next();
  }
  // Numbers alone are sorted in a few milliseconds, which is one slice; the tensors would take several.
  await turns.next();
  const offsets = Float64Array.from(at.keys()).sort();
  await turns.next();
  const sizes = new Map<Placed, number>();
  let needed = start;
  for (const [i, offset] of offsets.entries()) {
    const tensor = at.get(offset)!;
    const next = at.get(offsets[i + 1] ?? -1);
    // Of a type that is not known here, only the place up to the next tensor is.
    const room = (next ? next.offset : Math.max(size - start, offset)) - offset;
    const bytes = tensor.bytes ?? room;
    if (next && bytes > room) throw overlap(tensor, next);
    sizes.set(tensor, bytes);
    needed = Math.max(needed, start + offset + bytes);
    if (turns.due) await turns.next();
  }
  if (tensors.length > 0 && needed > size) throw truncated(needed, size);
  const settled: Tensor[] = [];
  for (const tensor of tensors) {
    const { name, shape, type, parameters } = tensor;
    settled.push({ name, shape, type, parameters, bytes: sizes.get(tensor) ?? 0 });
    if (turns.due) await turns.next();
  }
  return settled;
}

function overlap(tensor: Placed, next: Placed): LibraryError {
  return damaged(`tensor "${tensor.name}" overlaps "${next.name}"`);
}

function truncated(needed: number, size: number): LibraryError {
  const n = (bytes: number) => bytes.toLocaleString("en");
  return new LibraryError(
    "truncated",
    `The GGUF file is cut short: its tensors need ${n(needed)} bytes and it has ${n(size)}, so ${n(needed - size)} are missing. Fetch it again.`,
  );
}

function damaged(what: string): LibraryError {
  return new LibraryError("damaged", `The GGUF file is damaged: ${what}. Fetch it again.`);
}
