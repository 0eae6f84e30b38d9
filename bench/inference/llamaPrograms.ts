import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { LlamaLoadOptions, LlamaRunning } from "../../src/inference/llama/runtime/loadOptions";

const run = promisify(execFile);
const home = path.resolve(".cache/llama-programs");

/** llama.cpp's own benchmarks, with the very libraries that node-llama-cpp runs. */
export interface LlamaPrograms {
  /** Tokens a second of a prompt of so many tokens. */
  prefill(load: LlamaLoadOptions, running: LlamaRunning, tokens: number, repeats: number): Promise<number>;
  /** Tokens a second of so many sequences side by side, all together; nothing is sampled. */
  decode(load: LlamaLoadOptions, running: LlamaRunning, parallel: number, tokens: number): Promise<number>;
}

/**
 * llama-bench and llama-batched-bench, compiled once from the sources that node-llama-cpp carries against the libraries
 * that it carries, so that both sides run the same kernels. A text says why there are none.
 */
export async function llamaPrograms(): Promise<LlamaPrograms | string> {
  if (process.platform !== "linux") return "llama.cpp's own benchmarks are built on Linux alone";
  const libraries = path.resolve(`node_modules/@node-llama-cpp/linux-${process.arch}/bins/linux-${process.arch}`);
  const bundle = path.resolve("node_modules/node-llama-cpp/llama/gitRelease.bundle");
  if (!existsSync(libraries) || !existsSync(bundle)) return "node-llama-cpp lacks its sources or its libraries";
  const { tag } = JSON.parse(readFileSync("node_modules/node-llama-cpp/llama/llama.cpp.info.json", "utf8"));
  const bin = path.join(home, String(tag));
  const failed = existsSync(bin) ? undefined : build(bundle, libraries, bin);
  if (failed) return failed;
  const ask = async (program: string, load: LlamaLoadOptions, { threads }: LlamaRunning, more: readonly string[]) => {
    const batch = String(load.batchSize);
    const settings = ["-m", load.path, "-t", String(threads), "-b", batch, "-ub", batch];
    // Where the libraries lie: they look there for the kernels that fit the processor.
    const { stdout } = await run(path.join(bin, program), [...settings, ...more], { cwd: libraries });
    return stdout;
  };
  return {
    async prefill(load, running, tokens, repeats) {
      const sizes = ["-p", String(tokens), "-n", "0", "-r", String(repeats), "-o", "json"];
      const [result] = JSON.parse(await ask("llama-bench", load, running, sizes));
      return Math.max(...result.samples_ts);
    },
    async decode(load, running, parallel, tokens) {
      const context = String(parallel * 512);
      const sizes = ["-c", context, "-npp", "16", "-ntg", String(tokens), "-npl", String(parallel)];
      const answers: number[] = [];
      for (let turn = 0; answers.length < 3; turn++) {
        const text = await ask("llama-batched-bench", load, running, [...sizes, "--output-format", "jsonl"]);
        const line = text.split("\n").find((each) => each.startsWith("{"));
        // It prints from a thread that its end sometimes cuts off.
        if (line !== undefined) answers.push(JSON.parse(line).speed_tg);
        else if (turn > 10) throw new Error("llama-batched-bench prints no result");
      }
      return Math.max(...answers);
    },
  };
}

/** Why it could not be done; nothing where it could. Only the programs are compiled: half a minute. */
function build(bundle: string, libraries: string, bin: string): string | undefined {
  const work = path.join(home, "work");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(path.join(work, "bin"), { recursive: true });
  const source = path.join(work, "source");
  const needed = ["common", "include", "ggml/include", "vendor", "tools/llama-bench", "tools/batched-bench"];
  const shared = readdirSync(libraries).filter((file) =>
    /^lib(llama|ggml)(-common|-base)?(\.v[\d.]+)?\.so$/.test(file),
  );
  const steps: [string, string[]][] = [
    ["git", ["clone", "--quiet", "--no-checkout", bundle, source]],
    ["git", ["-C", source, "checkout", "--quiet", "HEAD", "--", ...needed]],
    ...["llama-bench", "llama-batched-bench"].map((program): [string, string[]] => {
      const folder = path.join(source, "tools", program === "llama-bench" ? program : "batched-bench");
      const files = sourcesOf(folder, program);
      const includes = ["common", "include", "ggml/include", "vendor"].flatMap((each) => [
        "-I",
        path.join(source, each),
      ]);
      const link = [...shared.map((file) => path.join(libraries, file)), `-Wl,-rpath,${libraries}`, "-lpthread"];
      return ["g++", ["-std=c++17", "-O1", ...includes, ...files, "-o", path.join(work, "bin", program), ...link]];
    }),
  ];
  for (const [program, parameters] of steps) {
    const { status, error, stderr } = spawnSync(program, parameters, { encoding: "utf8" });
    if (status !== 0) return `${program} failed: ${error?.message ?? stderr.trim().split("\n").at(-1)}`;
  }
  renameSync(path.join(work, "bin"), bin);
  rmSync(work, { recursive: true, force: true });
  return undefined;
}

/** A program and its entry. */
function sourcesOf(folder: string, program: string): string[] {
  return ["main.cpp", `${program.replace(/^llama-batched/, "batched")}.cpp`].map((file) => path.join(folder, file));
}
