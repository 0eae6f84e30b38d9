import { type Disposable, type Event, EventEmitter, type Position, Range, type TextDocument, workspace } from "vscode";
import { DisposableStore } from "../../platform/disposables";
import { onDidReallyClose } from "../../platform/documents";
import { followEdits, isGone, type Mark, type PlacedRange } from "./followedRange";

/** Marks of open documents, which follow their edits and go with them. Nothing of them is in the files. */
export class DocumentMarks<M extends Mark> implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<TextDocument>());
  private readonly all = new Map<TextDocument, readonly M[]>();

  /** Fires with the document whose marks are others now, also when an edit moved them. */
  readonly onDidChange: Event<TextDocument> = this.emitter.event;

  constructor() {
    this.store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const marks = this.all.get(document);
        if (!marks || contentChanges.length === 0) return;
        const textAt = (range: PlacedRange): string => document.getText(rangeOf(range));
        const followed = followEdits(marks, contentChanges, textAt);
        if (followed.some((mark, index) => mark !== marks[index])) this.set(document, followed);
      }),
    );
    this.store.add(onDidReallyClose((document) => this.set(document, [])));
  }

  /** In the order of the text; those whose text was deleted are left out. */
  of(document: TextDocument): readonly M[] {
    return (this.all.get(document) ?? []).filter((mark) => !isGone(mark));
  }

  /** Documents with marks. */
  documents(): TextDocument[] {
    return [...this.all.keys()];
  }

  /** The innermost mark at a position, its end included. */
  at(document: TextDocument, position: Position): M | undefined {
    return this.of(document)
      .filter(({ range }) => rangeOf(range).contains(position))
      .sort((a, b) => (rangeOf(a.range).contains(rangeOf(b.range)) ? 1 : -1))[0];
  }

  set(document: TextDocument, marks: readonly M[]): void {
    if (marks.length === 0 && !this.all.has(document)) return;
    if (marks.length === 0) this.all.delete(document);
    else
      this.all.set(
        document,
        marks.toSorted((a, b) => rangeOf(a.range).start.compareTo(rangeOf(b.range).start)),
      );
    this.emitter.fire(document);
  }

  /** Changes those marks that `change` gives another for; those it gives undefined for go. */
  update(document: TextDocument, change: (mark: M) => M | undefined): void {
    const marks = this.all.get(document) ?? [];
    const next = marks.flatMap((mark) => change(mark) ?? []);
    if (next.length !== marks.length || next.some((mark, index) => mark !== marks[index])) this.set(document, next);
  }

  dispose(): void {
    this.store.dispose();
  }
}

/** As plain data: an editor's own ranges turn into lists in JSON. */
export function placed({ start, end }: Range): PlacedRange {
  const place = ({ line, character }: Position) => ({ line, character });
  return { start: place(start), end: place(end) };
}

export function rangeOf({ start, end }: PlacedRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
