import type { Contract, Remote } from "../../src/rpc/rpc";
import type { Host } from "../ui/vscodeApi";
import { Fetched } from "./fetched";
import { type HostsPart, keepable, type Restored } from "./keptState";
import { PanelFrame } from "./panelFrame";
import type { Busy } from "./state";

/** What the states of all panels have. */
interface RunState {
  readonly setup: object;
  readonly run: { readonly done: number; readonly total: number; readonly ended: string | null } | null;
  readonly running: object | null;
  readonly busy: Busy | null;
}

/** Parts of a state or of a setup, as a message brings them. */
type Parts<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The calls of the host that are the frame's own. */
interface OwnCalls<Setup> {
  call(method: "start", remembered: HostsPart<Setup>): Promise<unknown>;
  call(method: "run"): Promise<unknown>;
}

/** Below this a panel is narrow, CSS pixels. */
const narrowWidth = 700;

/**
 * What the panels of runs do alike: they hold the state that the extension tells and the view that is kept over a reload,
 * and show a changed setup before the host has it. Draws after each change.
 */
export abstract class RunFrame<
  HostContract extends Contract,
  State extends RunState,
  View extends object,
> extends PanelFrame<HostContract> {
  view: View;
  /** The host has told its setup: before, there is nothing to show. */
  started = false;
  /** The settings are shown, where they are folded. */
  unfolded = false;
  /** Rises with every drawing of more than what changes by itself. */
  version = 0;

  abstract override readonly host: Remote<HostContract> & OwnCalls<State["setup"]>;
  private remembered: HostsPart<State["setup"]>;
  /** Changes of the setup that are on their way. */
  private changing = 0;

  constructor(
    root: HTMLElement,
    protected readonly api: Host,
    public state: State,
    kept: Restored<State["setup"], View>,
  ) {
    super(root);
    this.remembered = kept.host;
    this.view = kept.view;
  }

  /** What every panel offers its host. */
  protected readonly functions = {
    update: (change: Parts<State>): void => this.take(change),
    remember: (host: HostsPart<State["setup"]>): void => {
      this.remembered = host;
      this.keep();
    },
  };

  async start(): Promise<void> {
    this.draw();
    await this.host.call("start", this.remembered);
  }

  /** Runs the setup as it is on the screen. The host says what is missing where it comes to nothing. */
  run(): void {
    if (!this.started || this.state.running || this.state.busy) return;
    this.failure = undefined;
    this.watch(this.flush().then(() => this.host.call("run")));
  }

  get narrow(): boolean {
    return this.width < narrowWidth;
  }

  /** The run was interrupted: answers are missing and nothing is asked. */
  get interrupted(): boolean {
    const { run, running } = this.state;
    return !!run && !running && run.done < run.total && run.ended !== "done";
  }

  setView(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.keep();
    this.draw();
  }

  override draw(): void {
    this.version++;
    super.draw();
  }

  /** Draws what changed by itself: a list while it scrolls, an answer while it is written. */
  drawList(): void {
    super.draw();
  }

  /** What the host is asked for while the page is drawn. */
  protected fetched<T>(): Fetched<T> {
    return new Fetched<T>(
      () => this.draw(),
      (error) => this.fail(error),
    );
  }

  /** Changes the setup on the screen, before the host has said what comes of it. */
  protected show(change: Parts<State["setup"]>): void {
    // Parts that are not given are missing, never undefined.
    const parts = change as Partial<State["setup"]>;
    this.state = { ...this.state, setup: { ...this.state.setup, ...parts } };
    this.failure = undefined;
    this.draw();
  }

  /** Waits for a change of the setup to get to the host: until then the setup on the screen is newer than the host's. */
  protected telling(change: Promise<unknown>): Promise<unknown> {
    this.changing++;
    return change.finally(() => this.changing--);
  }

  /** Tells the host what it has not heard of yet. */
  protected flush(): Promise<unknown> {
    return Promise.resolve();
  }

  /** The setup on the screen is newer than the host's. */
  protected get ahead(): boolean {
    return this.changing > 0;
  }

  /** The host told parts of the state: what follows from that, before it is drawn. */
  protected abstract took(before: State, change: Parts<State>): void;

  /** The run has come to its end: for those who do not see it. */
  protected endWords(): string {
    return "All is answered";
  }

  private take(change: Parts<State>): void {
    const before = this.state;
    // A setup that was sent before a change of ours got there would take the change back. One that has it comes after.
    const setup = change.setup && !this.ahead ? change.setup : before.setup;
    // Parts that were not sent are missing, never undefined: messages pass through JSON.
    this.state = { ...before, ...(change as Partial<State>), setup };
    if (change.setup) this.started = true;
    if (before.running && !this.state.running && this.state.run?.ended === "done") this.announcement = this.endWords();
    this.took(before, change);
    this.followBusy(this.state.busy);
    this.draw();
  }

  private keep(): void {
    this.api.setState(keepable(this.remembered, this.view));
  }
}
