import type { TemplateResult } from "lit";
import { sameTask } from "../../src/experiments/suites/spec";
import { connect, type Remote } from "../../src/rpc/rpc";
import { RunFrame } from "../runs/runFrame";
import { withMore } from "../runs/streams";
import type { Host } from "../ui/vscodeApi";
import type { Streamed } from "./cases";
import { emptyState } from "./emptyState";
import type { CellId } from "./grid";
import { keys } from "./keys";
import { page } from "./page";
import { hostContract, panelContract, type SuitesState } from "./protocol";
import type { OfferedSuite, SetupChange } from "./setup";
import { restored, type View } from "./view";

/** The run as the extension tells it, as the person looks at it, and what can be done. Draws after each change. */
export class Suites extends RunFrame<typeof hostContract, SuitesState, View> {
  /** Sample of the open case that is shown. */
  sample = 0;
  /** The answer of the open case is being corrected. */
  correcting = false;

  readonly host: Remote<typeof hostContract>;
  /** The cell's cases are still to be scrolled to. */
  private reveals = false;

  constructor(root: HTMLElement, api: Host) {
    super(root, api, emptyState, restored(api.getState()));
    const functions = { ...this.functions, streamed: (parts: Streamed[]) => this.hear(parts) };
    this.host = connect(panelContract, functions, hostContract, api, (error) => this.fail(error));
  }

  /** Suites that are switched on and can be read. */
  get chosen(): OfferedSuite[] {
    const { offered, setup } = this.state;
    return offered?.filter(({ id, problem }) => setup.suites.includes(id) && problem === null) ?? [];
  }

  get canRun(): boolean {
    const { running, busy, models } = this.state;
    return !running && !busy && this.chosen.length > 0 && models.every(({ missing }) => missing.sample === null);
  }

  modelName(id: string): string {
    const all = [...(this.state.run?.models ?? []), ...this.state.models];
    return all.find((model) => model.id === id)?.name ?? id;
  }

  /** Changes the setup at once on the screen; the host says what came of it. */
  set(change: SetupChange): void {
    this.show(change);
    this.watch(this.telling(this.host.call("change", change)));
  }

  /** Shows the cases of a cell below the grid. */
  openCell(cell: CellId): void {
    this.reveals = true;
    this.do("openCell", cell);
  }

  /** More of the answers that are shown while they come. */
  private hear(parts: readonly Streamed[]): void {
    const { now } = this.state;
    if (!now) return;
    const own = parts.filter((part) => sameTask(part, now));
    this.state = {
      ...this.state,
      now: { ...now, running: withMore(now.running, own, ({ sample }) => String(sample)) },
    };
    this.drawList();
  }

  protected page(): TemplateResult {
    return page(this);
  }

  protected override keydown(event: KeyboardEvent): void {
    keys(event, this);
  }

  protected override drawn(): void {
    if (!this.reveals || !this.state.page) return;
    this.reveals = false;
    this.root.querySelector("#cases")?.scrollIntoView({ block: "nearest" });
  }

  protected took(before: SuitesState): void {
    const open = this.state.page?.open?.id;
    if (open !== before.page?.open?.id || this.state.page?.model !== before.page?.model) {
      this.sample = 0;
      this.correcting = false;
    }
    this.draw();
  }
}
