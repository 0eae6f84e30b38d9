import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as v from "valibot";
import {
  commands,
  type Disposable,
  extensions,
  type Memento,
  type Tab,
  TabInputCustom,
  TabInputWebview,
  Uri,
  window,
} from "vscode";
import { customEditors, commands as ids } from "../../src/contributions";
import { reasoning } from "../../src/experiments/reasoning/reasoning";
import { sampleKey } from "../../src/experiments/reasoning/spec";
import { ProcessEngine } from "../../src/inference/llama/process/processEngine";
import { LocalModels } from "../../src/models/localModels";
import { ModelService } from "../../src/models/modelService";
import { type ReasoningRun, reasoningRuns } from "../../src/panels/reasoning/reasoningRun";
import { ReasoningSession } from "../../src/panels/reasoning/reasoningSession";
import { readRun } from "../../src/panels/runs/openRun";
import { OpenRuns } from "../../src/panels/runs/openRuns";
import { runFolder } from "../../src/panels/runs/runFolder";
import { readSavedRun } from "../../src/panels/runs/savedRun";
import type { Remote } from "../../src/rpc/rpc";
import { panelContract, type ReasoningState } from "../../webview/reasoning/protocol";
import { silent as log } from "./quiet";

/** Stands in for the webview, which only a browser has: checks and keeps what it is sent, as the real one does. */
class KeptPanel {
  state: Partial<ReasoningState> = {};
  readonly remote: Remote<typeof panelContract> = {
    call: async () => null,
    tell: (method, ...args) => {
      const sent = v.parse(panelContract[method].args, JSON.parse(JSON.stringify(args)))[0];
      if (method === "update") this.state = { ...this.state, ...(sent as Partial<ReasoningState>) };
    },
    close: () => undefined,
  };

