import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  ConfigurationTarget,
  type Disposable,
  Disposable as DisposableClass,
  env,
  extensions,
  Uri,
  workspace,
} from "vscode";
import { loadTokenizer, type Tokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { TokenizerService } from "../../src/tokens/tokenizerService";
import { Budget } from "../../src/views/budget/budget";
import { type BudgetFile, filesBelow } from "../../src/views/budget/budgetTree";
import { copyAsPrompt } from "../../src/views/budget/copyAsPrompt";
import { Counters } from "../../src/views/budget/counters";
import { CountPool } from "../../src/views/budget/countPool";
import { FileCounts } from "../../src/views/budget/fileCounts";
import { LanguageNames } from "../../src/views/budget/languageNames";
import { readRules } from "../../src/views/budget/readRules";
import { type WalkEntry, walk } from "../../src/views/budget/walk";
import { MemoryFiles } from "./memoryFiles";
import { silent } from "./quiet";

const dist = path.join(extensions.getExtension("promptscope.promptscope")?.extensionPath ?? "", "dist");
/** Figures go beside the results; they are reported, never tested. */
const outputFolder = path.dirname(process.env.PROMPTSCOPE_TEST_RESULTS ?? path.join(tmpdir(), "results.json"));

describe("token budget", () => {
  const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const storage = mkdtempSync(path.join(tmpdir(), "promptscope-budget-"));
  const made: Disposable[] = [];
  let tokenizer: Tokenizer;

  before(async () => {
    tokenizer = await loadTokenizer("o200k_base", directorySource(dist));
  });
  afterEach(() => {
    for (const item of made.splice(0)) item.dispose();
    rmSync(path.join(root, "made"), { recursive: true, force: true });
  });
  after(() => rmSync(storage, { recursive: true, force: true }));

  function budget(): Budget {
    const places = {
      workerScript: path.join(dist, "countWorker.mjs"),
      dataDirectory: dist,
      storage,
      version: "test",
      packedFile: () => undefined,
    };
    const noneAdded = {
      open: async () => undefined,
      has: () => false,
      get: () => undefined,
      load: () => Promise.reject(new Error("none")),
    };
    const tokenizers = new TokenizerService(directorySource(dist), noneAdded, silent);
    const counting = new Budget(tokenizers, new Counters(places, silent), new LanguageNames([]), silent);
    made.push(counting, tokenizers);
    return counting;
  }

  function write(name: string, content: string | Uint8Array): void {
    const file = path.join(root, "made", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  function fileAt(counting: Budget, name: string): BudgetFile | undefined {
    return counting.tree.file(Uri.file(path.join(root, name)).toString());
  }

  it("counts every file as the tokenizer does, and obeys .gitignore", async () => {
    const counting = budget();
    await counting.count();
    assert.equal(counting.state.kind, "ready");
    for (const name of ["prompts/word-problems.md", "texts/languages.md", "chats/support.json"]) {
      const text = new TextDecoder().decode(await workspace.fs.readFile(Uri.file(path.join(root, name))));
      const state = fileAt(counting, name)?.state;
      assert.equal(state?.kind === "counted" && state.tokens, tokenizer.count(text), name);
    }
    assert.ok(fileAt(counting, "scratch/keep.md"), "taken back by a negation");
    assert.equal(fileAt(counting, "scratch/notes.md"), undefined, "ignored");
    const [top] = counting.tree.roots;
    assert.ok(top);
    assert.equal(
      top.tokens,
      filesBelow([top]).reduce((sum, { state }) => sum + (state.kind === "counted" ? state.tokens : 0), 0),
    );
  });

  it("gives a reason for everything it skips, and follows no links", async () => {
    write("binary", Uint8Array.of(1, 0, 2));
    write("latin.md", Uint8Array.of(0x63, 0xe9));
    write("loop/a.md", "a");
    symlinkSync(path.join(root, "made", "loop"), path.join(root, "made", "loop", "again"));
    symlinkSync(path.join(root, "made", "nowhere"), path.join(root, "made", "broken"));
    execFileSync("mkfifo", [path.join(root, "made", "pipe")]);
    const counting = budget();
    await counting.count();
    const states = ["binary", "loop/again", "broken", "pipe"].map((name) => fileAt(counting, `made/${name}`)?.state);
    assert.deepEqual(
      states.map((state) => (state?.kind === "skipped" ? state.reason : state?.kind)),
      ["binary", "link", "link", "special"],
    );
    const latin = fileAt(counting, "made/latin.md")?.state;
    assert.equal(latin?.kind === "counted" && latin.damaged, true);
    assert.equal(counting.tree.total.skipped, 4);
  });

  it("copies a file that is no UTF-8 in the encoding that the settings say", async () => {
    write("latin.md", Uint8Array.of(0x63, 0xe9));
    const settings = workspace.getConfiguration("files");
    await settings.update("encoding", "windows1252", ConfigurationTarget.Global);
    try {
      const counting = budget();
      await counting.count();
      const latin = fileAt(counting, "made/latin.md");
      assert.ok(latin);
      const counters = { countText: async (text: string) => text.length };
      // Ends when its message is read, which nobody does here.
      void copyAsPrompt([latin], counting, counters);
      let copied = "";
      for (let tries = 0; tries < 100 && !copied.includes("cé"); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        copied = await env.clipboard.readText();
      }
      assert.match(copied, /\ncé\n/);
    } finally {
      await settings.update("encoding", undefined, ConfigurationTarget.Global);
    }
  });

  it("says which folder it may not enter", async function () {
    if (process.getuid?.() === 0) this.skip();
    write("closed/a.md", "a");
    const closed = path.join(root, "made", "closed");
    chmodSync(closed, 0);
    try {
      const counting = budget();
      await counting.count();
      const state = fileAt(counting, "made/closed")?.state;
      assert.equal(state?.kind === "skipped" && state.reason, "unreadable");
    } finally {
      chmodSync(closed, 0o755);
    }
  });

  it("follows what is created, changed, renamed and deleted on disk", async function () {
    // Events of the editor's own watcher get lost now and then on a busy machine: what fails twice is a fault of ours.
    this.retries(1);
    const counting = budget();
    await counting.count();
    const before = counting.tree.total.tokens;
    write("a.md", "hello world");
    await eventually(() => counting.tree.total.tokens === before + 2);
    write("a.md", "hello world ".repeat(10));
    const longer = tokenizer.count("hello world ".repeat(10));
    await eventually(() => counting.tree.total.tokens === before + longer);
    rmSync(path.join(root, "made", "a.md"));
    await eventually(() => counting.tree.total.tokens === before);
    // Of folders made one in the other at once, the editor's watcher may report the outermost alone
    // (its inotify watch comes too late for the rest), so what is inside must be found from there.
    write("deep/er/a.md", "hello world ".repeat(10));
    await eventually(() => counting.tree.total.tokens === before + longer);
    renameSync(path.join(root, "made", "deep"), path.join(root, "made", "other"));
    await eventually(
      () => fileAt(counting, "made/other/er/a.md") !== undefined && !fileAt(counting, "made/deep/er/a.md"),
    );
    assert.equal(counting.tree.total.tokens, before + longer);
    write(".gitignore", "other/\n");
    await eventually(() => !fileAt(counting, "made/other/er/a.md"));
    rmSync(path.join(root, "made"), { recursive: true });
    await eventually(() => counting.tree.total.tokens === before);
  });

  it("filters, and keeps the filter through changes", async () => {
    const counting = budget();
    await counting.count();
    await counting.setFilter("*.jsonl");
    const names = (): string[] => [...counting.shown.allFiles()].map(({ name }) => name).sort();
    assert.deepEqual(names(), ["fruit-6-steps.jsonl", "people.jsonl"]);
    write("more.jsonl", "{}");
    write("more.md", "x");
    await eventually(() => names().length === 3);
    assert.deepEqual(names(), ["fruit-6-steps.jsonl", "more.jsonl", "people.jsonl"]);
    await counting.setFilter(" ");
    assert.equal(counting.shown, counting.tree);
  });

  it("counts 10,000 files without holding up the extension host, stops when asked, and remembers", async function () {
    this.timeout(120_000);
    const files = 10_000;
    const text = "Tokens are what a model reads, one after the other. ".repeat(12);
    for (let i = 0; i < files; i++) write(`many/${i % 100}/${i}.md`, `${i} ${text}`);
    const counting = budget();

    const stopped = counting.count();
    await eventually(() => counting.tree.total.counted > 50);
    counting.cancel();
    await stopped;
    assert.equal(counting.state.kind, "stopped");
    const { counted, waiting } = counting.tree.total;
    assert.ok(counted > 50 && counted < files, `${counted} counted`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(counting.tree.total.counted, counted, "nothing is counted after the stop");
    assert.ok(waiting > 0);

    // What the machine and the watchers of 10,000 new files do without us, for comparison.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const idle = monitorEventLoopDelay({ resolution: 1 });
    idle.enable();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    idle.disable();

    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    await counting.count();
    const seconds = (performance.now() - start) / 1000;
    delay.disable();
    assert.equal(counting.state.kind, "ready");
    assert.ok(counting.tree.total.counted >= files);
    const { bytes } = counting.tree.total;
    const figures = {
      filesPerSecond: Math.round(files / seconds),
      megabytesPerSecond: Number((bytes / 1e6 / seconds).toFixed(1)),
      eventLoopDelayMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
      eventLoopDelayIdleMs: { p99: idle.percentile(99) / 1e6, max: idle.max / 1e6 },
    };

    await new Promise((resolve) => setTimeout(resolve, 4000));
    const again = budget();
    const second = performance.now();
    await again.count();
    const rememberedPerSecond = Math.round(files / ((performance.now() - second) / 1000));
    writeFileSync(path.join(outputFolder, "budget-figures.json"), JSON.stringify({ ...figures, rememberedPerSecond }));
    assert.equal(again.tree.total.tokens, counting.tree.total.tokens);
  });

  it("counts files of virtual file systems", async () => {
    const files = new MemoryFiles({
      "/top/.gitignore": "skip/\n",
      "/top/a.md": "hello world",
      "/top/skip/b.md": "x",
      "/top/inner/d.md": "counted there",
      "/top/sub/c.bin": Uint8Array.of(0, 1),
      "/top/promptscope-runs/fruit.promptscope.jsonl": "{}\n", // left out by default
    });
    made.push(workspace.registerFileSystemProvider("promptscope-memory", files));
    const pool = new CountPool(path.join(dist, "countWorker.mjs"), {
      dataDirectory: dist,
      tokenizer: "o200k_base",
      packedFile: undefined,
      cacheFile: undefined,
      cacheStamp: "",
      maxBytes: 1e6,
    });
    made.push(new DisposableClass(() => pool.dispose()));
    const top = Uri.parse("promptscope-memory:/top");
    const inner = Uri.joinPath(top, "inner"); // a workspace folder of its own
    const found: WalkEntry[] = [];
    await walk(top, "", await readRules(top, [top, inner]), (entry) => found.push(entry), new AbortController().signal);
    assert.deepEqual(found.map((entry) => entry.path).sort(), [".gitignore", "a.md", "sub/c.bin"]);
    const counts = new FileCounts(pool);
    const outcome = (name: string) => counts.count(Uri.joinPath(top, name));
    for (let time = 0; time < 2; time++) {
      const text = await outcome("a.md");
      assert.equal(text.kind === "counted" && text.tokens, 2);
    }
    assert.equal(files.reads.get("/top/a.md"), 1, "read once, then known by its stamp");
    const binary = await outcome("sub/c.bin");
    assert.equal(binary.kind === "skipped" && binary.reason, "binary");
    assert.equal((await outcome("none.md")).kind, "gone");
  });
});

async function eventually(holds: () => boolean, timeout = 15_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!holds()) {
    if (Date.now() > end) throw new assert.AssertionError({ message: "it did not come to hold in time" });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
