import type { Remote } from "../../src/rpc/rpc";
import { OpenRow } from "../runs/openRow";
import { RowCache } from "../runs/rowCache";
import { revealRow } from "../runs/rowGrid";
import type { hostContract, ReasoningState } from "./protocol";
import type { QuestionRow } from "./questions";

/** Typing rests for so long before questions are searched, milliseconds. */
const findMs = 150;

/** While a run is followed its questions change at most so often, milliseconds. */
const followMs = 2000;

/** What browsing needs of the panel. */
interface Browsed {
  readonly root: HTMLElement;
  readonly host: Remote<typeof hostContract>;
  readonly state: ReasoningState;
  draw(): void;
  drawList(): void;
  watch(work: Promise<unknown>): void;
  fail(error: unknown): void;
}

/** Which question is open and where the list of them stands: chosen by a person, or following the run until then. */
export class Browsing {
  /** What is typed into the field that finds questions. */
  query = "";
  /** How far the list is scrolled, CSS pixels. */
  scrolled = 0;
  /** Rises when rows came or the list was scrolled. */
  version = 0;
  readonly rows: RowCache<QuestionRow>;
  private readonly openRow: OpenRow<QuestionRow>;
  private findTimer: number | undefined;
  /** Nobody has opened a question of this run yet. */
  private following = true;
  private followed = 0;
  /** The list's element that is scrolled to where it should be: a new one, after a narrow panel, begins at its top. */
  private placed: Element | null = null;

  constructor(private readonly panel: Browsed) {
    this.rows = new RowCache(
      (from, count) => panel.host.call("rows", { from, count }),
      () => this.rowsCame(),
      (error) => panel.fail(error),
    );
    this.openRow = new OpenRow(this.rows, {
      open: (id) => panel.watch(panel.host.call("openQuestion", id)),
      rowOf: (id) => panel.host.call("rowOf", id),
      changed: () => panel.draw(),
    });
  }

  /** Place of the open question in the list; undefined where the list does not hold it. */
  get row(): number | undefined {
    return this.openRow.at;
  }

  /** Opens the question of a row, now or as soon as the row has come. */
  open(index: number): void {
    this.following = false;
    this.openRow.open(index);
  }

  scrollTo(top: number): void {
    this.scrolled = top;
    this.version++;
    this.panel.drawList();
  }

  /** Filters by a text once typing rests. */
  find(query: string): void {
    this.query = query;
    clearTimeout(this.findTimer);
    this.findTimer = window.setTimeout(() => {
      const { list } = this.panel.state;
      if (list) this.panel.watch(this.panel.host.call("setList", { filter: list.filter, query }));
    }, findMs);
  }

  /** The state changed: another list is shown from its top, another run is followed anew. */
  take(before: ReasoningState): void {
    const { list, run, page: shown } = this.panel.state;
    const other = run?.created !== before.run?.created;
    if (shown?.id !== before.page?.id) this.openRow.id = shown?.id;
    if (other || list?.filter !== before.list?.filter || list?.query !== before.list?.query) {
      this.openRow.awaited = undefined;
      this.rows.clear();
      this.scrolled = 0;
      this.placed = null;
      this.version++;
    }
    if (other) {
      this.openRow.at = 0;
      // A panel that was hidden is made anew: what was searched for and opened is still there.
      this.query = list?.query ?? "";
      this.following = shown === null;
      if (shown) this.panel.watch(this.openRow.find());
    } else if (list && list.version !== before.list?.version) this.panel.watch(this.openRow.find());
    this.follow();
  }

  /**
   * Until a person opens a question the page shows one: the first, or while answers come the one that is being answered, no
   * oftener than it can be read.
   */
  private follow(): void {
    const { run, running, list, page: shown } = this.panel.state;
    if (!this.following || !run || !list || list.total === 0 || list.filter !== "all" || list.query !== "") return;
    if (shown && (!running || Date.now() - this.followed < followMs)) return;
    const each = run.questions * run.arms.length * run.samples;
    const asked = running ? Math.floor((running.done % each) / (run.arms.length * run.samples)) : 0;
    const place = Math.min(asked, list.total - 1);
    if (shown?.index === place || this.openRow.awaited === place) return;
    this.followed = Date.now();
    this.openRow.open(place);
    const { grid } = this;
    if (grid) revealRow(grid, place);
  }

  /** The page was drawn. */
  drawn(): void {
    const grid = this.grid;
    if (grid === this.placed) return;
    this.placed = grid;
    if (grid) grid.scrollTop = this.scrolled;
  }

  /** None while the panel is narrow. */
  private get grid(): HTMLElement | null {
    return this.panel.root.querySelector<HTMLElement>("#questions[role=grid]");
  }

  private rowsCame(): void {
    this.version++;
    this.openRow.came();
    this.panel.drawList();
  }
}