  /** Waits until the state is as wanted. */
  async until(what: string, wanted: (state: Partial<ReasoningState>) => unknown): Promise<Partial<ReasoningState>> {
    const end = Date.now() + 25_000;
    while (!wanted(this.state)) {
      if (Date.now() > end) {
        const { problem, busy, run, running } = this.state;
        assert.fail(
          `never came: ${what} (${JSON.stringify({ problem, busy, running, run: run && { ...run, arms: 0 } })})`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.state;
  }
}

class KeptMemento implements Memento {
  private readonly values = new Map<string, unknown>();
  readonly keys = () => [...this.values.keys()];
  get<T>(key: string, fallback?: T): T {
    return (this.values.has(key) ? this.values.get(key) : fallback) as T;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
  }
}

const three = {
  kind: "generated",
  families: ["running calculation"],
  count: 3,
  steps: { from: 1, to: 2 },
  seed: 1,
} as const;
const twoArms = [
  { id: "direct", on: true },
  { id: "steps", on: true },
  { id: "answerFirst", on: false },
  { id: "code", on: false },
  { id: "filler", on: false },
];

/** The session over the real source of models, the real process and the real specimen. */
describe("reasoning panel", () => {
  const made: Disposable[] = [];
  let folder: string;
  let models: ModelService;
  let runs: OpenRuns<ReasoningRun>;
  let panel: KeptPanel;
  let session: ReasoningSession;

  before(async () => {
    await extensions.getExtension("promptscope.promptscope")?.activate();
  });

  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await rm(runFolder(Uri.file(tmpdir())).fsPath, { recursive: true, force: true });
  });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "promptscope-"));
    const root = extensions.getExtension("promptscope.promptscope")?.extensionPath ?? "";
    const local = new LocalModels({
      processEntry: path.join(root, "dist", "modelProcess.mjs"),
      builtInFolder: path.join(root, "media", "models"),
      binariesFolder: folder,
      log,
    });
    models = new ModelService({ sources: [local], log, pick: async () => undefined });
    runs = new OpenRuns((uri) => readRun(reasoningRuns, uri));
    made.push(models, runs);
    [session, panel] = newSession();
    await session.start();
    session.setup.change({ source: { ...three, families: [...three.families] }, arms: twoArms });
    await panel.until("three questions", ({ questions }) => questions?.count === 3);
  });

  afterEach(async () => {
    for (const item of made.splice(0).reverse()) item.dispose();
    for (const { id } of models.list()) await models.unload(id);
    await rm(folder, { recursive: true, force: true });
  });

  function newSession(): [ReasoningSession, KeptPanel] {
    const kept = new KeptPanel();
    const services = { models, log, runs, storage: Uri.file(folder), memento: new KeptMemento(), writtenBy: "test" };
    const own = new ReasoningSession(services, kept.remote, {
      bound: undefined,
      renamed: () => undefined,
    });
    made.push(own);
    return [own, kept];
  }

  const ended = ({ run, running, figures }: Partial<ReasoningState>) =>
    run?.ended === "done" && !running && figures?.provisional === false;

  async function savedRun() {
    const { uri } = session.shown!.open;
    await session.shown!.open.settle();
    const text = await readFile(uri.fsPath, "utf8");
    return { uri, text, saved: (await readSavedRun(text, reasoning, new AbortController().signal))! };
  }

  it("forecasts, runs, saves by itself, and is the same when the file is opened with no model", async () => {
    const { forecast } = await panel.until("a forecast with a time", (state) => state.forecast?.seconds != null);
    assert.equal(forecast?.answers, 6);
    await session.asking.begin();
    const { run, figures, list } = await panel.until("the end", ended);
    assert.deepEqual([run?.done, run?.total, run?.asSetUp], [6, 6, true]);
    assert.equal(figures?.arms.length, 2);
    assert.equal(figures?.findings[0]?.kind, "tooFew");
    assert.equal(list?.counts.all, 3);
    const { uri, saved } = await savedRun();
    assert.equal(saved.report.answers.length, 6);
    assert.equal(saved.report.ended, "done");

    const [other, shown] = newSession();
    await other.start();
    await other.showRun(uri, true);
    const again = await shown.until("the saved run", (state) => state.figures && state.list?.version);
    assert.deepEqual(again.figures?.arms, figures?.arms);
    assert.equal(again.run?.asSetUp, true);
    assert.deepEqual(other.needShown().views.rows(0, 10).rows, session.needShown().views.rows(0, 10).rows);
  });

  it("is paused with what came, read again, and goes on to what an uninterrupted run gives", async () => {
    session.setup.change({ samples: 2 });
    assert.equal(session.setup.setup.sampler.temperature, 1);
    await session.asking.begin();
    await panel.until("some answers", () => (session.shown?.open.report.answers.length ?? 0) >= 2);
    await session.asking.pause();
    const { uri, text } = await savedRun();
    assert.equal(session.shown?.open.report.ended, undefined);
    assert.ok((session.shown?.open.done ?? 12) < 12, "it was paused in the middle");
    session.startOver();
    await new Promise((resolve) => setTimeout(resolve, 50));
    // As a process that was killed while it wrote leaves it.
    await writeFile(uri.fsPath, text);
    await appendFile(uri.fsPath, '{"type":"sample","mod');

    const [second, shown] = newSession();
    await second.start();
    await second.showRun(uri, true);
    assert.equal(second.shown?.open.total, 12);
    second.asking.goOn();
    await shown.until("the end", ended);
    await second.shown?.open.settle();
    const resumed = (await readSavedRun(await readFile(uri.fsPath, "utf8"), reasoning, new AbortController().signal))!;
    assert.equal(resumed.run.cut, false);

    const [third, whole] = newSession();
    third.restore(session.setup.setup);
    await third.start();
    await third.asking.begin();
    await whole.until("the end", ended);
    const texts = (report: typeof resumed.report) =>
      new Map([...report.answers].map((each) => [sampleKey(each), each.text]));
    assert.deepEqual(texts(resumed.report), texts(third.shown!.open.report));
  });

  it("asks one question, reads when it knew, follows a planted mistake and keeps corrections", async () => {
    session.setup.use({ kind: "one", text: "Start with 4. Add 3. What is the result?", answer: "7", from: null });
    await panel.until("one question", ({ questions }) => questions?.count === 1);
    await session.asking.begin();
    const { page, figures } = await panel.until("the end", ended);
    assert.equal(figures?.findings[0]?.kind, "example");
    const cell = page?.cells.find(({ arm }) => arm === "steps");
    const answer = cell?.samples[0];
    assert.ok(cell && answer && answer.steps.length > 0, "there are steps");
    const id = { model: cell.model, question: page!.id, arm: "steps", sample: 0 };
    const told = session.needShown().tokensOf(id);
    assert.equal(told.tokens.length, answer.tokens);
    assert.equal(told.tokens.length, told.logProbs.length);

    await session.look((looking, run) => looking.known(run, id, "steps"));
    const known = await panel.until("the curve", (state) => cellOf(state)?.known);
    assert.equal(cellOf(known)?.known?.length, answer.steps.length + 1);

    const step = answer.steps[0]!;
    const replacement = session.needShown().plantedMistake(id, step.start, step.end);
    assert.ok(replacement !== null && replacement !== answer.text.slice(step.start, step.end));
    const change = { ...id, start: step.start, end: step.end, replacement, planted: true, continuations: 2 };
    await session.look((looking, run) => looking.edit(run, change));
    const edited = await panel.until("the edit", (state) => state.page?.edits.length);
    assert.equal(edited.page?.edits[0]?.changed.length, 2);
    assert.equal(edited.page?.edits[0]?.unchanged.length, 2);

    session.needShown().correct(id, "refused");
    await panel.until("the correction", (state) => cellOf(state)?.corrected && cellOf(state)?.verdict === "refused");
    session.needShown().readAs(id, "7");
    await panel.until("the reading", (state) => cellOf(state)?.verdict === "right" && cellOf(state)?.extracted === "7");
    session.needShown().correct(id, null);
    await panel.until("the grader's verdict again", (state) => cellOf(state)?.corrected === false);
    const { saved } = await savedRun();
    assert.deepEqual([saved.report.edits.length, saved.report.known.size, saved.report.corrections.size], [1, 1, 0]);
  });

  it("keeps what came when the model process is killed, and goes on in a new one", async () => {
    session.setup.change({ source: { ...three, families: [...three.families], count: 12 }, samples: 4 });
    await panel.until("twelve questions", ({ questions }) => questions?.count === 12);
    await session.asking.begin();
    await panel.until("some answers", () => (session.shown?.open.report.answers.length ?? 0) >= 4);
    const engine = await models.engine(session.setup.setup.models[0]!);
    assert.ok(engine instanceof ProcessEngine);
    process.kill(engine.pid!, "SIGKILL");
    const { problem } = await panel.until("the crash", (state) => state.problem);
    assert.deepEqual(problem?.actions, ["restart", "pickModel"]);
    const kept = session.shown!.open.report.answers.length;
    assert.ok(kept >= 4);
    session.retry();
    await panel.until("the end", ended);
    assert.equal(session.shown!.open.report.answers.length, 96);
  });

  it("refuses what cannot be read, and says why", async () => {
    const broken = path.join(folder, "broken.promptscope.jsonl");
    await writeFile(broken, "no run\n");
    await assert.rejects(session.showRun(Uri.file(broken), true), /Line 1 is not the header/);
    session.setup.use({
      kind: "file",
      uri: Uri.file(path.join(folder, "gone.jsonl")).toString(),
      name: "gone.jsonl",
      limit: null,
    });
    const { questions } = await panel.until("the reason", (state) => state.questions?.problem);
    assert.equal(questions?.count, 0);
    session.setup.undo();
    await panel.until("the questions again", (state) => state.questions?.count === 3);
  });

  it("opens from its command and shows a saved run in the editor of its file", async () => {
    await commands.executeCommand(ids.openReasoning, { question: "What is 2 plus 2?", answer: "4" });
    await shownTab(({ input }) => input instanceof TabInputWebview && input.viewType.includes("reasoning"));
    await session.asking.begin();
    await panel.until("the end", ended);
    const { uri } = await savedRun();
    await commands.executeCommand("vscode.openWith", uri, customEditors.run);
    await shownTab(({ input }) => input instanceof TabInputCustom && input.uri.fsPath === uri.fsPath);
  });
});

function cellOf({ page }: Partial<ReasoningState>) {
  return page?.cells.find(({ arm }) => arm === "steps")?.samples[0];
}

/** Tabs are told of a little after they are there. */
async function shownTab(wanted: (tab: Tab) => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!window.tabGroups.all.flatMap((group) => group.tabs).some(wanted)) {
    if (Date.now() > end) assert.fail("the tab was never shown");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
