import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Corpus } from "./corpora";

/** Python's tiktoken in a process of its own, which keeps its own time: texts go over in files before the clock starts. */
export class PythonTiktoken {
  readonly name = "tiktoken (Python)";
  private readonly answers: AsyncIterator<string>;
  private readonly folder = mkdtempSync(join(tmpdir(), "promptscope-bench-"));
  private readonly files = new Map<string, string>();

  constructor(private readonly child: ChildProcess) {
    this.answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  /** Seconds of one encoding, and how many tokens it gave. */
  async encode({ name, text }: Corpus): Promise<{ seconds: number; tokens: number }> {
    let file = this.files.get(name);
    if (file === undefined) {
      file = join(this.folder, `${this.files.size}.txt`);
      writeFileSync(file, Buffer.from(new TextEncoder().encode(text)));
      this.files.set(name, file);
    }
    return (await this.ask(file)) as { seconds: number; tokens: number };
  }

  close(): void {
    this.child.stdin!.end();
  }

  async ask(line: string): Promise<unknown> {
    this.child.stdin!.write(`${line}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error("Python tiktoken ended early; its errors are above.");
    return JSON.parse(value);
  }
}

/** Starts it for the ranks file that js-tiktoken has under `name`, or says why that cannot be. */
export async function startPython(name: string): Promise<PythonTiktoken | string> {
  const python = [process.env.PROMPTSCOPE_PYTHON, ".venv/bin/python", ".cache/venv/bin/python", "python3"].find(
    (candidate) =>
      candidate !== undefined &&
      (!candidate.includes("/") || existsSync(candidate)) &&
      spawnSync(candidate, ["-c", "import tiktoken"]).status === 0,
  );
  if (python === undefined)
    return "no Python with tiktoken (pip install tiktoken; PROMPTSCOPE_PYTHON names another one)";
  const child = spawn(python, ["bench/tokenizers/tiktoken_server.py", name], { stdio: ["pipe", "pipe", "inherit"] });
  const started = new PythonTiktoken(child);
  await started.ask("");
  return started;
}
