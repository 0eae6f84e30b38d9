import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { commands, Uri } from "vscode";
import { commands as ids } from "../../src/contributions";
import { writeDataSet } from "../../src/panels/interrogation/exporting";
import { interrogationRuns } from "../../src/panels/interrogation/interrogationRun";
import { InterrogationSession } from "../../src/panels/interrogation/interrogationSession";
import { readRun } from "../../src/panels/runs/openRun";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { AddedTokenizerStore } from "../../src/tokens/addedTokenizers";
import { TokenizerService } from "../../src/tokens/tokenizerService";
import { type InterrogationState, panelContract } from "../../webview/interrogation/protocol";
import type { Streamed } from "../../webview/interrogation/review";
import { extension, killProcessOf } from "./builtInModels";
import { KeptPanel } from "./keptPanel";
import { panelGround } from "./panelGround";
import { silent as log } from "./quiet";
import { savedRun } from "./runFiles";
import { assertStreamed } from "./streamedParts";
import { openInRunEditor, panelShown } from "./tabs";

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
  const ground = panelGround((uri) => readRun(interrogationRuns, uri));
  let tokenizers: TokenizerService;
  let panel: Panel;
  let session: InterrogationSession;

  beforeEach(async () => {
    const dist = path.join(extension.extensionPath, "dist");
    const source = directorySource(dist);
    const added = new AddedTokenizerStore(ground.folder, path.join(dist, "packWorker.mjs"), source);
    tokenizers = ground.own(new TokenizerService(source, added, log));
    [session, panel] = newSession();
    await session.start();
    await writeFile(path.join(ground.folder, "town.md"), town);
    useFiles("town.md");
    await panel.until("the text", ({ source: view }) => view?.snippets === 2 && !view.looking);
  });

  function newSession(): [InterrogationSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract);
    const services = { ...ground.services, tokenizers };
    const home = { ...ground.home, learned: () => undefined };
    const own = ground.own(new InterrogationSession(services, kept.remote, home));
    return [own, kept];
  }

  function useFiles(...names: string[]): void {
    const files = names.map((name) => ({ uri: Uri.file(path.join(ground.folder, name)).toString(), name }));
    session.use({ kind: "files", files });
  }

  const ended = ({ run, running, figures }: State) =>
    run?.ended === "done" && !running && figures && !figures.provisional;

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

  it("shows the open question's answers as they come, and their tokens once they are there", async () => {
    session.setup.change({ samples: 40 });
    await session.begin();
    await panel.until("a first question", (state) => (state.list?.total ?? 0) > 0);
    const last = session.needShown().rows(0, 10).rows.at(-1)!.id;
    session.needShown().openQuestion(last);
    await panel.until("a part of an answer", () => panel.streamed.length > 0);
    // Opened once more, its page has what came before.
    session.needShown().openQuestion(last);
    const { page: half } = await panel.until("an answer that is being written", (state) => state.page?.running[0]);
    assert.ok(half!.running.every(({ question, tokens }) => question === last && tokens.length > 0));
    const { page: shown } = await panel.until("the end", (state) => ended(state) && state.page?.answers.length === 40);
    assert.deepEqual(shown?.running, []);
    const { questions } = session.needShown().open.report;
    const parts = panel.streamed as Streamed[];
    assertStreamed(parts, ({ question, sample }) => questions.get(question)?.answers.get(sample)?.pieces);
    const id = { question: shown!.id, sample: 0 };
    const { tokens, logProbs } = session.needShown().tokensOf(id);
    assert.ok(tokens.join("").includes(shown!.answers[0]!.text));
    assert.equal(logProbs.length, tokens.length);
    assert.ok(shown!.answers.every(({ surprisal }) => surprisal !== null && surprisal > 0));
    assert.throws(() => session.needShown().tokensOf({ ...id, sample: 99 }), /not in the run/);
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

    const { report } = (await savedRun(session.needShown().open)).saved;
    assert.deepEqual([...report.questions].map(({ reviewed }) => reviewed).filter(Boolean), ["accepted"]);
    assert.equal(report.questions.get(second!.id)?.fixed, true);
    for (let step = 0; step < 4; step++) await session.review.undo();
    const { saved: before } = await savedRun(session.needShown().open);
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
    const before = (await savedRun(session.needShown().open)).saved.report;
    assert.equal(before.ended, undefined);
    assert.ok(session.needShown().open.done < 40, "it was paused in the middle");
    session.goOn();
    await killProcessOf(ground.models, session.setup.setup.probed);
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
    await writeFile(
      path.join(ground.folder, "island.md"),
      "Wren Heksvik was a bookbinder. Tomasz Belmora was a pilot.",
    );
    useFiles("town.md", "island.md");
    await panel.until("both texts", ({ source }) => source?.files.length === 2);
    await session.begin();
    const { export: foreseen } = await panel.until("the end", (state) => ended(state) && state.export);
    assert.deepEqual([foreseen?.files, foreseen?.heldOut], [2, 1]);
    const { open, options } = session.needShown();
    const target = Uri.file(path.join(ground.folder, "set"));
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
    await mkdir(path.join(ground.folder, "texts"));
    await writeFile(path.join(ground.folder, "texts", "town.md"), town);
    await writeFile(path.join(ground.folder, "texts", "binary.txt"), Buffer.from([104, 0, 1, 2]));
    await writeFile(path.join(ground.folder, "texts", "huge.txt"), "A long text. ".repeat(90_000));
    session.use({ kind: "folder", uri: Uri.file(path.join(ground.folder, "texts")).toString(), name: "texts" });
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
    await writeFile(path.join(ground.folder, "facts.jsonl"), facts.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
    session.use({
      kind: "facts",
      uri: Uri.file(path.join(ground.folder, "facts.jsonl")).toString(),
      name: "facts.jsonl",
    });
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
      files: [{ uri: Uri.file(path.join(ground.folder, "gone.md")).toString(), name: "gone.md" }],
    });
    const gone = await panel.until("the reason", (state) => state.source?.refused[0]?.name === "gone.md");
    assert.equal(gone.source?.snippets, 0);
    await assert.rejects(session.begin(), /no text here/);
  });

  it("opens from its command on a file, and shows a saved run in the editor of its file", async () => {
    await commands.executeCommand(ids.openInterrogation, Uri.file(path.join(ground.folder, "town.md")));
    await panelShown("interrogation");
    await session.begin();
    await panel.until("the end", ended);
    const { uri } = session.needShown().open;
    await openInRunEditor(uri);
  });
});
