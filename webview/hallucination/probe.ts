import type { TemplateResult } from "lit";
import type * as v from "valibot";
import { connect, type Remote } from "../../src/rpc/rpc";
import { OpenRow } from "../runs/openRow";
import { RowCache } from "../runs/rowCache";
import { RunFrame } from "../runs/runFrame";
import { withMore } from "../runs/streams";
import type { Host } from "../ui/vscodeApi";
import { emptyState } from "./emptyState";
import type { AnswerId, CellId, CellView, ItemRow, JudgementView, Streamed } from "./items";
import { keys } from "./keys";
import { page } from "./page";
import { hostContract, type ProbeState, panelContract, type SetupChange } from "./protocol";
import { restored, type View } from "./view";

/** Typing rests for so long before the host hears of it, milliseconds. */
const typingMs = 250;

type Tokens = v.InferOutput<typeof hostContract.tokensOf.result>;

/** The probe as the extension tells it, as the person looks at it, and what can be done. Draws after each change. */
export class Probe extends RunFrame<typeof hostContract, ProbeState, View> {
  /** The book whose answers are shown. */
  book = "closed";
  /** The meaning whose answers are unfolded, by its first answer's number. */
  meaning: number | undefined;
  /** The token of the greedy answer in hand. */
  token: number | undefined;
  /** The judgements are shown, and the one in hand. */
  judging = false;
  pair = 0;
  /** What is typed into the field that finds questions. */
  query = "";
  /** How far the list is scrolled, CSS pixels. */
  scrolled = 0;

  readonly host: Remote<typeof hostContract>;
  readonly rows: RowCache<ItemRow>;
  readonly openRow: OpenRow<ItemRow>;
  private readonly tokens = this.fetched<Tokens>();
  private readonly judgements = this.fetched<readonly JudgementView[]>();
  private lastJudged: (CellId & { readonly pairs: readonly JudgementView[] }) | undefined;
  /** The answer that a correction on its way is about, and then the one to focus: it may have gone to another meaning. */
  private followed: number | undefined;
  private focusNext: number | undefined;
  /** Rises when a correction came: judgements are asked for again. */
  private corrections = 0;
  private findTimer: number | undefined;
  private typingTimer: number | undefined;
  /** What was typed and the host has not heard of. */
  private typed: SetupChange | undefined;

  constructor(root: HTMLElement, api: Host) {
    super(root, api, emptyState, restored(api.getState()));
    const functions = { ...this.functions, streamed: (parts: Streamed[]) => this.hear(parts) };
    this.host = connect(panelContract, functions, hostContract, api, (error) => this.fail(error));
    this.rows = new RowCache(
      (from, count) => this.host.call("rows", { from, count }),
      () => this.rowsCame(),
      (error) => this.fail(error),
    );
    this.openRow = new OpenRow(this.rows, {
      open: (id) => this.watch(this.host.call("openItem", id)),
      rowOf: (id) => this.host.call("rowOf", id),
      changed: () => this.draw(),
    });
  }

  /** More of the open question's answers. */
  private hear(parts: readonly Streamed[]): void {
    const { page: shown } = this.state;
    if (!shown) return;
    const own = parts.filter(({ item }) => item === shown.id);
    const running = withMore(shown.running, own, ({ book, sample }) => JSON.stringify([book, sample]));
    this.state = { ...this.state, page: { ...shown, running } };
    this.drawList();
  }

  protected page(): TemplateResult {
    return page(this);
  }

  protected override keydown(event: KeyboardEvent): void {
    keys(event, this);
  }

  get canRun(): boolean {
    const { running, busy, models, setup, asked } = this.state;
    const { source } = setup;
    const typed = source.kind === "question" ? source.text : source.kind === "entity" ? source.name : undefined;
    const something = typed === undefined ? asked.questions > 0 || source.kind === "calibration" : typed.trim() !== "";
    return !running && !busy && something && models.probed.missing.sample === null;
  }

  /** Shows or hides a part that stands further down; what is shown comes into view. */
  reveal(change: Partial<View>, part: string): void {
    this.setView(change);
    requestAnimationFrame(() => this.root.querySelector(part)?.scrollIntoView({ block: "nearest" }));
  }

  /** Changes the setup at once on the screen; the host says what came of it. */
  set(change: SetupChange): void {
    this.watch(this.change(change));
  }

  /** Takes what is being typed; the host hears of it when typing rests. */
  type(change: SetupChange): void {
    this.show(change);
    this.typed = { ...this.typed, ...change };
    clearTimeout(this.typingTimer);
    this.typingTimer = window.setTimeout(() => this.watch(this.flush()), typingMs);
  }

