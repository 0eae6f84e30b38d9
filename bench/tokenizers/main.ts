import { type ColdLoad, measureColdLoad } from "./coldLoad";
import { corpora } from "./corpora";
import { type EditTimes, measureEdits } from "./edits";
import type { TokenizerName } from "./engines";
import { measureSpeed, type SpeedResult } from "./speed";
import { short, table } from "./table";

export interface Report {
  readonly results: readonly SpeedResult[];
  readonly edits: Readonly<Record<string, EditTimes>>;
  readonly coldLoadMs: Readonly<Record<string, number>>;
  readonly residentMegabytes: Readonly<Record<string, number>>;
  /** Engines that could not be measured here, with the reason. */
  readonly skipped: readonly string[];
}

/** Flags: --only=A,B limits engines to those whose name has A or B in it, --corpus=A,B the corpora likewise. */
export async function run(flags: readonly string[]): Promise<Report> {
  const wants = (flag: string) => {
    const parts = flags
      .find((given) => given.startsWith(`${flag}=`))
      ?.slice(flag.length + 1)
      .split(",") ?? [""];
    return (name: string) => parts.some((part) => name.includes(part));
  };
  const texts = corpora();
  const wanted = texts.filter(({ name }) => wants("--corpus")(name));
  const results: SpeedResult[] = [];
  const skipped = new Set<string>();
  for (const tokenizer of ["o200k_base", "cl100k_base"] satisfies TokenizerName[]) {
    console.error(`bench: speed of ${tokenizer}`);
    const speed = await measureSpeed(tokenizer, wanted, wants("--only"));
    results.push(...speed.results);
    for (const reason of speed.skipped) skipped.add(reason);
  }
  console.error("bench: edits");
  const ordinary = texts
    .filter(({ worstCase }) => !worstCase)
    .map(({ text }) => text.slice(0, 500_000))
    .join("\n");
  const edits = { "1 MB": await measureEdits(ordinary, 1), "10 MB": await measureEdits(ordinary, 10) };
  console.error("bench: cold load");
  const cold = Object.entries(await measureColdLoad(wants("--only")));
  const column = (key: keyof ColdLoad) => Object.fromEntries(cold.map(([name, load]) => [name, load[key]]));
  return {
    results,
    edits,
    coldLoadMs: column("milliseconds"),
    residentMegabytes: column("residentMegabytes"),
    skipped: [...skipped],
  };
}

export function print({ results, edits, coldLoadMs, residentMegabytes, skipped }: Report): void {
  for (const tokenizer of new Set(results.map((result) => result.tokenizer))) {
    const here = results.filter((result) => result.tokenizer === tokenizer);
    const engines = [...new Set(here.map(({ engine }) => engine))];
    const rows = engines.map((engine) => [
      engine,
      ...[...new Set(here.map(({ corpus }) => corpus))].map((corpus) => {
        const found = here.find((result) => result.corpus === corpus && result.engine === engine);
        return found === undefined ? "" : short(found.megabytesPerSecond);
      }),
    ]);
    console.log(`\n${tokenizer}, MB/s\n${table(["", ...new Set(here.map(({ corpus }) => corpus))], rows)}`);
  }
  const editRows = Object.entries(edits).map(([name, times]) => [
    name,
    ...[times.p50Us, times.p95Us, times.maxUs, times.fillMs, times.bytesPerToken].map(short),
  ]);
  console.log(
    `\nEdits of one character\n${table(["", "p50 µs", "p95 µs", "max µs", "fill ms", "bytes/token"], editRows)}`,
  );
  const loadRows = Object.keys(coldLoadMs).map((name) => [
    name,
    short(coldLoadMs[name]!),
    short(residentMegabytes[name]!),
  ]);
  console.log(`\nCold load of o200k_base\n${table(["", "ms", "resident MB"], loadRows)}`);
  for (const reason of skipped) console.log(`Left out: ${reason}.`);
}
