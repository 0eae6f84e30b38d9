import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { commands, type Disposable, extensions, TabInputCustom, TabInputWebview, Uri, window } from "vscode";
import { customEditors, commands as ids } from "../../src/contributions";
import { interrogation } from "../../src/experiments/interrogation/interrogation";
import { ProcessEngine } from "../../src/inference/llama/process/processEngine";
import { LocalModels } from "../../src/models/localModels";
import { ModelService } from "../../src/models/modelService";
import { writeDataSet } from "../../src/panels/interrogation/exporting";
import { type InterrogationRun, interrogationRuns } from "../../src/panels/interrogation/interrogationRun";
import { InterrogationSession } from "../../src/panels/interrogation/interrogationSession";
import { readRun } from "../../src/panels/runs/openRun";
import { OpenRuns } from "../../src/panels/runs/openRuns";
import { runFolder } from "../../src/panels/runs/runFolder";
import { readSavedRun } from "../../src/panels/runs/savedRun";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { AddedTokenizerStore } from "../../src/tokens/addedTokenizers";
import { TokenizerService } from "../../src/tokens/tokenizerService";
import { type InterrogationState, panelContract } from "../../webview/interrogation/protocol";
import { KeptMemento, KeptPanel } from "./keptPanel";
import { silent as log } from "./quiet";

type State = Partial<InterrogationState>;
type Panel = KeptPanel<typeof panelContract, InterrogationState>;

const town = [
  "# The town",
  "",
  "## Known",
  "",
  "Jane Austen was a novelist. Mark Twain was a writer.",
  "Galileo Galilei was an astronomer.",
  "",
  "## Made up",
  "",
  "Orson Kovacs was a lighthouse keeper. Thora Achterberg was a glass painter.",
].join("\n");