  /** Asks something in one go: an example, a ready set. */
  ask(change: SetupChange): void {
    this.watch(this.change(change).then(() => this.host.call("run")));
  }

  /** Opens a question by its id, wherever it is in the list. */
  openItem(id: string): void {
    this.watch(this.host.call("openItem", id));
    this.openRow.awaited = undefined;
    this.watch(this.openRow.find(id));
  }

  /** Filters by a text once typing rests. */
  find(query: string): void {
    this.query = query;
    clearTimeout(this.findTimer);
    this.findTimer = window.setTimeout(() => {
      const { list } = this.state;
      if (list) this.do("setList", { filter: list.filter, query });
    }, typingMs);
  }

  /** The open question in the book in hand. */
  get cell(): CellView | undefined {
    const cells = this.state.page?.cells ?? [];
    return cells.find(({ book }) => book === this.book) ?? cells[0];
  }

  /** Tokens of a sampled answer with their log-probabilities; undefined until they have come. */
  tokensOf(id: AnswerId): Tokens | undefined {
    return this.tokens.get([this.state.run?.created, id], () => this.host.call("tokensOf", id));
  }

  /** Pairs of answers with what was said of them; undefined until they have come. */
  judgementsOf(id: CellId): readonly JudgementView[] | undefined {
    const { run, page: shown } = this.state;
    const answers = shown?.cells.find(({ book }) => book === id.book)?.answers.length;
    const key = [run?.created, id, this.corrections, answers, run?.done];
    const found = this.judgements.get(key, () => this.host.call("judgements", id));
    if (found) this.lastJudged = { item: id.item, book: id.book, pairs: found };
    // What was known stays until the answer comes: a list that goes for a moment takes the focus along.
    const { lastJudged: last } = this;
    return found ?? (last?.item === id.item && last.book === id.book ? last.pairs : undefined);
  }

  /** Corrects an answer and keeps it in hand, whatever meaning it has then. */
  correct(sample: number, work: () => void): void {
    this.followed = sample;
    work();
  }

  protected override drawn(): void {
    if (this.focusNext === undefined) return;
    this.root.querySelector<HTMLElement>(`li.answer[data-sample="${this.focusNext}"]`)?.focus();
    this.focusNext = undefined;
  }

  private change(change: SetupChange): Promise<unknown> {
    this.show(change);
    const all = { ...this.typed, ...change };
    this.typed = undefined;
    clearTimeout(this.typingTimer);
    return this.telling(this.host.call("change", all));
  }

  protected override get ahead(): boolean {
    return super.ahead || this.typed !== undefined;
  }

  /** What was typed a moment ago. */
  protected override flush(): Promise<unknown> {
    return this.typed ? this.change({}) : Promise.resolve();
  }

  private rowsCame(): void {
    this.openRow.came();
    this.drawList();
  }

  protected took(before: ProbeState, { page: sent }: Partial<ProbeState>): void {
    const { list, run, page: shown } = this.state;
    const another = run?.created !== before.run?.created;
    if (shown?.id !== before.page?.id) this.openRow.id = shown?.id;
    if (another || list?.filter !== before.list?.filter || list?.query !== before.list?.query) {
      this.openRow.awaited = undefined;
      this.rows.clear();
      this.scrolled = 0;
    }
    if (another) this.query = list?.query ?? "";
    else if (list && list.version !== before.list?.version) this.watch(this.openRow.find());
    if (another || shown?.id !== before.page?.id) this.turn();
    if (sent !== undefined) this.corrected();
    this.draw();
  }

  /** The page may be another one after a correction: the meaning that the answer in hand has now is unfolded. */
  private corrected(): void {
    this.corrections++;
    const { followed, cell } = this;
    if (followed === undefined) return;
    this.meaning = cell?.meanings.find(({ answers }) => answers.includes(followed))?.answers[0];
    this.focusNext = followed;
    this.followed = undefined;
  }

  /** Another question: nothing of the one before is in hand. */
  private turn(): void {
    this.followed = undefined;
    this.book = "closed";
    this.meaning = undefined;
    this.token = undefined;
    this.judging = false;
    this.pair = 0;
  }

  protected override endWords(): string {
    const { run, page: shown } = this.state;
    const verdict = run?.questions === 1 ? shown?.verdict : undefined;
    return verdict ? `${verdict.title}. ${verdict.seen}` : "The probe has ended";
  }
}
