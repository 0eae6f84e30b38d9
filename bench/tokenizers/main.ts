import { corpora } from "./corpora";
import type { TokenizerName } from "./engines";
import { measureSpeed, type SpeedResult } from "./speed";
import { short, table } from "./table";

interface Report {
  readonly results: readonly SpeedResult[];
  readonly skipped: readonly string[];
}

/** Flags: --only=PART limits engines to those whose name has PART in it, --corpus=PART the corpora. */
export async function run(flags: readonly string[]): Promise<Report> {
  const only = valueOf(flags, "--only");
  const corpus = valueOf(flags, "--corpus");
  const results: SpeedResult[] = [];
  const skipped = new Set<string>();
  const texts = corpora().filter(({ name }) => corpus.some((part) => name.includes(part)));
  for (const tokenizer of ["o200k_base", "cl100k_base"] satisfies TokenizerName[]) {
    const speed = await measureSpeed(tokenizer, texts, (engine) => only.some((part) => engine.includes(part)));
    results.push(...speed.results);
    for (const reason of speed.skipped) skipped.add(reason);
  }
  return { results, skipped: [...skipped] };
}

export function print({ results, skipped }: Report): void {
  for (const tokenizer of new Set(results.map((result) => result.tokenizer))) {
    const here = results.filter((result) => result.tokenizer === tokenizer);
    const names = [...new Set(here.map(({ engine }) => engine))];
    const rows = [...new Set(here.map((result) => result.corpus))].map((corpus) => [
      corpus,
      ...names.map((name) => {
        const found = here.find((result) => result.corpus === corpus && result.engine === name);
        return found === undefined ? "" : short(found.megabytesPerSecond);
      }),
    ]);
    console.log(`\n${tokenizer}, MB/s\n${table(["corpus", ...names], rows)}`);
  }
  for (const reason of skipped) console.log(`Left out: ${reason}.`);
}

function valueOf(flags: readonly string[], name: string): string[] {
  const found = flags.find((flag) => flag.startsWith(`${name}=`));
  return found === undefined ? [""] : found.slice(name.length + 1).split(",");
}
