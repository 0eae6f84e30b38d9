import assert from "node:assert/strict";
import { truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { commands, Uri } from "vscode";
import { commands as ids } from "../../src/contributions";
import type { SuitesReport } from "../../src/experiments/suites/report";
import { answerKey } from "../../src/experiments/suites/spec";
import { readRun } from "../../src/panels/runs/openRun";
import { suitesRuns } from "../../src/panels/suites/suitesRun";
import { SuitesSession } from "../../src/panels/suites/suitesSession";
import type { Streamed } from "../../webview/suites/cases";
import { panelContract, type SuitesState } from "../../webview/suites/protocol";
import { killProcessOf } from "./builtInModels";
import { KeptPanel } from "./keptPanel";
import { panelGround } from "./panelGround";
import { cutOff, savedRun } from "./runFiles";
import { assertStreamed } from "./streamedParts";
import { openInRunEditor, panelShown } from "./tabs";

type State = Partial<SuitesState>;
type Panel = KeptPanel<typeof panelContract, SuitesState>;

/** The session over the real source of models, the real process, the real specimen and real files. */
describe("panel of sharp edges", () => {
  const ground = panelGround((uri) => readRun(suitesRuns, uri), "specimen-idk");
  let panel: Panel;
  let session: SuitesSession;

  beforeEach(async () => {
    [session, panel] = newSession();
    await session.start();
    session.setup.change({ suites: ["rawAndChat", "whoAreYou"], size: 3 });
    await panel.until(
      "three cases each way",
      ({ offered }) => offered?.find(({ id }) => id === "rawAndChat")?.cases === 9,
    );
  });

  function newSession(): [SuitesSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract);
    const own = ground.own(new SuitesSession(ground.services, kept.remote, ground.home));
    return [own, kept];
  }

  const ended = ({ run, running, grid }: State) => run?.ended === "done" && !running && grid?.provisional === false;

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
    const { uri, saved } = await savedRun(session.needShown().open);
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
    const { saved } = await savedRun(session.needShown().open);
    assert.equal(saved.report.corrections.size, 1);

    await session.begin();
    // Until then the run before may be shown, compared with an earlier test's.
    const words = "Document or chat (chat) 2 of 3 before, 3 now.";
    const { changes } = await panel.until("what changed", (state) => state.changes?.rest === words);
    assert.equal(changes?.key, "Too few to tell:");
  });

  it("gives a run back that was read for a panel closed meanwhile: the next one reads its file", async () => {
    await session.begin();
    await panel.until("the end", ended);
    const { uri, text } = await savedRun(session.needShown().open);
    session.startOver();
    const [closed] = newSession();
    const showing = closed.showRun(uri, true);
    closed.dispose();
    await showing;
    assert.equal(closed.shown, undefined);
    await writeFile(uri.fsPath, text.slice(0, text.indexOf("\n") + 1));
    await session.showRun(uri, false);
    assert.equal(session.needShown().open.report.answers.size, 0);
  });

  it("shows answers as they come: of the open case, and before one is open of the one that is asked", async () => {
    // Ten begin together and count for many frames: an answer that begins is told in another way than one that goes on.
    session.setup.change({ suites: ["dots"], samples: 10, size: 3 });
    await panel.until("the suite", ({ setup, forecast }) => setup?.samples === 10 && forecast);
    await session.begin();
    const { now } = await panel.until("an answer that is being written", (state) => state.now?.running[0]);
    assert.equal(now?.suite, "dots");
    assert.ok(now.text.length > 0 && now.running.every(({ item }) => item === now.item));
    const { now: after } = await panel.until("the end", (state) => ended(state) && state.now === null);
    assert.equal(after, null);
    const { answers } = session.needShown().open.report;
    assertStreamed(panel.streamed as Streamed[], (part) => answers.get(answerKey(part))?.tokens);
  });

  it("is paused with what came, read again, and goes on to what an uninterrupted run gives", async () => {
    session.setup.change({ size: 8, samples: 2, sampler: { ...session.setup.setup.sampler, temperature: 1 } });
    await session.begin();
    await panel.until("some answers", () => (session.shown?.open.report.answers.size ?? 0) >= 2);
    await session.pause();
    const { uri, text } = await savedRun(session.needShown().open);
    assert.ok(session.shown!.open.done < session.shown!.open.total, "it was paused in the middle");
    session.startOver();
    await cutOff(uri, text, '{"type":"answer","mod');

    const [second, shown] = newSession();
    await second.start();
    await second.showRun(uri, true);
    second.goOn();
    await shown.until("the end", ended);
    const { saved: resumed } = await savedRun(second.needShown().open);
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
    await killProcessOf(ground.models, session.setup.setup.models[0]!);
    const { problem } = await panel.until("the crash", (state) => state.problem);
    assert.deepEqual(problem?.actions, ["restart", "pickModel"]);
    assert.match(problem?.message ?? "", /The \d+ answers that came before are kept\.$/);
    session.retry();
    await panel.until("the end", ended);
    assert.equal(session.shown!.open.report.answers.size, 80);
  });

  it("refuses suites that cannot be read, and says why", async () => {
    const large = path.join(ground.folder, "large.jsonl");
    await writeFile(large, "");
    await truncate(large, 50_000_000);
    await assert.rejects(session.setup.useFile(Uri.file(large).toString()), /large\.jsonl: It is larger than 5 MB/);
    const evil = path.join(ground.folder, "evil.jsonl");
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
    await panelShown("suites");
    await session.begin();
    await panel.until("the end", ended);
    const { uri } = await savedRun(session.needShown().open);
    await openInRunEditor(uri);
  });
});
