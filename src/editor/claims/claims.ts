import { l10n, Position, Selection, type TextDocument, commands as vscodeCommands, window, workspace } from "vscode";
import { DisposableStore } from "../../platform/disposables";
import { UserError } from "../../platform/userError";
import { DocumentMarks, rangeOf } from "../marks/documentMarks";
import { registerClaimHover } from "./claimHover";
import { registerClaimLens } from "./claimLens";
import type { ClaimMark } from "./claimMark";
import { ClaimProbing, type ClaimServices } from "./claimProbing";
import { registerClaimStatus } from "./claimStatus";
import { ClaimView } from "./claimView";

/** Where a hover's link was. */
export interface ClaimPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** Probing claims in editors: what a person does. */
export class Claims extends DisposableStore {
  private readonly marks = this.add(new DocumentMarks<ClaimMark>());
  private readonly probing: ClaimProbing;

  constructor(services: ClaimServices) {
    super();
    this.probing = this.add(new ClaimProbing(services, this.marks));
    this.add(new ClaimView(this.marks, this.probing));
    this.add(registerClaimHover(this.marks));
    this.add(registerClaimLens(this.marks, this.probing));
    this.add(registerClaimStatus(this.marks, this.probing));
  }

  /** Probes what is selected; without a selection, the sentence at the cursor. */
  async probeSelection(): Promise<void> {
    const editor = window.activeTextEditor;
    if (!editor) throw new UserError(l10n.t("Open a file and select the claim to probe."));
    await this.probing.probe(editor.document, editor.selections);
  }

  /** Probes the claim at a place again, as it stands now. */
  async probeAgain({ uri, line, character }: ClaimPlace): Promise<void> {
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri);
    const mark = document && this.marks.at(document, new Position(line, character));
    if (mark) await this.probing.probe(document, [rangeOf(mark.range)]);
  }

  /** Probes all marked claims of the active editor again. */
  async probeAllAgain(): Promise<void> {
    const { document, all } = this.active();
    await this.probing.probe(
      document,
      all.map(({ range }) => rangeOf(range)),
    );
  }

  /** Selects the next claim after the cursor, from the top again after the last one, and shows what is known of it. */
  async goToNext(): Promise<void> {
    const { all } = this.active();
    const editor = window.activeTextEditor!;
    const next = all.find(({ range }) => rangeOf(range).start.isAfter(editor.selection.active)) ?? all[0]!;
    const { start } = rangeOf(next.range);
    editor.selection = new Selection(start, start);
    editor.revealRange(rangeOf(next.range));
    await vscodeCommands.executeCommand("editor.action.showHover");
  }

  stop(): void {
    this.probing.stop();
  }

  /** Takes the marks of the active editor's file away; without any, those of all files. */
  clear(): void {
    const document = window.activeTextEditor?.document;
    const own = document && this.marks.of(document).length > 0 ? [document] : this.marks.documents();
    for (const each of own) {
      this.probing.stopFor(each);
      this.marks.set(each, []);
    }
  }

  private active(): { readonly document: TextDocument; readonly all: readonly ClaimMark[] } {
    const document = window.activeTextEditor?.document;
    const all = document ? this.marks.of(document) : [];
    if (!document || all.length === 0)
      throw new UserError(l10n.t("No claim of this file was probed. Select one and run “Probe This Claim”."));
    return { document, all };
  }
}
