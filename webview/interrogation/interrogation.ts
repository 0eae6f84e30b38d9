import type { TemplateResult } from "lit";
import type * as v from "valibot";
import type { Mark } from "../../src/experiments/interrogation/spec";
import { connect, type Remote } from "../../src/rpc/rpc";
import { RowCache } from "../runs/rowCache";
import { RunFrame } from "../runs/runFrame";
import { withMore } from "../runs/streams";
import type { Host } from "../ui/vscodeApi";
import { Blocks, blockLines } from "./blocks";
import { emptyState } from "./emptyState";
import type { HeatLine } from "./heat";
import { keys } from "./keys";
import { nextMark } from "./marks";
import { page } from "./page";
import { hostContract, type InterrogationState, panelContract, type SetupChange } from "./protocol";
import { revealMarked, revealRow } from "./revealing";
import type { AnswerId, FilterKind, HeatView, ReviewRow, Streamed } from "./review";
import { RowPlaces } from "./rowPlaces";
import type { ForecastView } from "./setup";
import { type Draft, restored, type View } from "./view";

/** Typing rests for so long before questions are searched, milliseconds. */
const findMs = 150;

type Tokens = v.InferOutput<typeof hostContract.tokensOf.result>;

/** The run as the extension tells it, as the person looks at it, and what can be done. Draws after each change. */
export class Interrogation extends RunFrame<typeof hostContract, InterrogationState, View> {
  /** What is typed into the field that finds questions. */
  query = "";
  /** Place of the open question in the list; undefined where the list does not hold it. */
  row: number | undefined;
  /** How far the list is scrolled and how high it is, CSS pixels. */
  scrolled = 0;
  listHeight = 320;
  readonly blocks = new Blocks(() => this.draw());

  readonly host: Remote<typeof hostContract>;
  readonly rows: RowCache<ReviewRow>;
  private readonly tokens = this.fetched<Tokens>();
  private readonly costs = this.fetched<{ readonly forecast: ForecastView | null }>();
  /** Rows that begin a section, as far as they have come. */
  private headings = new Set<number>();
  private heated:
    | { readonly text: string | undefined; readonly heat: HeatView; readonly lines: readonly HeatLine[] }
    | undefined;
  private findTimer: number | undefined;
  /** A question of this run was opened. */
  private opened = false;
  /** The open question is still to be scrolled to: in the list, and in the text. */
  private revealsRow = false;
  private revealsText = false;

  constructor(root: HTMLElement, api: Host) {
    super(root, api, emptyState, restored(api.getState()));
    this.host = connect(
      panelContract,
      { ...this.functions, fixOpen: () => this.fix(), streamed: (parts) => this.hear(parts) },
      hostContract,
      api,
      (error) => this.fail(error),
    );
    this.rows = new RowCache(
      async (from, count) => {
        const window = await this.host.call("rows", { from, count });
        this.takeHeadings(from, count, window.rows);
        return window;
      },
      () => this.drawList(),
      (error) => this.fail(error),
    );
  }

  /** The question of this run that is being written. */
  get draft(): Draft | undefined {
    const { draft } = this.view;
    return draft && draft.run === this.state.run?.created ? draft : undefined;
  }

  get canRun(): boolean {
    const { running, busy, source, models, setup } = this.state;
    const asks = setup.asker !== "writer" || (models.writer !== null && models.writer.missing.sample === null);
    return !running && !busy && source.snippets > 0 && models.probed.missing.sample === null && asks;
  }

  /** Something is still to be asked and nothing is being asked. */
  override get interrupted(): boolean {
    const { run, running } = this.state;
    return !!run && !running && run.ended === null && (run.done < run.total || run.written < run.snippets);
  }

  /** Lines of the document with their heat: made anew only when text or heat have changed. */
  heatLines(make: () => readonly HeatLine[]): readonly HeatLine[] {
    const { document, heat } = this.state;
    if (this.heated?.heat !== heat || this.heated.text !== document?.text) {
      this.heated = { text: document?.text, heat, lines: make() };
    }
    return this.heated.lines;
  }

  get places(): RowPlaces {
    return new RowPlaces(this.state.list?.total ?? 0, this.headings);
  }

  /** Changes the setup at once on the screen; the host says what came of it. */
  set(change: SetupChange): void {
    this.show(change);
    this.watch(this.telling(this.host.call("change", change)));
  }

  filter(filter: FilterKind): void {
    this.do("setList", { filter, query: this.query });
  }

  /** Filters by a text once typing rests. */
  find(query: string): void {
    this.query = query;
    clearTimeout(this.findTimer);
    this.findTimer = window.setTimeout(() => this.filter(this.state.list?.filter ?? "all"), findMs);
  }

  /** Shows only what holds a text, or all again. */
  findNow(query: string): void {
    clearTimeout(this.findTimer);
    this.query = query;
    this.filter(this.state.list?.filter ?? "all");
    this.draw();
  }

  /** Accepts or drops the open question; the host opens the next. The same once more takes it back. */
  review(as: "accepted" | "dropped"): void {
    const { page: open } = this.state;
    if (!open) return;
    const again = open.reviewed === as;
    this.announcement = `Question ${open.number}: ${again ? "not reviewed" : as}`;
    this.do("review", { question: open.id, as: again ? null : as });
  }

  /** Changes the mark of an answer of the open question to the next one. */
  changeMark(sample: number): void {
    const answer = this.state.page?.answers.find((each) => each.sample === sample);
    if (answer) this.mark(sample, nextMark(answer.mark));
  }

  /** A person's own mark; null for the machine's. */
  mark(sample: number, mark: Mark | null): void {
    const { page: open } = this.state;
    if (!open) return;
    const machine = open.answers.find((each) => each.sample === sample)?.marked?.mark;
    this.do("mark", { question: open.id, sample, mark: mark === machine ? null : mark });
  }

