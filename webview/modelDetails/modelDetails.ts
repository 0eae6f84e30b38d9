import type { TemplateResult } from "lit";
import * as v from "valibot";
import { connect, type Remote } from "../../src/rpc/rpc";
import { DrawnPanel } from "../ui/drawnPanel";
import { messageOf } from "../ui/errors";
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
export class ModelDetails extends DrawnPanel {
  section: Section = "overview";
  summary: Summary | null | undefined;
  file: FileState = { kind: "reading" };
  /** What tensors and metadata are narrowed to. */
  filter = "";

  readonly host: Remote<typeof hostContract>;

  constructor(
    root: HTMLElement,
    private readonly api: Host,
  ) {
    super(root);
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
    this.watch(this.host.call("setDefault", role));
  }

  async readFile(): Promise<void> {
    this.file = { kind: "reading" };
    this.draw();
    this.file = await this.host.call("file").then(
      (file): FileState => (file ? { kind: "read", file } : { kind: "none" }),
      (error: unknown): FileState => ({
        kind: "unreadable",
        reason: messageOf(error),
      }),
    );
    this.draw();
  }

  protected page(): TemplateResult {
    return page(this);
  }

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
