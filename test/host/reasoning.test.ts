import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { commands, Uri } from "vscode";
import { commands as ids } from "../../src/contributions";
import { sampleKey } from "../../src/experiments/reasoning/spec";
import { reasoningRuns } from "../../src/panels/reasoning/reasoningRun";
import { ReasoningSession } from "../../src/panels/reasoning/reasoningSession";
import { readRun } from "../../src/panels/runs/openRun";
import { panelContract, type ReasoningState } from "../../webview/reasoning/protocol";
import { killProcessOf } from "./builtInModels";
import { KeptPanel } from "./keptPanel";
import { panelGround } from "./panelGround";
import { cutOff, savedRun } from "./runFiles";
import { openInRunEditor, panelShown } from "./tabs";

type State = Partial<ReasoningState>;
type Panel = KeptPanel<typeof panelContract, ReasoningState>;

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
  const ground = panelGround((uri) => readRun(reasoningRuns, uri));
  let panel: Panel;
  let session: ReasoningSession;

  beforeEach(async () => {
    [session, panel] = newSession();
    await session.start();
    session.setup.change({ source: { ...three, families: [...three.families] }, arms: twoArms });
    await panel.until("three questions", ({ questions }) => questions?.count === 3);
  });

  function newSession(): [ReasoningSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract, told);
    const own = ground.own(new ReasoningSession(ground.services, kept.remote, ground.home));
    return [own, kept];
  }

  /** What a failure shows: the whole state is too long. */
  const told = ({ problem, busy, running, run }: State) => ({
    problem,
    busy,
    running,
    run: run && { ...run, arms: 0 },
  });
  const ended = ({ run, running, figures }: State) =>
    run?.ended === "done" && !running && figures?.provisional === false;

  it("forecasts, runs, saves by itself, and is the same when the file is opened with no model", async () => {
    const { forecast } = await panel.until("a forecast with a time", (state) => state.forecast?.seconds != null);
    assert.equal(forecast?.answers, 6);
    await session.begin();
    const { run, figures, list } = await panel.until("the end", ended);
    assert.deepEqual([run?.done, run?.total, run?.asSetUp], [6, 6, true]);
    assert.equal(figures?.arms.length, 2);
    assert.equal(figures?.findings[0]?.kind, "tooFew");
    assert.equal(list?.counts.all, 3);
    const { uri, saved } = await savedRun(session.needShown().open);
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
    await session.begin();
    await panel.until("some answers", () => (session.shown?.open.report.answers.length ?? 0) >= 2);
    await session.pause();
    const { uri, text } = await savedRun(session.needShown().open);
    assert.equal(session.shown?.open.report.ended, undefined);
    assert.ok((session.shown?.open.done ?? 12) < 12, "it was paused in the middle");
    session.startOver();
    await cutOff(uri, text, '{"type":"sample","mod');

    const [second, shown] = newSession();
    await second.start();
    await second.showRun(uri, true);
    assert.equal(second.shown?.open.total, 12);
    second.goOn();
    await shown.until("the end", ended);
    const { saved: resumed } = await savedRun(second.needShown().open);
    assert.equal(resumed.run.cut, false);

    const [third, whole] = newSession();
    third.restore(session.setup.setup);
    await third.start();
    await third.begin();
    await whole.until("the end", ended);
    const texts = (report: typeof resumed.report) =>
      new Map([...report.answers].map((each) => [sampleKey(each), each.text]));
    assert.deepEqual(texts(resumed.report), texts(third.shown!.open.report));
  });

  it("asks one question, reads when it knew, follows a planted mistake and keeps corrections", async () => {
    session.setup.use({ kind: "one", text: "Start with 4. Add 3. What is the result?", answer: "7", from: null });
    await panel.until("one question", ({ questions }) => questions?.count === 1);
    await session.begin();
    const { page, figures } = await panel.until("the end", ended);
    assert.equal(figures?.findings[0]?.kind, "example");
    const cell = page?.cells.find(({ arm }) => arm === "steps");
    const answer = cell?.samples[0];
    assert.ok(cell && answer && answer.steps.length > 0, "there are steps");
    const id = { model: cell.model, question: page!.id, arm: "steps", sample: 0 };
    const told = session.needShown().tokensOf(id);
    assert.equal(told.tokens.length, answer.tokens);
    assert.equal(told.tokens.length, told.logProbs.length);

    await session.lookInto((looking, run) => looking.known(run, id, "steps"));
    const known = await panel.until("the curve", (state) => cellOf(state)?.known);
    assert.equal(cellOf(known)?.known?.length, answer.steps.length + 1);

    const step = answer.steps[0]!;
    const replacement = session.needShown().plantedMistake(id, step.start, step.end);
    assert.ok(replacement !== null && replacement !== answer.text.slice(step.start, step.end));
    const change = { ...id, start: step.start, end: step.end, replacement, planted: true, continuations: 2 };
    await session.lookInto((looking, run) => looking.edit(run, change));
    const edited = await panel.until("the edit", (state) => state.page?.edits.length);
    assert.equal(edited.page?.edits[0]?.changed.length, 2);
    assert.equal(edited.page?.edits[0]?.unchanged.length, 2);

    session.needShown().correct(id, "refused");
    await panel.until("the correction", (state) => cellOf(state)?.corrected && cellOf(state)?.verdict === "refused");
    session.needShown().readAs(id, "7");
    await panel.until("the reading", (state) => cellOf(state)?.verdict === "right" && cellOf(state)?.extracted === "7");
    session.needShown().correct(id, null);
    await panel.until("the grader's verdict again", (state) => cellOf(state)?.corrected === false);
    const { saved } = await savedRun(session.needShown().open);
    assert.deepEqual([saved.report.edits.length, saved.report.known.size, saved.report.corrections.size], [1, 1, 0]);
  });

  it("keeps what came when the model process is killed, and goes on in a new one", async () => {
    session.setup.change({ source: { ...three, families: [...three.families], count: 12 }, samples: 4 });
    await panel.until("twelve questions", ({ questions }) => questions?.count === 12);
    await session.begin();
    await panel.until("some answers", () => (session.shown?.open.report.answers.length ?? 0) >= 4);
    await killProcessOf(ground.models, session.setup.setup.models[0]!);
    const { problem } = await panel.until("the crash", (state) => state.problem);
    assert.deepEqual(problem?.actions, ["restart", "pickModel"]);
    const kept = session.shown!.open.report.answers.length;
    assert.ok(kept >= 4);
    session.retry();
    await panel.until("the end", ended);
    assert.equal(session.shown!.open.report.answers.length, 96);
  });

  it("refuses what cannot be read, and says why", async () => {
    const broken = path.join(ground.folder, "broken.promptscope.jsonl");
    await writeFile(broken, "no run\n");
    await assert.rejects(session.showRun(Uri.file(broken), true), /Line 1 is not the header/);
    session.setup.use({
      kind: "file",
      uri: Uri.file(path.join(ground.folder, "gone.jsonl")).toString(),
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
    await panelShown("reasoning");
    await session.begin();
    await panel.until("the end", ended);
    const { uri } = await savedRun(session.needShown().open);
    await openInRunEditor(uri);
  });
});

function cellOf({ page }: State) {
  return page?.cells.find(({ arm }) => arm === "steps")?.samples[0];
}
