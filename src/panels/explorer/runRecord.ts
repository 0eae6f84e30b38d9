import type { ExplorerEvent, ExplorerSpec } from "../../experiments/explorer/events";
import { explorer } from "../../experiments/explorer/explorer";
import { eventLine, headerLine } from "../../experiments/runFile";

/** The lines of one exploration, as they go into its file. */
export class RunRecord {
  private lines: string[] = [];

  /** `added` hears of each further piece of text; of the whole when the record begins anew. */
  constructor(
    private readonly by: string,
    private readonly added: (text: string, whole: boolean) => void,
  ) {}

  get text(): string {
    return this.lines.join("");
  }

  begin(spec: ExplorerSpec): void {
    this.lines = [headerLine(explorer, { created: new Date().toISOString(), by: this.by, spec })];
    this.added(this.text, true);
  }

  /** Goes on with what a file holds. */
  resume(text: string): void {
    this.lines = [text];
  }

  append(event: ExplorerEvent): void {
    const line = eventLine(event);
    this.lines.push(line);
    this.added(line, false);
  }
}
