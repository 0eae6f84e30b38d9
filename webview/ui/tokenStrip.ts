import { type LaidPage, layOut, rowCount, rowOf } from "./stripLayout";
import { columnBelow, columnBeside, type Target } from "./stripMoves";
import { pageUnits, StripPages } from "./stripPages";
import { columnId, nameOf, type Place, rowElement, type StripModel, waitingRow } from "./stripRows";
import { TextMeasure } from "./textMeasure";
import type { TokenPage } from "./tokenPage";

export type { StripModel } from "./stripRows";

/** The column under the pointer or chosen: its place in the text and its tokens in the first lane. */
export interface StripToken {
  readonly start: number;
  readonly end: number;
  /** Index of its first token in the first lane. */
  readonly index: number;
  readonly differs: boolean;
}

/** What stays at the top edge while heights change. */
interface Anchor {
  readonly page: number;
  readonly row: number;
  readonly column: number | undefined;
  readonly past: number;
}

const textLine = 20;
const smallLine = 14;

/**
 * Tokens as coloured bands, wrapped, of a text of any length: rows are drawn for what can be seen, pages are fetched
 * when they come near, and heights of pages not seen yet are guessed from those that were.
 *
 * Fires "choose" and "open" with a StripToken and "hover" with one or null. A listbox to assistive technology: arrows,
 * Home, End, Page Up and Page Down move, Enter opens.
 */
export class TokenStrip extends HTMLElement {
  /** Fetches a page; set before `model`. */
  fetchPage: (index: number) => Promise<TokenPage> = () => Promise.reject(new Error("fetchPage is not set"));

  private readonly measure = new TextMeasure();
  private readonly canvas = document.createElement("div");
  private readonly rows = new Map<string, HTMLElement>();
  private readonly pages = new StripPages({
    fetch: (index) => this.fetchPage(index),
    arrived: (page, filledTo) => this.arrived(page, filledTo),
    failed: (error) => this.dispatchEvent(new CustomEvent("failed", { detail: error })),
  });
  private current: StripModel | undefined;
  private chosen: Place | undefined;
  private wanted: { offset: number; index: number | undefined; tell: boolean } | undefined;
  private gutter = 0;
  private readonly resize = new ResizeObserver(() => this.resized());
  /** Height when last drawn. */
  private drawnHeight = 0;
  /** Ends what the element listens to while it is in the page. */
  private listening = new AbortController();

