import type { RowCache } from "./rowCache";

interface Hands {
  open(id: string): void;
  /** The row (from 0) of a question; null where the list does not hold it. */
  rowOf(id: string): Promise<number | null>;
  changed(): void;
}

/** The open row of a list of any length, found again where the list becomes another one. */
export class OpenRow<Row extends { readonly id: string }> {
  /** Undefined where the list does not hold what is open. */
  at: number | undefined = 0;
  /** What is open, or was asked for last and is on its way. */
  id: string | undefined;
  /** A row that is to be opened as soon as it has come. */
  awaited: number | undefined;

  constructor(
    private readonly rows: RowCache<Row>,
    private readonly hands: Hands,
  ) {}

  /** Opens a row, now or as soon as it has come. */
  open(index: number): void {
    const row = this.rows.at(index);
    this.at = index;
    this.awaited = row ? undefined : index;
    if (row) {
      this.id = row.id;
      this.hands.open(row.id);
    }
    this.hands.changed();
  }

  /** Rows have come. */
  came(): void {
    if (this.awaited !== undefined && this.rows.at(this.awaited)) this.open(this.awaited);
  }

  /** Finds the place of what is open: other rows stand in the list, or it is open by its name. */
  async find(id = this.id): Promise<void> {
    this.id = id;
    if (id === undefined || this.awaited !== undefined) return;
    const at = (await this.hands.rowOf(id)) ?? undefined;
    // Another one may have been asked for meanwhile.
    if (id !== this.id || this.awaited !== undefined || at === this.at) return;
    this.at = at;
    this.hands.changed();
  }
}
