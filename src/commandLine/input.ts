import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { QuestionFileError } from "../experiments/reasoning/readQuestions";

/** Something that the person who typed the command can put right. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** The text of a file, or of standard input for "-". UTF-8; damaged bytes become U+FFFD, as in the editor. */
export async function readText(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  try {
    const bytes = await readFile(file);
    if (bytes.subarray(0, 8192).includes(0)) throw new InputError(`${file} is a binary file.`);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof InputError) throw error;
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