  connectedCallback(): void {
    this.classList.add("strip");
    this.setAttribute("role", "listbox");
    this.setAttribute("aria-orientation", "horizontal");
    this.tabIndex = 0;
    this.canvas.className = "strip-rows";
    this.canvas.setAttribute("role", "presentation");
    this.replaceChildren(this.canvas);
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("scroll", this.draw, { passive: true, signal });
    this.addEventListener("keydown", (event) => this.keydown(event), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("dblclick", () => this.chosen && this.emit("open", this.chosen), { signal });
    this.addEventListener("mouseover", (event) => this.emit("hover", this.placeOf(event)), { signal });
    this.addEventListener("mouseleave", () => this.emit("hover", undefined), { signal });
    this.resize.observe(this);
  }

  disconnectedCallback(): void {
    this.resize.disconnect();
    this.listening.abort();
  }

  set model(model: StripModel) {
    const before = this.current;
    if (before === model) return;
    const anchor = this.anchor();
    this.current = model;
    const shape = ({ layers, lanes }: StripModel) => JSON.stringify([layers, lanes]);
    if (!before || shape(before) !== shape(model)) {
      if (before && before.lanes.length !== model.lanes.length) this.pages.clear();
      this.relayout(anchor);
    } else this.draw();
  }

  /** Chooses the token at an offset (the one with that index, where several share it) and brings it into view. */
  reveal(offset: number, index?: number): void {
    this.wanted = { offset, index, tell: false };
    this.draw();
  }

  /** Takes the choice away. */
  clear(): void {
    this.chosen = undefined;
    this.wanted = undefined;
    this.marks();
  }

  private get rowHeight(): number {
    if (!this.current) return textLine;
    const { layers, lanes } = this.current;
    if (lanes.length > 1) return lanes.length * textLine + 12;
    return (
      textLine + (layers.ids ? smallLine : 0) + (layers.bytes ? smallLine : 0) + (layers.ids || layers.bytes ? 10 : 4)
    );
  }

  private get pageCount(): number {
    return Math.ceil((this.current?.length ?? 0) / pageUnits);
  }

  /** Width for rows, without the names of the lanes. */
  private get rowWidth(): number {
    return Math.max(80, this.clientWidth - 24 - this.gutter);
  }

  private relayout(anchor = this.anchor()): void {
    if (!this.current || this.clientWidth === 0) return;
    this.measure.use(this.canvas);
    const { lanes } = this.current;
    this.gutter = lanes.length > 1 ? Math.max(...lanes.map((name) => this.measure.text(name))) * 0.85 + 16 : 0;
    this.pages.relayout((page) => this.layOut(page));
    this.dropRows(() => true);
    this.place();
    this.restore(anchor);
    this.draw();
  }

  private layOut(page: TokenPage): LaidPage {
    return layOut(page, this.rowWidth, this.current?.layers ?? { ids: false, bytes: false }, this.measure);
  }

  private readonly draw = (): void => {
    const model = this.current;
    if (!model || this.clientHeight === 0) return;
    this.drawnHeight = this.clientHeight;
    this.place();
    const beyond = this.clientHeight / 3;
    const top = this.scrollTop - beyond;
    const bottom = this.scrollTop + this.clientHeight + beyond;
    const seen = new Set<string>();
    for (let page = this.pageAt(top); page < this.pageCount && this.topOf(page) < bottom; page++) {
      this.pages.request(page, model);
      this.drawPage(model, page, top, bottom, seen);
    }
    this.dropRows((key) => !seen.has(key));
    // A listbox without options is one that is being filled.
    this.setAttribute("aria-busy", String([...seen].every((key) => key.endsWith(":waiting"))));
    this.pages.forgetFar(this.pageAt(this.scrollTop));
    if (this.wanted) this.goTo();
  };

  private drawPage(model: StripModel, page: number, top: number, bottom: number, seen: Set<string>): void {
    const laid = this.pages.ready(page);
    const pageTop = this.topOf(page);
    if (!laid) {
      const key = `${page}:waiting`;
      seen.add(key);
      this.putRow(key, pageTop, () => waitingRow());
      return;
    }
    const height = this.rowHeight;
    const last = Math.min(rowCount(laid), Math.ceil((bottom - pageTop) / height));
    for (let row = Math.max(0, Math.floor((top - pageTop) / height)); row < last; row++) {
      const key = `${page}:${row}:${laid.page.version}`;
      seen.add(key);
      this.putRow(key, pageTop + row * height, () => rowElement(laid, row, model, this.gutter));
    }
  }

  private putRow(key: string, top: number, make: () => HTMLElement): void {
    let row = this.rows.get(key);
    if (!row) {
      row = make();
      this.rows.set(key, row);
      this.canvas.append(row);
      this.markIn(row);
    }
    row.style.top = `${8 + top}px`;
  }

  private dropRows(which: (key: string) => boolean): void {
    for (const [key, row] of this.rows) {
      if (!which(key)) continue;
      row.remove();
      this.rows.delete(key);
    }
  }

  /** Where each page begins, and the height of all. */
  private place(): void {
    this.pages.place(this.pageCount, pageUnits / Math.max(10, this.rowWidth / 8));
    this.canvas.style.height = `${16 + this.topOf(this.pageCount)}px`;
  }

  private topOf(page: number): number {
    return this.pages.start(page) * this.rowHeight;
  }

  private pageAt(top: number): number {
    return this.pages.at(top / this.rowHeight);
  }

  private arrived(page: TokenPage, filledTo: number): void {
    const model = this.current;
    if (!model || !this.isConnected) return;
    // A page that is being tokenized anew keeps its old rows until the new ones are there.
    const known = this.pages.ready(page.index);
    const anchor = this.anchor();
    if (!page.ready && known) {
      const stillReady = { ...known, page: { ...known.page, version: page.version, ready: true } };
      this.pages.keep(page.index, stillReady, filledTo);
    } else if (page.lanes.length === model.lanes.length || !page.ready) {
      this.pages.keep(page.index, this.layOut(page), filledTo);
    }
    this.place();
    this.restore(anchor);
    this.draw();
  }

  /** The column at the top edge (by row where its page is not known) and how far its row is scrolled away. */
  private anchor(): Anchor {
    const page = this.pageAt(this.scrollTop);
    const inside = this.scrollTop - this.topOf(page);
    const row = Math.max(0, Math.floor(inside / this.rowHeight));
    const laid = this.pages.ready(page);
    const column = laid?.breaks[Math.min(row, rowCount(laid) - 1)];
    return { page, row, column, past: inside - row * this.rowHeight };
  }

  private restore({ page, row, column, past }: Anchor): void {
    const laid = this.pages.ready(page);
    const there = laid && column !== undefined ? rowOf(laid, column) : row;
    const top = this.topOf(page) + there * this.rowHeight + past;
    if (Math.abs(top - this.scrollTop) >= 1) this.scrollTop = top;
  }

  // ---- choosing ----

  private goTo(): void {
    const { wanted } = this;
    if (!wanted || !this.current) return;
    const length = this.current.length;
    let page = Math.min(Math.floor(Math.min(wanted.offset, length) / pageUnits), Math.max(0, this.pageCount - 1));
    let laid = this.pages.ready(page);
    if (laid && wanted.offset < laid.page.start && page > 0) laid = this.pages.ready(--page);
    if (!laid || laid.page.version !== this.current.version) {
      this.pages.request(page, this.current);
      return; // comes back when the page has arrived
    }
    const column = laid.columns.findLastIndex(({ start, tokens }) => {
      if (start > wanted.offset) return false;
      const first = (laid.page.lanes[0]?.first ?? 0) + (tokens[0]?.from ?? 0);
      return wanted.index === undefined || laid.page.lanes.length > 1 || first <= wanted.index;
    });
    this.wanted = undefined;
    if (column < 0) return;
    this.choose({ page, column });
    if (wanted.tell) this.emit("choose", this.chosen);
  }

  private choose(place: Place): void {
    this.chosen = place;
    this.bringIntoView();
    this.draw();
    this.marks();
  }

  /** Scrolls as little as it takes; to the middle when the chosen column is far away. */
  private bringIntoView(): void {
    const top = this.chosenTop();
    if (top === undefined) return;
    const above = top < this.scrollTop;
    const below = top + this.rowHeight + 16 > this.scrollTop + this.clientHeight;
    const far = top < this.scrollTop - this.clientHeight || top > this.scrollTop + 2 * this.clientHeight;
    if (far) this.scrollTop = top - this.clientHeight / 2;
    else if (above) this.scrollTop = top;
    else if (below) this.scrollTop = top + this.rowHeight + 16 - this.clientHeight;
  }

  private chosenTop(): number | undefined {
    const laid = this.chosen && this.pages.laid(this.chosen.page);
    if (!this.chosen || !laid) return undefined;
    return this.topOf(this.chosen.page) + rowOf(laid, this.chosen.column) * this.rowHeight;
  }

  /** A chosen column that was in view stays in view: choosing the first one opens the details beside the strip. */
  private resized(): void {
    const top = this.chosenTop();
    const seen = top !== undefined && top >= this.scrollTop && top < this.scrollTop + this.drawnHeight;
    this.relayout();
    if (seen) this.bringIntoView();
  }

  private marks(): void {
    for (const row of this.rows.values()) this.markIn(row);
  }

  /** Marks the chosen column in a row, gives it its full name and points assistive technology at it. */
  private markIn(row: HTMLElement): void {
    for (const old of row.querySelectorAll('[aria-selected="true"]')) {
      old.setAttribute("aria-selected", "false");
      old.removeAttribute("aria-label");
    }
    const token = this.chosen && this.tokenAt(this.chosen);
    if (!this.chosen || !token) return void this.removeAttribute("aria-activedescendant");
    const id = columnId(this.chosen);
    const element = row.querySelector(`#${id}`);
    if (!element) return;
    element.setAttribute("aria-selected", "true");
    element.setAttribute("aria-label", nameOf(this.pages.laid(this.chosen.page), this.chosen, this.current));
    this.setAttribute("aria-activedescendant", id);
  }

  private tokenAt({ page, column }: Place): StripToken | undefined {
    const laid = this.pages.laid(page);
    const found = laid?.columns[column];
    if (!laid || !found) return undefined;
    const index = (laid.page.lanes[0]?.first ?? 0) + (found.tokens[0]?.from ?? 0);
    return { start: found.start, end: found.end, index, differs: found.differs };
  }

  private emit(name: "choose" | "hover" | "open", place: Place | undefined): void {
    const token = place && this.tokenAt(place);
    if (name === "hover" || token) this.dispatchEvent(new CustomEvent(name, { detail: token ?? null }));
  }

  private placeOf(event: Event): Place | undefined {
    const element = (event.target as Element).closest<HTMLElement>("[data-column]");
    return element ? { page: Number(element.dataset.page), column: Number(element.dataset.column) } : undefined;
  }

  private clicked(event: MouseEvent): void {
    const place = this.placeOf(event);
    if (place) this.follow({ place });
  }

  private keydown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const { key } = event;
    const rows = Math.max(1, Math.floor(this.clientHeight / this.rowHeight) - 1);
    const length = this.current?.length ?? 0;
    const moves: Record<string, () => void> = {
      ArrowRight: () => this.move((chosen) => columnBeside(this.pages, chosen, 1, length)),
      ArrowLeft: () => this.move((chosen) => columnBeside(this.pages, chosen, -1, length)),
      ArrowDown: () => this.move((chosen) => columnBelow(this.pages, chosen, 1, this.pageCount)),
      ArrowUp: () => this.move((chosen) => columnBelow(this.pages, chosen, -1, this.pageCount)),
      PageDown: () => this.move((chosen) => columnBelow(this.pages, chosen, rows, this.pageCount)),
      PageUp: () => this.move((chosen) => columnBelow(this.pages, chosen, -rows, this.pageCount)),
      Home: () => this.follow({ offset: 0 }),
      End: () => this.follow({ offset: Math.max(0, length - 1) }),
      Enter: () => this.emit("open", this.chosen),
    };
    const move = moves[key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  /** Moves from the chosen column; with none chosen, chooses the first one in view. */
  private move(target: (chosen: Place) => Target | undefined): void {
    const from = this.chosen && this.pages.laid(this.chosen.page) ? this.chosen : undefined;
    const found = from ? target(from) : { offset: this.firstSeen() };
    if (found) this.follow(found);
  }

  /** Chooses what a key or click leads to, and tells. */
  private follow(target: Target): void {
    if ("place" in target) {
      this.choose(target.place);
      this.emit("choose", target.place);
    } else {
      this.wanted = { offset: target.offset, index: undefined, tell: true };
      this.draw();
    }
  }

  private firstSeen(): number {
    const { page, row } = this.anchor();
    const laid = this.pages.laid(page);
    return laid?.columns[laid.breaks[Math.min(row, rowCount(laid) - 1)] ?? 0]?.start ?? 0;
  }
}
