import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { commands, type Disposable, extensions, type Tab, TabInputCustom, TabInputWebview, Uri, window } from "vscode";
import { customEditors, commands as ids } from "../../src/contributions";
import type { SuitesReport } from "../../src/experiments/suites/report";
import { answerKey } from "../../src/experiments/suites/spec";
import { suites } from "../../src/experiments/suites/suites";
import { ProcessEngine } from "../../src/inference/llama/process/processEngine";
import { LocalModels } from "../../src/models/localModels";
import { ModelService } from "../../src/models/modelService";
import { readRun } from "../../src/panels/runs/openRun";
import { OpenRuns } from "../../src/panels/runs/openRuns";
import { runFolder } from "../../src/panels/runs/runFolder";
import { readSavedRun } from "../../src/panels/runs/savedRun";
import { type SuitesRun, suitesRuns } from "../../src/panels/suites/suitesRun";
import { SuitesSession } from "../../src/panels/suites/suitesSession";
import { panelContract, type SuitesState } from "../../webview/suites/protocol";
import { KeptMemento, KeptPanel } from "./keptPanel";
import { silent as log } from "./quiet";

type State = Partial<SuitesState>;
type Panel = KeptPanel<typeof panelContract, SuitesState>;

/** The session over the real source of models, the real process, the real specimen and real files. */
describe("panel of sharp edges", () => {
  const made: Disposable[] = [];
  let folder: string;
  let models: ModelService;
  let runs: OpenRuns<SuitesRun>;
  let panel: Panel;
  let session: SuitesSession;

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
    models = new ModelService({ sources: [local], log, pick: async () => "specimen-idk" });
    runs = new OpenRuns((uri) => readRun(suitesRuns, uri));
    made.push(models, runs);
    [session, panel] = newSession();
    await session.start();
    session.setup.change({ suites: ["rawAndChat", "whoAreYou"], size: 3 });
    await panel.until(
      "three cases each way",
      ({ offered }) => offered?.find(({ id }) => id === "rawAndChat")?.cases === 9,
    );
  });

  afterEach(async () => {
    for (const item of made.splice(0).reverse()) item.dispose();
    for (const { id } of models.list()) await models.unload(id);
    await rm(folder, { recursive: true, force: true });
  });

  function newSession(): [SuitesSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract);
    const services = { models, log, runs, storage: Uri.file(folder), memento: new KeptMemento(), writtenBy: "test" };
    const home = { beginElsewhere: undefined, renamed: () => undefined };
    const own = new SuitesSession(services, kept.remote, home);
    made.push(own);
    return [own, kept];
  }

  const ended = ({ run, running, grid }: State) => run?.ended === "done" && !running && grid?.provisional === false;

  async function savedRun() {
    const { open } = session.needShown();
    await open.settle();
    const text = await readFile(open.uri.fsPath, "utf8");
    return { uri: open.uri, text, saved: (await readSavedRun(text, suites, new AbortController().signal))! };
  }

  const texts = ({ answers }: SuitesReport) =>
    new Map([...answers.values()].map((each) => [answerKey(each), each.text]));

  it("forecasts, asks two models, saves by itself, and is the same when the file is opened with no model", async () => {
    await session.pickModel(null);
    const { forecast } = await panel.until("a forecast for two", (state) => state.forecast?.answers === 26);
    assert.ok(forecast!.tokens > 0);
    await session.begin();
    const { run, grid } = await panel.until("the end", ended);
    assert.deepEqual([run?.done, run?.total, run?.asSetUp, run?.models.length], [26, 26, true, 2]);
    assert.deepEqual(
      grid?.rows.map(({ variant, cells }) => [variant, cells.length]),
      [
        ["document", 2],
        ["bare text", 2],
        ["chat", 2],
        ["no system message", 2],
        ["system message", 2],
      ],
    );
    assert.equal(grid?.findings.length, 2);
    const { uri, saved } = await savedRun();
    assert.deepEqual([saved.report.answers.size, saved.report.ended], [26, "done"]);

    const [other, shown] = newSession();
    await other.start();
    await other.showRun(uri, true);
    const again = await shown.until("the saved run", (state) => state.grid && state.run);
    assert.deepEqual(again.grid, grid);
    await shown.until("its settings", (state) => state.run?.asSetUp);
  });

  it("opens a cell at its cases with the tokens of prompt and answer, and keeps a person's verdict", async () => {
    await session.begin();
    await panel.until("the end", ended);
    const model = session.setup.setup.models[0]!;
    session.needShown().openCell({ suite: "rawAndChat", variant: "chat", model });
    const { page } = await panel.until("the cell", (state) => state.page?.open);
    assert.equal(page?.rows.length, 3);
    assert.ok(page?.open?.prompt?.join("").includes(page.open.text));
    assert.deepEqual([page?.counts.right, page?.open?.answers[0]?.verdict], [3, "right"]);
    const item = page!.open!.id;
    session.needShown().correct(item, 0, false);
    await panel.until("the verdict", ({ page: now, grid }) => {
      const cell = grid?.rows.find(({ variant }) => variant === "chat")?.cells[0];
      return now?.open?.answers[0]?.corrected && now.counts.wrong === 1 && cell?.right.successes === 2;
    });
    session.needShown().setList("wrong", 0);
    await panel.until("the filter", ({ page: now }) => now?.total === 1 && now.rows[0]?.id === item);
    const { saved } = await savedRun();
    assert.equal(saved.report.corrections.size, 1);

    await session.begin();
    // An earlier test's run may have been compared with the first one.
    const { changes } = await panel.until("what changed", (state) => state.changes?.key === "Too few to tell:");
    assert.equal(changes?.rest, "Document or chat (chat) 2 of 3 before, 3 now.");
  });

  it("is paused with what came, read again, and goes on to what an uninterrupted run gives", async () => {
    session.setup.change({ size: 8, samples: 2, sampler: { ...session.setup.setup.sampler, temperature: 1 } });
    await session.begin();
    await panel.until("some answers", () => (session.shown?.open.report.answers.size ?? 0) >= 2);
    await session.pause();
    const { uri, text } = await savedRun();
    assert.ok(session.shown!.open.done < session.shown!.open.total, "it was paused in the middle");
    session.startOver();
    await new Promise((resolve) => setTimeout(resolve, 50));
    // As a process that was killed while it wrote leaves it.
    await writeFile(uri.fsPath, text);
    await appendFile(uri.fsPath, '{"type":"answer","mod');

    const [second, shown] = newSession();
    await second.start();
    await second.showRun(uri, true);
    await second.goOn();
    await shown.until("the end", ended);
    await second.shown?.open.settle();
    const resumed = (await readSavedRun(await readFile(uri.fsPath, "utf8"), suites, new AbortController().signal))!;
    assert.equal(resumed.run.cut, false);

    const [third, whole] = newSession();
    third.restore(session.setup.setup);
    await third.start();
    await third.begin();
    await whole.until("the end", ended);
    assert.deepEqual(texts(resumed.report), texts(third.shown!.open.report));
  });

  it("keeps what came when the model process is killed, and goes on in a new one", async () => {
    session.setup.change({ suites: ["letters", "dots"], size: 20 });
    await session.begin();
    await panel.until("some answers", () => (session.shown?.open.report.answers.size ?? 0) >= 3);
    const engine = await models.engine(session.setup.setup.models[0]!);
    assert.ok(engine instanceof ProcessEngine);
    process.kill(engine.pid!, "SIGKILL");
    const { problem } = await panel.until("the crash", (state) => state.problem);
    assert.deepEqual(problem?.actions, ["restart", "pickModel"]);
    assert.match(problem?.message ?? "", /The \d+ answers that came before are kept\.$/);
    session.retry();
    await panel.until("the end", ended);
    assert.equal(session.shown!.open.report.answers.size, 80);
  });

  it("refuses suites that cannot be read, and says why", async () => {
    const large = path.join(folder, "large.jsonl");
    await writeFile(large, "");
    await truncate(large, 50_000_000);
    await assert.rejects(session.setup.useFile(Uri.file(large).toString()), /large\.jsonl: It is larger than 5 MB/);
    const evil = path.join(folder, "evil.jsonl");
    await writeFile(evil, '{"text":"a"}\n{"text":"b","check":"matches","reference":"(a"}\n');
    await assert.rejects(session.setup.useFile(Uri.file(evil).toString()), /evil\.jsonl: Line 2: reference: .*RE2/);
    const { offered, setup } = await panel.until(
      "both with their reasons",
      ({ offered: all }) => all?.filter(({ problem }) => problem !== null).length === 2,
    );
    assert.ok(offered!.length >= 12);
    assert.deepEqual(setup?.suites, ["rawAndChat", "whoAreYou"]);
    session.setup.change({ suites: [] });
    await assert.rejects(session.begin(), /Choose at least one suite/);
    session.setup.undo();
    await panel.until("the suites again", (state) => state.setup?.suites.length === 2);
  });

  it("opens from its command and shows a saved run in the editor of its file", async () => {
    await commands.executeCommand(ids.openSuites, { suites: ["letters"] });
    await shownTab(({ input }) => input instanceof TabInputWebview && input.viewType.includes("suites"));
    await session.begin();
    await panel.until("the end", ended);
    const { uri } = await savedRun();
    await commands.executeCommand("vscode.openWith", uri, customEditors.run);
    await shownTab(({ input }) => input instanceof TabInputCustom && input.uri.fsPath === uri.fsPath);
  });
});

/** Tabs are told of a little after they are there. */
async function shownTab(wanted: (tab: Tab) => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!window.tabGroups.all.flatMap((group) => group.tabs).some(wanted)) {
    if (Date.now() > end) assert.fail("the tab was never shown");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
