import { normalText } from "../graders/text";

const months = "january february march april may june july august september october november december".split(" ");
const month = `(${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")})\\.?`;
const numbers =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const numberWord = new RegExp(`\\b(${numbers.join("|")})\\b`, "g");

/**
 * An answer in one form for comparing: case, articles, punctuation and thousands separators as `normalText`; dates as
 * year month day, number words up to twenty as digits. Two answers of the same form need no judge.
 */
export function normalAnswer(text: string): string {
  const dated = text
    .toLowerCase()
    .replace(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${month},? (\\d{4})\\b`, "g"), (_, day, name, year) =>
      date(year, name, day),
    )
    .replace(new RegExp(`\\b${month} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, "g"), (_, name, day, year) =>
      date(year, name, day),
    )
    .replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, (_, year, number, day) => `${year} ${Number(number)} ${Number(day)}`);
  return normalText(dated).replace(numberWord, (word) => String(numbers.indexOf(word)));
}

function date(year: string, name: string, day: string): string {
  return `${year} ${months.findIndex((each) => each.startsWith(name.slice(0, 3))) + 1} ${Number(day)}`;
}

/** Whether a text holds the words of another, whole and in order, in the form of `normalAnswer`. */
export function saysWords(text: string, words: string): boolean {
  const wanted = normalAnswer(words);
  return wanted !== "" && ` ${normalAnswer(text)} `.includes(` ${wanted} `);
}
