import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { commands, Uri } from "vscode";
import { commands as ids } from "../../src/contributions";
import { cellKey } from "../../src/experiments/hallucination/spec";
import { claimsSource } from "../../src/panels/hallucination/claimQuestions";
import { openRequest, textSource } from "../../src/panels/hallucination/openRequest";
import { probeRuns } from "../../src/panels/hallucination/probeRun";
import { ProbeSession } from "../../src/panels/hallucination/probeSession";
import { readRun } from "../../src/panels/runs/openRun";
import type { Streamed } from "../../webview/hallucination/items";
import { type ProbeState, panelContract } from "../../webview/hallucination/protocol";
import { killProcessOf } from "./builtInModels";
import { KeptMemento, KeptPanel } from "./keptPanel";
import { panelGround } from "./panelGround";
import { savedRun } from "./runFiles";
import { assertStreamed } from "./streamedParts";
import { openInRunEditor, panelShown } from "./tabs";

type State = Partial<ProbeState>;
type Panel = KeptPanel<typeof panelContract, ProbeState>;

/** Small enough for a test, and still with a verdict: five controls a side is the least. */
const small = { samples: 4, maxTokens: 24, controls: { each: 5, kind: "auto", seed: 4 } } as const;
const page = "Orson Kovacs was a keeper of the Sandrey light.";

