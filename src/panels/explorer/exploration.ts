import { l10n } from "vscode";
import type { ExplorerEvent, ExplorerSpec } from "../../experiments/explorer/events";
import { addEvent, type ExplorerReport, startReport } from "../../experiments/explorer/report";
import { UserError } from "../../platform/commands";
import type { SavedExploration } from "./explorerServices";
import { RestingEvents } from "./restingEvents";
import { RunRecord } from "./runRecord";

/** An exploration's record and its report: each event goes into both. Knows no model and no panel. */
export class Exploration {
  private readonly record: RunRecord;
  private readonly resting: RestingEvents;
  private current: ExplorerReport | undefined;

  /**
   * `recorded` hears of each text that is added to the record, or of the whole when it begins anew; `changed` of each new
   * report, with the one before, or without where nothing is left of that.
   */
  constructor(
    writtenBy: string,
    recorded: (text: string, whole: boolean) => void,
    private readonly changed: (before?: ExplorerReport, after?: ExplorerReport) => void,
  ) {
    this.record = new RunRecord(writtenBy, recorded);
    this.resting = new RestingEvents((event) => this.record.append(event));
  }

  /** Undefined until there is a prompt. */
  get report(): ExplorerReport | undefined {
    return this.current;
  }

  /** Throws a UserError where there is no prompt yet. */
  get started(): ExplorerReport {
    if (!this.current)
      throw new UserError(l10n.t("There is no prompt yet. Open a file in an editor, or write one here."));
    return this.current;
  }

  /** The record as a file's text. */
  get text(): string {
    return this.record.text;
  }

  /** Whether tokens follow the prompt: then it does not follow the editor. */
  get branched(): boolean {
    return (this.current?.now.tree.nodes.length ?? 0) > 1;
  }

  /** Whether there is something that beginning anew would lose. */
  get grown(): boolean {
    return this.branched || (this.current?.past.length ?? 0) > 0;
  }

  /** A new record. A comparison stays. */
  begin(spec: ExplorerSpec): void {
    const rival = this.current?.rival;
    this.resting.drop();
    this.record.begin(spec);
    this.current = startReport(spec);
    if (rival) this.apply({ type: "rival", rival: rival.rival });
    this.changed();
  }

  /** Goes on with what a file or a draft holds. */
  resume({ report, text }: SavedExploration): void {
    this.record.resume(text);
    this.current = report;
    this.changed();
  }

  /** Nothing is shown; the record stays as it is. */
  leave(): void {
    this.drop();
    this.current = undefined;
    this.changed();
  }

  apply(event: ExplorerEvent): void {
    this.settle();
    this.record.append(event);
    this.add(event);
  }

  /** Shown at once, recorded when it rests. */
  rest(key: string, event: ExplorerEvent): void {
    this.add(event);
    this.resting.add(key, event);
  }

  /** Writes what still rests into the record. */
  settle(): void {
    this.resting.settle();
  }

  /** Forgets what still rests. */
  drop(): void {
    this.resting.drop();
  }

  private add(event: ExplorerEvent): void {
    const before = this.started;
    this.current = addEvent(before, event);
    this.changed(before, this.current);
  }
}
