import assert from "node:assert/strict";
import { truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { commands, Uri } from "vscode";
import { commands as ids } from "../../src/contributions";
import type { ArenaReport } from "../../src/experiments/arena/report";
import { arenaRuns } from "../../src/panels/arena/arenaRun";
import { ArenaSession } from "../../src/panels/arena/arenaSession";
import { readRun } from "../../src/panels/runs/openRun";
import { type ArenaState, panelContract } from "../../webview/arena/protocol";
import { killProcessOf } from "./builtInModels";
import { KeptPanel } from "./keptPanel";
import { panelGround } from "./panelGround";
import { cutOff, savedRun } from "./runFiles";
import { openInRunEditor, panelShown } from "./tabs";

type State = Partial<ArenaState>;
type Panel = KeptPanel<typeof panelContract, ArenaState>;

const texts = ["Who is Jane Austen?", "Who is Orson Kovacs?", "Who was Andy Warhol?"];

/** The session over the real source of models, the real process, the real specimen and real files. */
describe("arena", () => {
  const ground = panelGround((uri) => readRun(arenaRuns, uri), "specimen-base");
  let panel: Panel;
  let session: ArenaSession;

  beforeEach(async () => {
    [session, panel] = newSession();
    await session.start();
    session.setup.use({ kind: "typed", texts, from: null });
    await panel.until("three prompts", ({ prompts }) => prompts?.count === 3);
  });

  function newSession(): [ArenaSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract);
    const own = ground.own(new ArenaSession(ground.services, kept.remote, ground.home));
    return [own, kept];
  }

  const ended = ({ run, running }: State) => run?.ended === "done" && !running;
  const said = ({ answers }: ArenaReport) => [...answers.values()].map(({ text, seed }) => `${seed} ${text}`).sort();

  /** Two greedy contestants would say the same each time; these are asked so that they never do. */
  function twoWays(): void {
    const [first, second] = session.setup.setup.contestants;
    session.setup.setContestant({ ...first!, template: "{prompt}", maxTokens: 24 });
    session.setup.setContestant({
      ...second!,
      model: first!.model,
      template: "{prompt} Answer at length.",
      maxTokens: 32,
    });
  }

  it("hides who wrote what until the vote, takes votes back, ranks them, and saves by itself", async () => {
    const { called, cost } = panel.state;
    assert.deepEqual(called, ["Specimen, chat", "Specimen, “I don’t know”"]);
    assert.deepEqual(cost, { answers: 6, tokensAtMost: 1536, pairs: 3 });
    await session.begin();
    await panel.until("the end", ended);
    const { pair, running } = await panel.until("a pair", (state) => state.pair);
    assert.equal(running, null);
    assert.doesNotMatch(JSON.stringify(pair), /[Ss]pecimen|tokens|seed/);
    const open = session.needShown().open;
    const answer = [...open.report.answers.values()][0]!;
    assert.throws(() => session.needShown().tokensOf(answer), /together with the names/);
    session.needShown().vote(pair!.place, "left");
    const voted = await panel.until("the names", (state) => state.pair?.revealed);
    assert.deepEqual([voted.pair!.revealed!.left.name, voted.pair!.revealed!.right.name].sort(), [
      "Specimen, chat",
      "Specimen, “I don’t know”",
    ]);
    assert.equal(
      session.needShown().tokensOf(voted.pair!.revealed!.left.answer).tokens.length,
      voted.pair!.revealed!.left.tokens,
    );
    assert.throws(() => session.needShown().vote(pair!.place, "right"), /takes no vote now/);
    session.needShown().undoVote();
    await panel.until("hidden again", (state) => state.pair && !state.pair.revealed);
    session.needShown().vote(pair!.place, "right");
    const { ranking } = await panel.until("the ranking", (state) => state.ranking?.votes === 1);
    assert.equal(ranking?.finding.key, "Not enough votes to tell:");
    assert.equal(ranking?.again, 1);
    const { uri, saved } = await savedRun(session.needShown().open);
    assert.equal(saved.report.answers.size, 6);
    assert.notEqual(saved.run.spec.sides, undefined);

    const [other, shown] = newSession();
    await other.start();
    await other.showRun(uri, true);
    const again = await shown.until("the saved run", (state) => state.ranking?.votes === 1);
    assert.deepEqual([again.run?.done, again.run?.total, again.run?.asSetUp], [3, 3, true]);
    assert.equal(again.voting?.recent[0]?.choice, "right");
  });

  it("hides names to the end where it is wanted so, and then takes no more votes", async () => {
    twoWays();
    session.setup.change({ names: "atEnd" });
    await session.begin();
    await panel.until("the end", ended);
    for (let votes = 0; votes < panel.state.voting!.wanted; votes++) {
      const { pair } = await panel.until(
        "a pair",
        (state) => state.pair?.choice === null && state.voting?.voted === votes,
      );
      session.needShown().vote(pair!.place, "left");
      await panel.until("the vote", (state) => state.voting?.voted === votes + 1);
    }
    const { voting, ranking, run } = await panel.until("no pair", (state) => state.pair === null);
    assert.ok(voting!.voted > 0);
    assert.ok(voting!.recent.every(({ names }) => names === null));
    assert.deepEqual([ranking?.votes, run?.file.open], [0, false]);
    session.needShown().reveal();
    const revealed = await panel.until(
      "all names",
      (state) => state.voting?.closed && state.ranking?.votes === voting!.voted,
    );
    assert.deepEqual(revealed.ranking?.rows.map(({ name }) => name).sort(), [
      "Specimen, chat, prompt 1, 24 tokens",
      "Specimen, chat, prompt 2, 32 tokens",
    ]);
    assert.equal(revealed.run?.file.open, true);
    assert.throws(() => session.needShown().undoVote(), /votes stay as they are/);
  });

  it("is paused with what came, read again after a line was cut off, and goes on to what an uninterrupted run gives", async () => {
    await session.compareStages();
    await panel.until("some answers", () => session.needShown().open.report.answers.size >= 2);
    await session.pause();
    assert.equal(panel.state.setup?.names, "always");
    const { uri, text } = await savedRun(session.needShown().open);
    assert.ok(session.needShown().open.done < 9, "it was paused in the middle");
    session.startOver();
    await cutOff(uri, text, '{"type":"answer","pro');
    const [second, shown] = newSession();
    await second.start();
    await second.showRun(uri, true);
    second.goOn();
    const { sheet } = await shown.until(
      "the end",
      (state) => ended(state) && state.sheet?.columns[2]?.cells[0]?.reason,
    );
    assert.deepEqual(
      sheet?.columns.map(({ name }) => name),
      ["Base", "Chat", "I don’t know"],
    );
    assert.equal(sheet?.prompt, texts[0]);
    await session.compareStages();
    await panel.until("the end", ended);
    assert.deepEqual(said(second.needShown().open.report), said(session.needShown().open.report));
  });

  it("keeps what came when the model process is killed, and goes on in a new one", async () => {
    session.setup.change({ rounds: 8 });
    await session.begin();
    await panel.until("some answers", () => session.needShown().open.report.answers.size >= 3);
    await killProcessOf(ground.models, session.setup.setup.contestants[0]!.model);
    const { problem } = await panel.until("the crash", (state) => state.problem);
    assert.deepEqual(problem?.actions, ["restart", "pickModel"]);
    session.retry();
    await panel.until("the end", ended);
    assert.equal(session.needShown().open.report.answers.size, 48);
  });

  it("takes the prompts of a file, a section each", async () => {
    const file = path.join(ground.folder, "prompts.md");
    await writeFile(file, "# One\n\nWho is Jane Austen?\n\n# Two\n\nWho is\nOrson Kovacs?\n");
    session.setup.use({ kind: "file", uri: Uri.file(file).toString(), name: "prompts.md" });
    const { prompts, cost } = await panel.until("two prompts", (state) => state.prompts?.count === 2);
    assert.deepEqual(prompts, {
      count: 2,
      label: "2 prompts of prompts.md",
      problem: null,
      first: "Who is Jane Austen?",
    });
    assert.equal(cost?.answers, 4);
    session.setup.undo();
    await panel.until("three prompts again", (state) => state.prompts?.count === 3);
  });

  it("says what stands in the way: a file of 50 MB, a table, no prompt, a run that is none", async () => {
    const large = path.join(ground.folder, "large.txt");
    await writeFile(large, "");
    await truncate(large, 50_000_000);
    session.setup.use({ kind: "file", uri: Uri.file(large).toString(), name: "large.txt" });
    const { prompts } = await panel.until("the reason", (state) => state.prompts?.problem);
    assert.match(prompts!.problem!, /large\.txt is larger than 5 MB/);
    await assert.rejects(session.begin(), /larger than 5 MB/);
    const table = path.join(ground.folder, "table.csv");
    await writeFile(table, "prompt\nx\n");
    session.setup.use({ kind: "file", uri: Uri.file(table).toString(), name: "table.csv" });
    await panel.until("the other reason", (state) => state.prompts?.problem?.startsWith("Tables are not read"));
    session.setup.use({ kind: "typed", texts: ["  "], from: null });
    await panel.until("nothing", (state) => state.prompts?.problem?.startsWith("Write a prompt"));
    const broken = path.join(ground.folder, "broken.promptscope.jsonl");
    await writeFile(broken, "no run\n");
    await assert.rejects(session.showRun(Uri.file(broken), true), /Line 1 is not the header/);
  });

  it("opens by its command, and a saved run in its file's own editor", async () => {
    await session.begin();
    await panel.until("the end", ended);
    const { uri } = await savedRun(session.needShown().open);
    await commands.executeCommand(ids.openArena, { prompt: "Who is Jane Austen?" });
    await panelShown("promptscope.arena");
    await openInRunEditor(uri);
  });
});
