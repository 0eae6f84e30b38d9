import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";

export interface ColdLoad {
  /** From the first import to the first token, milliseconds: the least of the rounds, each in a process of its own. */
  readonly milliseconds: number;
  /** Growth of resident memory from the first import until 1.5 MB of text was encoded once, megabytes. */
  readonly residentMegabytes: number;
}

const ROUNDS = 5;
const BUNDLE = ".cache/bench-tokenizers.mjs";

/** For each engine: how a program gets o200k_base and an `encode` that takes a text. */
const PROGRAMS: Readonly<Record<string, string>> = {
  promptscope: `const { loadTokenizer, directorySource } = await import("./${BUNDLE}");
    const tokenizer = await loadTokenizer("o200k_base", directorySource("dist"));
    const encode = (text) => tokenizer.encode(text);`,
  "gpt-tokenizer": `const { encode } = await import("gpt-tokenizer/encoding/o200k_base");`,
  "tiktoken (wasm)": `const { get_encoding } = (await import("tiktoken")).default;
    const encoding = get_encoding("o200k_base");
    const encode = (text) => encoding.encode_ordinary(text);`,
  "js-tiktoken": `const { Tiktoken } = await import("js-tiktoken/lite");
    const { default: ranks } = await import("js-tiktoken/ranks/o200k_base");
    const encoding = new Tiktoken(ranks);
    const encode = (text) => encoding.encode(text, [], []);`,
};

/** Loads each engine in fresh processes. */
export async function measureColdLoad(wanted: (engine: string) => boolean): Promise<Record<string, ColdLoad>> {
  await esbuild.build({
    stdin: {
      contents: `export * from "./src/tokenizers"; export * from "./src/tokenizers/node/nodeSource";`,
      resolveDir: process.cwd(),
    },
    outfile: BUNDLE,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const found: Record<string, ColdLoad> = {};
  for (const [name, program] of Object.entries(PROGRAMS)) {
    if (!wanted(name)) continue;
    const script = `
      const text = (await import("node:fs")).readFileSync("node_modules/typescript/lib/lib.dom.d.ts", "utf8").slice(0, 1_500_000);
      const resident = process.memoryUsage.rss();
      const start = performance.now();
      ${program}
      encode("Hello");
      const milliseconds = performance.now() - start;
      encode(text);
      console.log(JSON.stringify({ milliseconds, residentMegabytes: (process.memoryUsage.rss() - resident) / 1e6 }));`;
    const runs = Array.from(
      { length: ROUNDS },
      () =>
        JSON.parse(
          execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }),
        ) as ColdLoad,
    );
    found[name] = {
      milliseconds: Math.min(...runs.map((run) => run.milliseconds)),
      residentMegabytes: Math.min(...runs.map((run) => run.residentMegabytes)),
    };
  }
  rmSync(join(process.cwd(), BUNDLE));
  return found;
}
