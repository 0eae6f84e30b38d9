import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "./seeded";

export interface Corpus {
  readonly name: string;
  readonly text: string;
  /** Bytes of the text as UTF-8. */
  readonly bytes: number;
  /** Whether slow engines may need minutes for it. */
  readonly worstCase: boolean;
}

const MODULES = "node_modules";

/** Real text from installed packages, the same wherever the lock file is, and generated worst cases. */
export function corpora(): Corpus[] {
  const random = seeded(20260719);
  const letters = (count: number, first: number, range: number) =>
    Array.from({ length: count }, () => String.fromCharCode(first + Math.floor(random() * range))).join("");
  return [
    corpus("code", gather(/\.(ts|mts|cts|js|mjs|cjs|css|html)$/, /\.min\.|\.d\.ts$/, 1_200_000)),
    corpus("prose", gather(/^(readme|changelog|license)(\.md|\.txt)?$|\.md$/i, /^$/, 1_000_000)),
    corpus(
      "languages",
      messages(["cs", "de", "es", "fr", "it", "ja", "ko", "pl", "pt-br", "ru", "tr", "zh-cn", "zh-tw"]),
    ),
    corpus("cjk", messages(["ja", "ko", "zh-cn", "zh-tw"])),
    corpus("200k random letters", letters(200_000, 97, 26), true),
    corpus("200k of one letter", "a".repeat(200_000), true),
    corpus("100k spaces", " ".repeat(100_000), true),
    corpus("32k random Han", letters(32_000, 0x4e00, 20_000), true),
    corpus("100k punctuation", letters(100_000, 33, 15), true),
    corpus("50k unpaired surrogates", letters(50_000, 0xd800, 0x400), true),
  ];
}

function corpus(name: string, text: string, worstCase = false): Corpus {
  return { name, text, bytes: new TextEncoder().encode(text).length, worstCase };
}

/** Text of the files whose names match, from every package in order of its name, a few files of each. */
function gather(wanted: RegExp, unwanted: RegExp, length: number): string {
  const texts: string[] = [];
  let total = 0;
  const packages = readdirSync(MODULES)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => (name.startsWith("@") ? readdirSync(join(MODULES, name)).map((sub) => join(name, sub)) : [name]))
    .sort();
  for (const name of packages) {
    let ofPackage = 0;
    for (const file of readdirSync(join(MODULES, name), { recursive: true, encoding: "utf8" }).sort()) {
      const base = file.split(/[\\/]/).pop()!;
      if (!wanted.test(base) || unwanted.test(base) || ofPackage > 60_000 || total > length) continue;
      const text = read(join(MODULES, name, file));
      // Long lines are bundles, which are nobody's code or prose.
      if (text.length < 200 || text.length > 60_000 || text.length / text.split("\n").length > 100) continue;
      texts.push(text);
      ofPackage += text.length;
      total += text.length;
    }
  }
  return texts.join("\n");
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EISDIR") return "";
    throw error;
  }
}

/** The compiler's messages in these languages, a sentence a line, languages taking turns every fifty. */
function messages(languages: readonly string[]): string {
  const perLanguage = languages.map((language) =>
    Object.values(
      JSON.parse(readFileSync(join(MODULES, "typescript/lib", language, "diagnosticMessages.generated.json"), "utf8")),
    ),
  );
  const out: unknown[] = [];
  for (let from = 0; perLanguage.some((lines) => from < lines.length); from += 50) {
    for (const lines of perLanguage) out.push(...lines.slice(from, from + 50));
  }
  return out.join("\n").slice(0, 1_000_000);
}