  /** Opens the fields for the open question's wording. */
  fix(): void {
    const { page: open } = this.state;
    if (!open) return;
    const { id: question, file, line, text, answer } = open;
    this.write({ question, file, line, text, answer });
  }

  /** Opens the fields for a question of the person's own. */
  add(line: number): void {
    const { document } = this.state;
    if (document) this.write({ question: null, file: document.file, line, text: "", answer: "" });
  }

  private write(draft: Omit<Draft, "run">): void {
    const { run } = this.state;
    if (!run) return;
    this.setView({ draft: { run: run.created, ...draft } });
    requestAnimationFrame(() => this.root.querySelector<HTMLElement>("#draft-text")?.focus());
  }

  editDraft(change: Partial<Draft>): void {
    if (this.draft) this.setView({ draft: { ...this.draft, ...change } });
  }

  /** Keeps the draft as an event of the run; what is wrong with it stands beside its fields. */
  async saveDraft(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const { question, file, line } = draft;
    const [text, answer] = [draft.text.trim(), draft.answer.trim()];
    if (text === "" || answer === "") {
      return this.editDraft({
        error: text === "" ? "A question is needed." : "An answer is needed: what the file says.",
      });
    }
    try {
      if (question === null) await this.host.call("addQuestion", { file, line, text, answer });
      else await this.host.call("fix", { question, text, answer });
      if (this.draft === draft) this.cancelDraft();
    } catch (error) {
      this.editDraft({ error: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Closes the fields; the keys are the list's again. */
  cancelDraft(): void {
    this.setView({ draft: null });
    requestAnimationFrame(() => this.root.querySelector<HTMLElement>("#questions")?.focus());
  }

  /** What so many more answers to each question would cost; undefined until it has come. */
  costOfMore(answers: number): ForecastView | undefined {
    const { run } = this.state;
    const ask = async () => ({ forecast: await this.host.call("forecastMore", answers) });
    return this.costs.get([run?.created, run?.questions, run?.samples, answers], ask)?.forecast ?? undefined;
  }

  /** An answer's tokens with their log-probabilities; undefined until they have come. */
  tokensOf(id: AnswerId): Tokens | undefined {
    // A question that was fixed is asked anew, with other seeds.
    const seed = this.state.page?.answers.find(({ sample }) => sample === id.sample)?.seed;
    return this.tokens.get([this.state.run?.created, id, seed], () => this.host.call("tokensOf", id));
  }

  /** More of the open question's answers. */
  private hear(parts: readonly Streamed[]): void {
    const { page: open } = this.state;
    if (!open) return;
    const own = parts.filter(({ question }) => question === open.id);
    const running = withMore(open.running, own, ({ sample }) => String(sample));
    this.state = { ...this.state, page: { ...open, running } };
    this.drawList();
  }

  protected page(): TemplateResult {
    return page(this);
  }

  protected override keydown(event: KeyboardEvent): void {
    keys(event, this);
  }

  protected override drawn(): void {
    const list = this.root.querySelector<HTMLElement>("#questions.rv");
    if (list && list.clientHeight > 0 && list.clientHeight !== this.listHeight) {
      this.listHeight = list.clientHeight;
      this.draw();
    }
    const text = this.root.querySelector<HTMLElement>("#document");
    if (text) this.blocks.watch(text);
    if (list && this.revealsRow && this.row !== undefined) {
      this.revealsRow = false;
      revealRow(list, this.places, this.row);
    }
    if (this.revealsText) this.revealText(text);
  }

  private revealText(text: HTMLElement | null): void {
    const { page: open, document: shown } = this.state;
    const here = open && text && open.file === shown?.file;
    if (!here || revealMarked(text, Math.floor((open.line - 1) / blockLines))) this.revealsText = false;
  }

  protected took(before: InterrogationState): void {
    const { run, list, page: open, document } = this.state;
    const otherRun = run?.created !== before.run?.created;
    if (otherRun || list?.filter !== before.list?.filter || list?.query !== before.list?.query) this.forgetRows();
    if (otherRun) {
      this.opened = false;
      this.query = list?.query ?? "";
      this.unfolded = false;
    }
    if (document?.file !== before.document?.file || otherRun) this.blocks.clear();
    // What is typed for a question stays until it is open again.
    if (open?.id !== before.page?.id) this.follow();
    else if (list && list.version !== before.list?.version) this.follow(false);
    this.openFirst();
    this.draw();
  }

  /** A run shows its first question until a person opens another. */
  private openFirst(): void {
    const { run, list, page: open } = this.state;
    if (open) this.opened = true;
    if (!run || this.opened || !list || list.total === 0) return;
    this.opened = true;
    this.watch(this.host.call("step", 1));
  }

  /** Finds the place of the open question in the list, and shows it where it was just opened. */
  private follow(reveal = true): void {
    const id = this.state.page?.id;
    if (id === undefined) {
      this.row = undefined;
      return;
    }
    const find = async (): Promise<void> => {
      const row = await this.host.call("rowOf", id);
      if (this.state.page?.id !== id) return;
      this.row = row ?? undefined;
      this.revealsRow ||= reveal;
      this.revealsText ||= reveal;
      this.draw();
    };
    this.watch(find());
  }

  private forgetRows(): void {
    this.rows.clear();
    this.headings = new Set();
    this.scrolled = 0;
    this.follow(false);
  }

  private takeHeadings(from: number, count: number, rows: readonly ReviewRow[]): void {
    for (let at = 0; at < count; at++) {
      if (rows[at]?.first) this.headings.add(from + at);
      else this.headings.delete(from + at);
    }
  }
}
