// npm run bench                              every benchmark, as tables
// npm run -s bench -- tokenizers --json      one benchmark, one JSON document on standard output
// Each benchmark is a folder here with main.ts, which exports `run(options)` and `print(report)`.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { importTypeScript } from "../scripts/importTypeScript.mjs";

const folder = path.dirname(fileURLToPath(import.meta.url));
const benchmarks = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "main.ts")));
const [first, ...rest] = process.argv.slice(2);
const names = first === undefined || first.startsWith("--") ? benchmarks : [first];
const flags = names.length === 1 && names[0] === first ? rest : process.argv.slice(2);

for (const name of names) {
  if (!benchmarks.includes(name)) {
    console.error(`There is no benchmark "${name}"; there are: ${benchmarks.join(", ")}.`);
    process.exit(1);
  }
  const { run, print } = await importTypeScript(`bench/${name}/main.ts`);
  const report = await run(flags);
  if (flags.includes("--json")) console.log(JSON.stringify(report, undefined, 2));
  else print(report);
}
