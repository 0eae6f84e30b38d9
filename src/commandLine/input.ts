import { readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { QuestionFileError } from "../experiments/reasoning/readQuestions";
import { fileText } from "../tokenizers/fileText";

/** Something that the person who typed the command can put right. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** The text of a file, or of standard input for "-", decoded as the budget does; damaged bytes become U+FFFD, as in the editor. */
export async function readText(file: string, signal?: AbortSignal): Promise<string> {
  const read = fileText(await bytesOf(file, signal));
  if (!read) throw new InputError(file === "-" ? "Standard input is binary." : `${file} is a binary file.`);
  return read.text;
}

async function bytesOf(file: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (file === "-") return standardInput(signal);
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new InputError(`There is no file ${file}.`);
    throw new InputError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Whoever types it may think better of it: rejects with the signal's reason. */
async function standardInput(signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return await buffer(signal ? addAbortSignal(signal, process.stdin) : process.stdin);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** What is read out of a file's text, with the file named in what is wrong with it: "Line 3" alone could be of any. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof QuestionFileError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}
