/** Rows fetched in one go, and how far beyond the view they are drawn. */
const blockRows = 100;
const margin = 20;

/**
 * A list of any number of rows of one height, of which those near the view are drawn. Rows are fetched in blocks; until
 * a block arrives its rows are empty. Fires "choose" with a row's index. A grid to assistive technology.
 */
export class VirtualList<Row> extends HTMLElement {
  /** Fetches rows `[from, from + count)`. */
  fetchRows: (from: number, count: number) => Promise<readonly Row[]> = () => Promise.resolve([]);
  /** Draws the cells of one row. */
  drawRow: (row: Row, index: number) => HTMLElement[] = () => [];
  rowHeight = 24;

  private readonly canvas = document.createElement("div");
  private readonly drawn = new Map<number, HTMLElement>();
  private readonly blocks = new Map<number, readonly Row[]>();
  private readonly fetching = new Set<number>();
  private generation = 0;
  private total = 0;
  private chosen = -1;
  private readonly resize = new ResizeObserver(() => this.draw());
  /** Ends what the element listens to while it is in the page. */
  private listening = new AbortController();

  connectedCallback(): void {
    this.setAttribute("role", "grid");
    this.tabIndex = 0;
    this.canvas.className = "list-rows";
    this.canvas.setAttribute("role", "rowgroup");
    this.append(this.canvas);
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("scroll", this.draw, { passive: true, signal });
    this.addEventListener("keydown", (event) => this.keydown(event), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.resize.observe(this);
  }

  disconnectedCallback(): void {
    this.resize.disconnect();
    this.listening.abort();
  }

  /** Starts over with another list of that many rows. */
  reset(total: number): void {
    this.generation++;
    this.total = total;
    this.chosen = -1;
    this.blocks.clear();
    this.fetching.clear();
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    this.setAttribute("aria-rowcount", String(total));
    this.removeAttribute("aria-activedescendant");
    this.canvas.style.height = `${total * this.rowHeight}px`;
    this.scrollTop = 0;
    this.draw();
  }

  private row(index: number): Row | undefined {
    return this.blocks.get(Math.floor(index / blockRows))?.[index % blockRows];
  }

  private readonly draw = (): void => {
    const first = Math.max(0, Math.floor(this.scrollTop / this.rowHeight) - margin);
    const end = Math.min(this.total, Math.ceil((this.scrollTop + this.clientHeight) / this.rowHeight) + margin);
    for (const [index, element] of this.drawn) {
      if (index >= first && index < end) continue;
      element.remove();
      this.drawn.delete(index);
    }
    for (let index = first; index < end; index++) {
      const row = this.row(index);
      if (row === undefined) this.fetch(Math.floor(index / blockRows));
      else if (!this.drawn.has(index)) this.put(row, index);
    }
  };

  private put(row: Row, index: number): void {
    const element = document.createElement("div");
    element.className = "list-row";
    element.id = `row-${index}`;
    element.dataset.row = String(index);
    element.setAttribute("role", "row");
    element.setAttribute("aria-rowindex", String(index + 1));
    element.setAttribute("aria-selected", String(index === this.chosen));
    element.style.top = `${index * this.rowHeight}px`;
    element.append(...this.drawRow(row, index));
    this.canvas.append(element);
    this.drawn.set(index, element);
  }

  private fetch(block: number): void {
    if (this.fetching.has(block)) return;
    this.fetching.add(block);
    const { generation } = this;
    this.fetchRows(block * blockRows, blockRows).then(
      (rows) => {
        if (generation !== this.generation) return;
        this.blocks.set(block, rows);
        this.draw();
      },
      (error: unknown) => this.dispatchEvent(new CustomEvent("failed", { detail: error })),
    );
  }

  private choose(index: number): void {
    this.drawn.get(this.chosen)?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const top = index * this.rowHeight;
    if (top < this.scrollTop) this.scrollTop = top;
    else if (top + this.rowHeight > this.scrollTop + this.clientHeight) {
      this.scrollTop = top + this.rowHeight - this.clientHeight;
    }
    this.draw();
    this.drawn.get(index)?.setAttribute("aria-selected", "true");
    this.setAttribute("aria-activedescendant", `row-${index}`);
    const row = this.row(index);
    if (row !== undefined) this.dispatchEvent(new CustomEvent("choose", { detail: row }));
  }

  private clicked(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (row) this.choose(Number(row.dataset.row));
  }

  private keydown(event: KeyboardEvent): void {
    if (this.total === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.clientHeight / this.rowHeight) - 1);
    const targets: Record<string, number> = {
      ArrowDown: this.chosen + 1,
      ArrowUp: this.chosen - 1,
      PageDown: this.chosen + page,
      PageUp: this.chosen - page,
      Home: 0,
      End: this.total - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.choose(Math.min(Math.max(target, 0), this.total - 1));
  }
}
