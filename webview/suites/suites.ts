import type { TemplateResult } from "lit";
import type * as v from "valibot";
import { connect, type Remote } from "../../src/rpc/rpc";
import { PanelFrame } from "../runs/panelFrame";
import type { Host } from "../ui/vscodeApi";
import { emptyState } from "./emptyState";
import type { CellId } from "./grid";
import { page } from "./page";
import { hostContract, panelContract, type SuitesState } from "./protocol";
import type { OfferedSuite, SetupChange } from "./setup";
import { keepable, restored, type View } from "./view";

type Update = v.InferOutput<typeof panelContract.update.args>[0];

/** The run as the extension tells it, as the person looks at it, and what can be done. Draws after each change. */
export class Suites extends PanelFrame<typeof hostContract> {
  state: SuitesState = emptyState;
  view: View;
  /** The host has told its setup: before, there is nothing to show. */
  started = false;
  /** The settings are shown, where a narrow panel folds them. */
  unfolded = false;
  /** Sample of the open case that is shown. */
  sample = 0;
  /** The answer of the open case is being corrected. */
  correcting = false;

  readonly host: Remote<typeof hostContract>;
  private remembered: ReturnType<typeof restored>["host"];
  /** Changes of the setup that are on their way. */
  private changing = 0;
  /** The cell's cases are still to be scrolled to. */
  private reveals = false;

  constructor(
    root: HTMLElement,
    private readonly api: Host,
  ) {
    super(root);
    const kept = restored(api.getState());
    this.remembered = kept.host;
    this.view = kept.view;
    this.host = connect(
      panelContract,
      {
        update: (change) => this.take(change),
        remember: (host) => {
          this.remembered = host;
          this.keep();
        },
      },
      hostContract,
      api,
      (error) => this.fail(error),
    );
  }

  async start(): Promise<void> {
    this.draw();
    await this.host.call("start", this.remembered);
  }

  get narrow(): boolean {
    return this.width < 700;
  }

  /** The run was interrupted: answers are missing and nothing is asked. */
  get interrupted(): boolean {
    const { run, running } = this.state;
    return !!run && !running && run.done < run.total && run.ended !== "done";
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

  setView(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.keep();
    this.draw();
  }

  /** Changes the setup at once on the screen; the host says what came of it. */
  set(change: SetupChange): void {
    const { setup } = this.state;
    this.state = { ...this.state, setup: { ...setup, ...(change as Partial<typeof setup>) } };
    this.failure = undefined;
    this.changing++;
    this.watch(this.host.call("change", change).finally(() => this.changing--));
    this.draw();
  }

  run(): void {
    if (this.canRun) this.do("run");
  }

  /** Shows the cases of a cell below the grid. */
  openCell(cell: CellId): void {
    this.reveals = true;
    this.do("openCell", cell);
  }

  protected override page(): TemplateResult {
    return page(this);
  }

  protected override drawn(): void {
    if (!this.reveals || !this.state.page) return;
    this.reveals = false;
    this.root.querySelector("#cases")?.scrollIntoView({ block: "nearest" });
  }

  private take({ setup, ...rest }: Update): void {
    const before = this.state;
    // A setup that was sent before a change of ours got there would take the change back. One that has it comes after.
    const change = setup && this.changing === 0 ? { ...rest, setup } : rest;
    // Parts that were not sent are missing, never undefined: messages pass through JSON.
    this.state = { ...before, ...(change as Partial<SuitesState>) };
    if (setup) this.started = true;
    const open = this.state.page?.open?.id;
    if (open !== before.page?.open?.id || this.state.page?.model !== before.page?.model) {
      this.sample = 0;
      this.correcting = false;
    }
    if (before.running && !this.state.running && this.state.run?.ended === "done") {
      this.announcement = "All is answered";
    }
    this.followBusy(this.state.busy);
    this.draw();
  }

  private keep(): void {
    this.api.setState(keepable(this.remembered, this.view));
  }
}
