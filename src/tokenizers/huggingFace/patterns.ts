import type { PreTokenizerKind } from "../vocabulary";
import type { PreTokenizerJson, TokenizerJson } from "./tokenizerJson";

// The regular expressions found in the files of known models, and the scanner that cuts as each does. A file's
// expression must be one of these to the letter; what is not here goes through the general library.

const WORD_IGNORING_CASE = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const CAPITALS = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
const SMALL = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
const PREFIX = "[^\\r\\n\\p{L}\\p{N}]?";
const SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

const SPLITS: ReadonlyMap<string, PreTokenizerKind> = new Map([
  // Llama 3; also what OpenAI's cl100k is in Hugging Face's files.
  [`${WORD_IGNORING_CASE}|${PREFIX}\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${SPACES}`, "llama3"],
  // GLM 4. `\s*[\r\n]` ends where `\s*[\r\n]+` does.
  [
    `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+`,
    "llama3",
  ],
  // Qwen 2, 2.5, 3.
  [`${WORD_IGNORING_CASE}|${PREFIX}\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${SPACES}`, "qwen2"],
  // Qwen 3.5.
  [`${WORD_IGNORING_CASE}|${PREFIX}[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|${SPACES}`, "qwen35"],
  // Mistral's Tekken.
  [
    `${PREFIX}${CAPITALS}*${SMALL}+|${PREFIX}${CAPITALS}+${SMALL}*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${SPACES}`,
    "tekken",
  ],
  // OpenAI's o200k, Llama 4.
  [
    `${PREFIX}${CAPITALS}*${SMALL}+${WORD_IGNORING_CASE}?|${PREFIX}${CAPITALS}+${SMALL}*${WORD_IGNORING_CASE}?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${SPACES}`,
    "o200k",
  ],
  // GPT-2's, written out.
  ["'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", "gpt2"],
]);

const DEEPSEEK_V3 = [
  "\\p{N}{1,3}",
  "[一-龥\u3040-ゟ゠-ヿ]+",
  "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+",
];

/** The scanner for a byte-level file's pre-tokenizers; undefined where none cuts the same. */
export function byteLevelScanner({ preTokenizers }: TokenizerJson): PreTokenizerKind | undefined {
  const steps = preTokenizers.slice(0, -1);
  const last = preTokenizers.at(-1);
  if (last?.type !== "ByteLevel") return undefined;
  const first = steps[0];
  if (last.useRegex) {
    if (steps.length === 0) return "gpt2";
    // With a prefix the space would go before every piece between digits.
    const digitsApart = steps.length === 1 && first?.type === "Digits" && first.individual && !last.addPrefixSpace;
    return digitsApart ? "smollm" : undefined;
  }
  if (last.addPrefixSpace) return undefined;
  const expressions = steps.map(isolatedExpression);
  if (expressions.length === 1) return SPLITS.get(expressions[0] ?? "");
  const isDeepseek = expressions.length === 3 && expressions.every((expression, i) => expression === DEEPSEEK_V3[i]);
  return isDeepseek ? "deepseekV3" : undefined;
}

/** The expression of a Split that keeps everything, matches and what lies between, as pieces. */
function isolatedExpression(step: PreTokenizerJson): string | undefined {
  if (step.type !== "Split" || !("regex" in step.pattern)) return undefined;
  const isolated = step.behavior === "Isolated" && !step.invert;
  // The known expressions match all text, so that to keep the matches alone is the same.
  const matchesAlone = step.behavior === "Removed" && step.invert && SPLITS.has(step.pattern.regex);
  return isolated || matchesAlone ? step.pattern.regex : undefined;
}
