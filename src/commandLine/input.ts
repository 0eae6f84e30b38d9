import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { QuestionFileError } from "../experiments/reasoning/readQuestions";
import { fileText } from "../tokenizers/fileText";

/** Something that the person who typed the command can put right. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** The text of a file, or of standard input for "-", decoded as the budget does; damaged bytes become U+FFFD, as in the editor. */
export async function readText(file: string): Promise<string> {
  const read = fileText(await bytesOf(file));
  if (!read) throw new InputError(file === "-" ? "Standard input is binary." : `${file} is a binary file.`);
  return read.text;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file === "-") return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new InputError(`There is no file ${file}.`);
    throw new InputError(`${file} cannot be read: ${(error as Error).message}`);
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
