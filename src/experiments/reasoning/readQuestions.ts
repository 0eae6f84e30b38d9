import Papa from "papaparse";
import { drained } from "../drained";
import { letter, type Question } from "./question";

/** Why a file of questions cannot be read. The message names the line and says what is wanted. */
export class QuestionFileError extends Error {
  override readonly name = "QuestionFileError";
  constructor(
    message: string,
    /** From 1. */
    readonly line: number,
  ) {
    super(message);
  }
}

const names = {
  question: ["question", "problem", "prompt", "input", "query"],
  answer: ["answer", "target", "expected", "label", "output", "solution"],
  choices: ["choices", "options"],
};

/** Characters of a list in JSON at most: it is read in one go. */
const mostListed = 1_000_000;
/** Characters of a table that are read between two pauses. */
const windowCharacters = 20_000;

/**
 * Questions of a JSON Lines or CSV file, by its name's ending; a short file may be a list in JSON. Each row has a
 * question, and an answer and choices where there are any, under their usual names (question, problem, prompt …;
 * answer, target, expected …). GSM8K's answers, a worked solution that ends with `#### 42`, are read as they are: the
 * number is the reference, its lines are the steps. Throws QuestionFileError.
 */
export function readQuestions(text: string, fileName: string): Question[] {
  return drained(readingQuestions(text, fileName));
}

/** The same, with a pause after each row. */
export function* readingQuestions(text: string, fileName: string): Generator<void, Question[]> {
  const questions: Question[] = [];
  const ids = new Set<string>();
  for (const { line, row } of /\.(csv|tsv)$/i.test(fileName) ? csvRows(text) : jsonRows(text)) {
    const question = questionOfRow(row, questions.length + 1, line);
    questions.push(question);
    ids.add(question.id);
    yield;
  }
  if (questions.length === 0) throw new QuestionFileError("There is no question in this file.", 1);
  if (ids.size === questions.length) return questions;
  for (const [index, question] of questions.entries()) {
    questions[index] = { ...question, id: String(index + 1) };
    yield;
  }
  return questions;
}

interface Row {
  readonly line: number;
  readonly row: Readonly<Record<string, unknown>>;
}

function* jsonRows(text: string): Generator<Row> {
  if (text.trimStart().startsWith("[")) {
    if (text.length > mostListed) {
      const most = mostListed.toLocaleString("en-US");
      throw new QuestionFileError(
        `A list in JSON may have ${most} characters. Save it as JSON Lines, one object a line.`,
        1,
      );
    }
    const list = parsed(text, 1);
    if (!Array.isArray(list)) throw new QuestionFileError("A JSON file of questions is a list of objects.", 1);
    for (const row of list) yield { line: 1, row: object(row, 1) };
    return;
  }
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    const end = text.indexOf("\n", start);
    const json = text.slice(start, end < 0 ? undefined : end).trim();
    start = end < 0 ? text.length : end + 1;
    if (json !== "") yield { line, row: object(parsed(json, line), line) };
  }
}

function* csvRows(text: string): Generator<Row> {
  let heads: string[] | undefined;
  let line = 0;
  for (const { data, errors } of tableRows(text.replace(/^\uFEFF/, ""))) {
    line++;
    const broken = errors.find(({ type }) => type === "Quotes");
    if (broken) throw new QuestionFileError(`Row ${line}: ${broken.message}.`, line);
    if (data.every((field) => field.trim() === "")) continue;
    // Of two columns of one name the first counts.
    if (heads) yield { line, row: Object.fromEntries(heads.map((name) => [name, data[heads!.indexOf(name)]])) };
    else heads = data.map((name) => name.trim());
  }
}

/** A table window by window: the last row of one may be cut, so the next begins with it. */
function* tableRows(text: string): Generator<Papa.ParseStepResult<string[]>> {
  let format: Papa.ParseConfig = {};
  let size = windowCharacters;
  for (let start = 0; start < text.length; ) {
    const end = start + size;
    const rows: Papa.ParseStepResult<string[]>[] = [];
    Papa.parse<string[]>(text.slice(start, end), { ...format, step: (row) => void rows.push(row) });
    if (end < text.length) rows.pop();
    yield* rows;
    const meta = rows.at(-1)?.meta;
    // What was found out about the table holds for all of it.
    if (meta) format = { delimiter: meta.delimiter, newline: meta.linebreak as "\n" };
    size = meta ? windowCharacters : 2 * size;
    start = end < text.length ? start + (meta?.cursor ?? 0) : end;
  }
}