/** The session over the real source of models, the real process and the real specimen. */
describe("probe panel", () => {
  const ground = panelGround((uri) => readRun(probeRuns, uri));
  /** Of all sessions of a test: the last calibration is kept in it. */
  let memento: KeptMemento;
  let panel: Panel;
  let session: ProbeSession;

  beforeEach(async () => {
    memento = new KeptMemento();
    [session, panel] = newSession();
    await session.start();
    session.setup.change({ ...small, controls: { ...small.controls } });
  });

  function newSession(): [ProbeSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract, told);
    const services = { ...ground.services, memento };
    const own = ground.own(new ProbeSession(services, kept.remote, ground.home));
    return [own, kept];
  }

  /** What a failure shows: the whole state is too long. */
  const told = ({ problem, busy, running, run }: State) => ({ problem, busy, running, run });
  const ended = ({ run, running, figures, list }: State) =>
    run?.ended === "done" && !running && figures?.provisional === false && (list?.version ?? 0) > 0;

  async function probed(): Promise<State> {
    await session.begin();
    return panel.until("the end", ended);
  }

  it("forecasts, probes a name with its controls, and is the same when the file is opened", async () => {
    session.setup.use({ kind: "entity", name: "Orson Kovacs", entityKind: "person", reference: "", from: null });
    const { asked, forecast } = await panel.until("a forecast", ({ forecast: view }) => view);
    assert.deepEqual([asked?.label, asked?.controls.known, asked?.controls.invented], ["Who is Orson Kovacs?", 5, 5]);
    assert.equal(forecast?.answers, 11 * 5);
    await probed();
    const { page: shown } = await panel.until("the interval", (state) => state.page?.cells[0]?.interval);
    assert.ok(shown?.verdict, "there is a verdict");
    assert.deepEqual(
      shown.verdict.evidence.map(({ name }) => name),
      panel.state.figures?.fits.map(({ name }) => name),
    );
    const [closed] = shown.cells;
    assert.equal(closed?.answers.length, 4);
    assert.equal(
      closed?.meanings.reduce((sum, { answers }) => sum + answers.length, 0),
      4,
    );
    assert.equal(
      closed?.greedy?.pieces.every(({ top }) => top.length === 5),
      true,
    );
    assert.ok(closed!.interval!.low <= closed!.entropy! && closed!.entropy! <= closed!.interval!.high);
    assert.deepEqual(
      panel.state.figures?.fits.map(({ known, invented }) => [known.length, invented.length])[0],
      [5, 5],
    );
    const { rows, total } = session.needShown().views.rows(0, 100);
    assert.deepEqual([total, rows[0]?.verdict], [11, shown.verdict.verdict]);
    const { uri, saved } = await savedRun(session.needShown().open);
    assert.equal(saved.report.ended, "done");

    const [other, again] = newSession();
    await other.start();
    await other.showRun(uri, true);
    await again.until("the saved run", (state) => ended(state) && state.page?.cells[0]?.interval);
    assert.deepEqual(again.state.page, panel.state.page);
    assert.deepEqual(again.state.figures, panel.state.figures);
    assert.equal(again.state.run?.asSetUp, true);
  });

  it("shows the open question's answers as they come", async () => {
    session.setup.change({
      controls: { each: 0, kind: "auto", seed: 4 },
      samples: 100,
      maxTokens: 48,
      source: { kind: "question", text: "Who is Orson Kovacs?", reference: "", from: null },
    });
    await session.begin();
    const { page: shown } = await panel.until("an answer that is being written", ({ page: open }) => open?.running[0]);
    assert.equal(
      shown?.running.every(({ item, book }) => item === "asked" && book === "closed"),
      true,
    );
    const { page: whole } = await panel.until("the end", ended);
    assert.deepEqual(whole?.running, []);
    const { cells } = session.needShown().open.report;
    const parts = panel.streamed as Streamed[];
    assertStreamed(parts, (part) => cells.get(cellKey(part))?.answers.get(part.sample)?.tokens);
  });

  it("groups anew when a person corrects it, and takes that back", async () => {
    session.setup.change({
      controls: { each: 0, kind: "auto", seed: 4 },
      source: { kind: "question", text: "Who is Orson Kovacs?", reference: "", from: null },
    });
    const { page: shown } = await probed();
    assert.equal(shown?.verdict?.verdict, "cannotTell");
    const before = shown!.cells[0]!;
    const [largest] = before.meanings;
    const id = { item: "asked", book: "closed" };
    const apart = before.meanings.length > 1;
    // Joined where there were several meanings, parted where there was one.
    const to = apart ? before.meanings[1]!.answers[0]! : null;
    if (!apart)
      session.needShown().corrections.make([{ type: "corrected", ...id, sample: 0, mark: "refusal", value: true }]);
    else session.needShown().moveAnswer({ ...id, sample: largest!.answers[0]!, to });
    session.corrected();
    await panel.until(
      "another grouping",
      (state) =>
        state.page?.cells[0]?.meanings.length !== before.meanings.length ||
        state.page?.cells[0]?.meanings[0]?.answers.length !== largest!.answers.length,
    );
    assert.equal(panel.state.canUndoCorrection, true);
    assert.equal(session.needShown().open.report.ended, "done");
    if (apart) {
      const pairs = session.needShown().judgements(id);
      assert.equal(pairs[0]?.by, "person");
    }
    session.needShown().corrections.undo();
    session.corrected();
    await panel.until(
      "as it was",
      (state) => JSON.stringify(state.page?.cells[0]?.meanings) === JSON.stringify(before.meanings),
    );
    const { saved } = await savedRun(session.needShown().open);
    assert.equal(saved.report.ended, "done");
  });

  it("holds memory against the page, and against a page with a changed fact", async () => {
    session.setup.change({
      source: { kind: "question", text: "Who is Orson Kovacs?", reference: "keeper", from: null },
      books: { page: { kind: "text", text: page, name: "note.md" }, misleading: true, change: null },
    });
    const { asked } = await panel.until("the book", (state) => state.asked?.book?.holds === 1);
    assert.equal(asked?.book?.change?.from, "keeper");
    assert.equal(asked?.book?.problem, null);
    const { page: shown, run } = await probed();
    assert.deepEqual(
      shown?.cells.map(({ kind }) => kind),
      ["closed", "open", "misleading"],
    );
    // The question with its two pages, and a known control with two of its own.
    assert.deepEqual([run?.done, run?.total], [11 + 4, 11 + 4]);
    assert.equal(shown?.beside.length, 1);
    for (const { follows, wins } of shown!.cells) {
      assert.equal(
        Object.values(follows).reduce((sum, each) => sum + each, 0),
        4,
      );
      assert.notEqual(wins, "");
    }
  });

  it("keeps what came when the model process is killed, and goes on where it was", async () => {
    session.setup.use({ kind: "set", id: "capitals", limit: 6 });
    await panel.until("six questions", ({ asked }) => asked?.questions === 6);
    await session.begin();
    await panel.until("some answers", () => session.needShown().open.done >= 2);
    await killProcessOf(ground.models, session.setup.setup.model);
    const { problem } = await panel.until("the crash", (state) => state.problem);
    assert.deepEqual(problem?.actions, ["restart", "pickModel"]);
    const kept = session.needShown().open.done;
    assert.ok(kept >= 2 && kept < 16, String(kept));
    await session.retry();
    const { figures, list } = await panel.until("the end", ended);
    assert.equal(session.needShown().open.done, 16);
    assert.equal(list?.counts.asked, 6);
    assert.equal(
      Object.values(figures!.verdicts).reduce((sum, each) => sum + each, 0),
      6,
    );
  });

  it("calibrates on what the model has seen, and knows that of the model from then on", async () => {
    session.setup.change({ source: { kind: "calibration", each: 5 } });
    await panel.until("the names", ({ asked }) => (asked?.controls.known ?? 0) > 10);
    await probed();
    const { calibration, run } = await panel.until("the tables", (state) => state.calibration?.provisional === false);
    assert.equal(run?.kind, "calibration");
    assert.equal(calibration?.exposure, true);
    assert.deepEqual(
      calibration?.rows.map(({ bucket, people }) => [bucket, people]),
      [
        ["0", 5],
        ["1–3", 5],
        ["4–20", 5],
        ["21+", 5],
        ["invented people", 5],
      ],
    );
    assert.equal(calibration?.rows[3]?.areas[0]?.area.negatives, 5);
    session.startOver();
    await panel.until("kept", (state) => state.run === null && state.calibration?.provisional === false);
  });

  it("takes sentences apart into questions, and says what cannot be asked", async () => {
    const source = await claimsSource(
      "Jane Austen was a novelist. The capital of Peru is Lima. Is it? Nothing.",
      "a.md:3",
    );
    assert.deepEqual(
      source.claims.map(({ question, answer, by }) => [question, answer, by]),
      [
        ["Who was Jane Austen?", "novelist", "rule"],
        ["What is the capital of Peru?", "Lima", "rule"],
      ],
    );
    await assert.rejects(claimsSource("x".repeat(5_000_000), null), /5,000,000 characters/);
    assert.equal((await textSource("Who is he?", null)).kind, "question");
    assert.deepEqual(await textSource("Hungary", null), {
      ...{ kind: "entity", name: "Hungary", entityKind: "place", reference: "", from: null },
    });
    const file = Uri.file(path.join(ground.folder, "a.md"));
    await writeFile(file.fsPath, "# Head\n\nJane Austen was a novelist.\n");
    const { source: ofFile } = await openRequest({ uri: file.toString() });
    assert.equal(ofFile?.kind === "claims" && ofFile.claims.length, 1);

    session.setup.use({
      kind: "file",
      uri: Uri.file(path.join(ground.folder, "gone.jsonl")).toString(),
      name: "gone.jsonl",
      limit: null,
    });
    await panel.until("the reason", ({ asked }) => asked?.problem);
    await assert.rejects(session.begin(), /gone\.jsonl/);
    session.setup.undo();
    await panel.until("nothing asked again", ({ asked }) => /Write a question/.test(asked?.problem ?? ""));
  });

  it("opens from its command and shows a saved probe in the editor of its file", async () => {
    await commands.executeCommand(ids.openProbe, { question: "Who is Orson Kovacs?" });
    await panelShown("probe");
    session.setup.change({
      controls: { each: 0, kind: "auto", seed: 4 },
      samples: 1,
      source: { kind: "question", text: "Who is Orson Kovacs?", reference: "", from: null },
    });
    await probed();
    const { uri } = await savedRun(session.needShown().open);
    await openInRunEditor(uri);
  });
});
