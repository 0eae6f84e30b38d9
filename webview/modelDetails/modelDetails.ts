import { render } from "lit";
import * as v from "valibot";
import { connect, type Remote } from "../../src/rpc/rpc";
import type { Host } from "../ui/vscodeApi";
import { page } from "./page";
import {
  type Action,
  hostContract,
  type ModelFile,
  panelContract,
  panelState,
  type Role,
  type Section,
  type Summary,
} from "./protocol";

/** What is known of the model's file: on its way, there, not there for a reason, or no file at all. */
export type FileState =
  | { readonly kind: "reading" }
  | { readonly kind: "read"; readonly file: ModelFile }
  | { readonly kind: "none" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** The details page: what it knows and what it has been asked to show. */
export class ModelDetails {
  section: Section = "overview";
  summary: Summary | null | undefined;
  file: FileState = { kind: "reading" };
  /** What tensors and metadata are narrowed to. */
  filter = "";
  failure: string | undefined;
  /** Said once to screen readers. */
  announcement = "";

  readonly host: Remote<typeof hostContract>;
  private drawing = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly api: Host,
  ) {
    const kept = v.safeParse(panelState, api.getState());
    if (kept.success) this.section = kept.output.section;
    this.host = connect(panelContract, { summary: (summary) => this.take(summary) }, hostContract, api, (error) =>
      this.fail(error),
    );
  }

  async start(): Promise<void> {
    this.draw();
    this.take(await this.host.call("start"));
    await this.readFile();
  }

  show(section: Section): void {
    this.section = section;
    this.filter = "";
    this.keep();
    this.draw();
  }

  setFilter(text: string): void {
    this.filter = text;
    this.draw();
  }

  run(action: Action): void {
    this.host.call("run", action).then(
      () => this.done(action),
      (error: unknown) => this.fail(error),
    );
  }

  setDefault(role: Role): void {
    this.host.call("setDefault", role).catch((error: unknown) => this.fail(error));
  }

  fail(error: unknown): void {
    this.failure = error instanceof Error ? error.message : String(error);
    this.draw();
  }

  async readFile(): Promise<void> {
    this.file = { kind: "reading" };
    this.draw();
    this.file = await this.host.call("file").then(
      (file): FileState => (file ? { kind: "read", file } : { kind: "none" }),
      (error: unknown): FileState => ({
        kind: "unreadable",
        reason: error instanceof Error ? error.message : String(error),
      }),
    );
    this.draw();
  }

  readonly draw = (): void => {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      render(page(this), this.root);
    });
  };

  private take(summary: Summary | null): void {
    const before = this.summary?.state.kind;
    const now = summary?.state.kind;
    if (before !== undefined && now !== undefined && now !== before)
      this.announcement = { notLoaded: "not loaded", loading: "loading", ready: "running", failed: "failed" }[now];
    this.summary = summary;
    this.keep();
    this.draw();
  }

  private done(action: Action): void {
    if (action === "copyPath") this.announcement = "Path copied";
    if (action === "copyTemplate") this.announcement = "Template copied";
    this.draw();
  }

  private keep(): void {
    if (this.summary) this.api.setState({ version: 1, id: this.summary.id, section: this.section });
  }
}