/** The session over the real source of models, the real process, the real specimen and real files. */
describe("interrogation", () => {
  const made: Disposable[] = [];
  let root: string;
  let folder: string;
  let models: ModelService;
  let tokenizers: TokenizerService;
  let runs: OpenRuns<InterrogationRun>;
  let panel: Panel;
  let session: InterrogationSession;

  before(async () => {
    const extension = extensions.getExtension("promptscope.promptscope");
    await extension?.activate();
    root = extension?.extensionPath ?? "";
  });

  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await rm(runFolder(Uri.file(tmpdir())).fsPath, { recursive: true, force: true });
  });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "promptscope-"));
    const local = new LocalModels({
      processEntry: path.join(root, "dist", "modelProcess.mjs"),
      builtInFolder: path.join(root, "media", "models"),
      binariesFolder: folder,
      log,
    });
    models = new ModelService({ sources: [local], log, pick: async () => undefined });
    const source = directorySource(path.join(root, "dist"));
    const added = new AddedTokenizerStore(folder, path.join(root, "dist", "packWorker.mjs"), source);
    tokenizers = new TokenizerService(source, added, log);
    runs = new OpenRuns((uri) => readRun(interrogationRuns, uri));
    made.push(models, tokenizers, runs);
    [session, panel] = newSession();
    await session.start();
    await writeFile(path.join(folder, "town.md"), town);
    useFiles("town.md");
    await panel.until("the text", ({ source: view }) => view?.snippets === 2 && !view.looking);
  });

  afterEach(async () => {
    for (const item of made.splice(0).reverse()) item.dispose();
    for (const { id } of models.list()) await models.unload(id);
    await rm(folder, { recursive: true, force: true });
  });

  function newSession(): [InterrogationSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract);
    const storage = Uri.file(folder);
    const services = { models, tokenizers, log, runs, storage, memento: new KeptMemento(), writtenBy: "test" };
    const own = new InterrogationSession({ ...services, extension: Uri.file(root) }, kept.remote, {
      bound: undefined,
      renamed: () => undefined,
      learned: () => undefined,
    });
    made.push(own);
    return [own, kept];
  }

  function useFiles(...names: string[]): void {
    const files = names.map((name) => ({ uri: Uri.file(path.join(folder, name)).toString(), name }));
    session.use({ kind: "files", files });
  }

  const ended = ({ run, running, figures }: State) =>
    run?.ended === "done" && !running && figures && !figures.provisional;

  async function saved() {
    const { open } = session.needShown();
    await open.settle();
    const text = await readFile(open.uri.fsPath, "utf8");
    return (await readSavedRun(text, interrogation, new AbortController().signal))!;
  }

  it("forecasts, asks by rule, says what is known by section, and is the same when its file is opened", async () => {
    const { forecast, source } = await panel.until("a forecast", (state) => state.forecast);
    assert.deepEqual([forecast?.questions, forecast?.answers, source?.label], [5, 25, "town.md"]);
    await session.begin();
    const { figures, list, files, heat, document } = await panel.until("the end", ended);
    assert.deepEqual(
      figures?.sections.map(({ section, questions }) => [section, questions]),
      [
        ["Known", 3],
        ["Made up", 2],
      ],
    );
    const [known, madeUp] = figures!.sections;
    assert.equal(madeUp?.right.successes, 0, "nobody knows them");
    assert.ok(known!.right.successes > 0, "the specimen has seen them");
    assert.equal(list?.counts.all, 5);
    assert.deepEqual(
      files?.map(({ name, questions }) => [name, questions]),
      [["town.md", 5]],
    );
    assert.deepEqual([document?.text, document?.headings], [town, [1, 3, 8]]);
    for (const { start, end, first } of heat!) {
      const asked = session.needShown().open.report.questions.get(first)!;
      assert.ok(town.slice(start, end).includes(asked.answer));
    }
    const rows = session.needShown().rows(0, 10).rows;
    assert.deepEqual(rows.map(({ number, line, first }) => [number, line, first]).slice(0, 4), [
      [1, 5, true],
      [2, 5, false],
      [3, 6, false],
      [4, 10, true],
    ]);

    const [other, shown] = newSession();
    await other.start();
    await other.showRun(session.needShown().open.uri, true);
    const again = await shown.until("the saved run", (state) => state.figures && state.list?.total === 5);
    assert.deepEqual(again.figures, figures);
    assert.deepEqual(again.document, document);
    assert.deepEqual(other.needShown().rows(0, 10).rows, rows);
  });

  it("keeps what a person does as events of the run, and takes it back", async () => {
    session.change({ samples: 2 });
    await session.begin();
    await panel.until("the end", ended);
    const shown = session.needShown();
    const [first, second] = shown.rows(0, 2).rows;
    shown.openQuestion(first!.id);
    session.review.decide(first!.id, "accepted");
    const next = await panel.until("the next question", ({ page }) => page?.id === second!.id);
    assert.match(next.undo!, /^Accepted “Who was Jane Austen\?”$/);
    const mark = next.page!.answers[0]!.mark === "right" ? "wrong" : "right";
    session.review.mark(second!.id, 0, mark);
    await panel.until("the mark", ({ page }) => page?.answers[0]?.mark === mark && page.answers[0].byHand);
    await session.review.fix(second!.id, { text: "Was Mark Twain a writer?", answer: "writer" });
    const fixed = await panel.until(
      "its new answers",
      (state) => state.page?.fixed && state.page.answers.length === 2 && ended(state),
    );
    assert.deepEqual([fixed.page?.text, fixed.page?.fixed], ["Was Mark Twain a writer?", true]);
    assert.deepEqual(fixed.page?.before, [{ text: second!.text, answer: second!.answer }]);
    await assert.rejects(session.review.fix(second!.id, { text: " ", answer: "writer" }), /Write a question/);
    await session.review.add({ file: "town.md", line: 6, text: "Who was Galileo?", answer: "astronomer" });
    await panel.until(
      "answers to the added one",
      (state) => state.page?.by === "person" && state.page.answers.length === 2 && ended(state),
    );
    await panel.until("its row", ({ list }) => list?.counts.all === 6);

    const { report } = await saved();
    assert.deepEqual([...report.questions].map(({ reviewed }) => reviewed).filter(Boolean), ["accepted"]);
    assert.equal(report.questions.get(second!.id)?.fixed, true);
    for (let step = 0; step < 4; step++) await session.review.undo();
    const before = await saved();
    const asked = before.report.questions.get(second!.id)!;
    assert.deepEqual([asked.text, asked.answers.size, asked.corrections.size], [second!.text, 2, 0]);
    assert.equal(before.report.questions.get(first!.id)?.reviewed, undefined);
    assert.equal(before.report.step, undefined);
    await assert.rejects(session.review.undo(), /nothing to take back/);
  });

  it("is paused with what came, goes on, and keeps what came when the model process is killed", async () => {
    session.change({ samples: 8, maxTokens: 200 });
    await session.begin();
    await panel.until("some answers", () => (session.shown?.open.done ?? 0) >= 8);
    await session.pause();
    const before = (await saved()).report;
    assert.equal(before.ended, undefined);
    assert.ok(session.needShown().open.done < 40, "it was paused in the middle");
    await session.goOn();
    const engine = await models.engine(session.setup.setup.probed);
    assert.ok(engine instanceof ProcessEngine);
    process.kill(engine.pid!, "SIGKILL");
    const { problem } = await panel.until("the crash", (state) => state.problem);
    assert.deepEqual(problem?.actions, ["restart", "pickModel"]);
    session.retry();
    await panel.until("the end", ended);
    assert.equal(session.needShown().open.done, 40);

    // The same seeds give the same answers, however often it was interrupted.
    const [whole, other] = newSession();
    whole.restore(session.setup.setup);
    await whole.start();
    await whole.begin();
    await other.until("the end", ended);
    const texts = (from: InterrogationSession) =>
      [...from.needShown().open.report.questions].map(({ id, answers }) => [
        id,
        [...answers.values()].map(({ text }) => text),
      ]);
    assert.deepEqual(texts(session), texts(whole));
  });

  it("exports train and validation by file, and overwrites nothing without asking", async () => {
    await writeFile(path.join(folder, "island.md"), "Wren Heksvik was a bookbinder. Tomasz Belmora was a pilot.");
    useFiles("town.md", "island.md");
    await panel.until("both texts", ({ source }) => source?.files.length === 2);
    await session.begin();
    const { export: foreseen } = await panel.until("the end", (state) => ended(state) && state.export);
    assert.deepEqual([foreseen?.files, foreseen?.heldOut], [2, 1]);
    const { open, options } = session.needShown();
    const target = Uri.file(path.join(folder, "set"));
    const asked: string[][] = [];
    const refuse = async (names: readonly string[]) => asked.push([...names]) < 0;
    assert.equal(await writeDataSet(open.report, options, target, refuse), true);
    assert.equal(asked.length, 0);
    const read = async (name: string) => (await readFile(path.join(target.fsPath, name), "utf8")).trim().split("\n");
    const validation = (await readdir(target.fsPath)).includes("validation.jsonl")
      ? await read("validation.jsonl")
      : [];
    assert.equal((await read("train.jsonl")).length + validation.length, foreseen!.train + foreseen!.validation);
    for (const line of await read("train.jsonl")) {
      assert.deepEqual(
        JSON.parse(line).messages.map(({ role }: { role: string }) => role),
        ["user", "assistant"],
      );
    }
    await writeFile(path.join(target.fsPath, "train.jsonl"), "mine");
    assert.equal(await writeDataSet(open.report, options, target, refuse), false);
    assert.ok(asked[0]?.includes("train.jsonl"));
    assert.deepEqual(await read("train.jsonl"), ["mine"]);
  });

  it("refuses binary and huge files by name, lists a folder, and reads a file of facts", async () => {
    await mkdir(path.join(folder, "texts"));
    await writeFile(path.join(folder, "texts", "town.md"), town);
    await writeFile(path.join(folder, "texts", "binary.txt"), Buffer.from([104, 0, 1, 2]));
    await writeFile(path.join(folder, "texts", "huge.txt"), "A long text. ".repeat(90_000));
    session.use({ kind: "folder", uri: Uri.file(path.join(folder, "texts")).toString(), name: "texts" });
    const { source } = await panel.until("the folder", (state) => state.source?.refused.length === 2);
    assert.deepEqual(
      source?.files.map(({ name }) => name),
      ["town.md"],
    );
    assert.deepEqual(
      source?.refused.map(({ name }) => name),
      ["binary.txt", "huge.txt"],
    );
    assert.match(source!.refused[1]!.why, /too large/);

    const facts = [
      { question: "What is the capital of Peru?", answer: "Lima" },
      { question: "Who kept the Sandrey light?", answer: "Orson Kovacs" },
    ];
    await writeFile(path.join(folder, "facts.jsonl"), facts.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
    session.use({ kind: "facts", uri: Uri.file(path.join(folder, "facts.jsonl")).toString(), name: "facts.jsonl" });
    await panel.until(
      "the facts",
      (state) => state.source?.snippets === 2 && state.source.label === "facts in facts.jsonl",
    );
    await session.begin();
    await panel.until("the end", ended);
    const { rows } = session.needShown().rows(0, 5);
    assert.deepEqual(
      rows.map(({ text, by, line }) => [text, by, line]),
      [
        ["What is the capital of Peru?", "file", 1],
        ["Who kept the Sandrey light?", "file", 2],
      ],
    );
    session.use({
      kind: "files",
      files: [{ uri: Uri.file(path.join(folder, "gone.md")).toString(), name: "gone.md" }],
    });
    const gone = await panel.until("the reason", (state) => state.source?.refused[0]?.name === "gone.md");
    assert.equal(gone.source?.snippets, 0);
    await assert.rejects(session.begin(), /no text here/);
  });

  it("opens from its command on a file, and shows a saved run in the editor of its file", async () => {
    await commands.executeCommand(ids.openInterrogation, Uri.file(path.join(folder, "town.md")));
    await shownTab(({ input }) => input instanceof TabInputWebview && input.viewType.includes("interrogation"));
    await session.begin();
    await panel.until("the end", ended);
    const { uri } = session.needShown().open;
    await commands.executeCommand("vscode.openWith", uri, customEditors.run);
    await shownTab(({ input }) => input instanceof TabInputCustom && input.uri.fsPath === uri.fsPath);
  });
});

/** Tabs are told of a little after they are there. */
async function shownTab(wanted: (tab: { readonly input: unknown }) => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!window.tabGroups.all.flatMap((group) => group.tabs).some(wanted)) {
    if (Date.now() > end) assert.fail("the tab was never shown");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