/** The question of a row, the `number`-th of its file, from 1. Throws QuestionFileError, which names the line. */
export function questionOfRow(row: Readonly<Record<string, unknown>>, number: number, line: number = number): Question {
  const text = valueUnder(row, names.question);
  if (typeof text !== "string" || text.trim() === "") {
    const seen = Object.keys(row).slice(0, 8).join(", ");
    throw new QuestionFileError(
      `Line ${line} has no question. A column or key “question” is needed; there are: ${seen || "none"}.`,
      line,
    );
  }
  const choices = choicesOf(valueUnder(row, names.choices));
  const given = valueUnder(row, names.answer);
  const id = valueUnder(row, ["id"]);
  return {
    id: typeof id === "string" || typeof id === "number" ? String(id) : String(number),
    text: text.trim(),
    ...answerOf(given, choices, line),
    ...(choices && { choices }),
    ...stepsOf(row, given),
  };
}

/** The reference: GSM8K's number, a choice's letter, or the text as it is. */
function answerOf(given: unknown, choices: readonly string[] | undefined, line: number): { answer?: string } {
  if (given === undefined || given === null || given === "") return {};
  const text = String(given).trim();
  if (choices) {
    // A number in JSON is an index, as in MMLU, also where the choices are numbers themselves.
    const isIndex = typeof given === "number" && Number.isInteger(given) && given >= 0 && given < choices.length;
    return { answer: isIndex ? letter(given) : choiceOf(text, choices, line) };
  }
  const marked = typeof given === "string" ? /####\s*(.+?)\s*$/.exec(given)?.[1] : undefined;
  return { answer: marked ?? text };
}

/** The letter of a choice that is given by its text, its letter ("B", "(b)", "B.") or its index from 0. */
function choiceOf(given: string, choices: readonly string[], line: number): string {
  const index = choices.findIndex((choice) => choice.trim() === given);
  if (index >= 0) return letter(index);
  const letters = choices.map((_, place) => letter(place));
  const named = /^\(?([A-Za-z])[).:]?$/.exec(given)?.[1]?.toUpperCase();
  if (named !== undefined && letters.includes(named)) return named;
  if (/^\d+$/.test(given) && Number(given) < choices.length) return letter(Number(given));
  throw new QuestionFileError(
    `Line ${line}: the answer “${given.slice(0, 60)}” is none of its choices. Give a choice's text, its letter (${letters[0]}–${letters.at(-1)}) or its index from 0.`,
    line,
  );
}

function stepsOf(row: Readonly<Record<string, unknown>>, answer: unknown): { steps?: number } {
  const given = row.steps;
  if (Array.isArray(given) && given.length > 0) return { steps: given.length };
  if (typeof given === "number" && Number.isInteger(given) && given > 0) return { steps: given };
  if (typeof given === "string" && /^[1-9]\d{0,3}$/.test(given.trim())) return { steps: Number(given) };
  if (typeof answer !== "string" || !answer.includes("####")) return {};
  const lines = answer
    .split("####")[0]!
    .split("\n")
    .filter((line) => line.trim() !== "").length;
  return lines > 0 ? { steps: lines } : {};
}

/** A list, Hugging Face's `{text: [...], label: [...]}`, or texts with bars between. */
function choicesOf(value: unknown): string[] | undefined {
  const list =
    typeof value === "object" && value !== null && "text" in value ? (value as { text: unknown }).text : value;
  if (Array.isArray(list) && list.length > 1) return list.map(String);
  if (typeof list !== "string" || !list.includes("|")) return undefined;
  return list.split("|").map((choice) => choice.trim());
}

function valueUnder(row: Readonly<Record<string, unknown>>, keys: readonly string[]): unknown {
  const found = Object.keys(row).find((key) => keys.includes(key.toLowerCase()));
  return found === undefined ? undefined : row[found];
}

function object(value: unknown, line: number): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new QuestionFileError(`Line ${line} is not a JSON object.`, line);
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new QuestionFileError(`Line ${line} is not valid JSON: ${(error as Error).message}.`, line);
  }
}
