import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advanced,
  followEdits,
  isGone,
  type Mark,
  type PlacedEdit,
  type PlacedRange,
} from "../../../../src/editor/marks/followedRange";

const zero = { line: 0, character: 0 };

/** A text that is edited by offsets and tells of it as VS Code does. */
class Text {
  constructor(public text: string) {}

  range(start: number, end: number): PlacedRange {
    return { start: advanced(zero, this.text.slice(0, start)), end: advanced(zero, this.text.slice(0, end)) };
  }

  offset({ line, character }: { line: number; character: number }): number {
    return this.text.split("\n").slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + character;
  }

  readonly at = ({ start, end }: PlacedRange): string => this.text.slice(this.offset(start), this.offset(end));

  mark(part: string): Mark {
    const start = this.text.indexOf(part);
    return { range: this.range(start, start + part.length), text: part, stale: false };
  }

  replace(from: string, to: string): PlacedEdit {
    const start = this.text.indexOf(from);
    return this.change(start, start + from.length, to);
  }

  change(start: number, end: number, text: string): PlacedEdit {
    const range = this.range(start, end);
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    return { range, text };
  }
}

const story = "# Life\n\nShe was born in Bath. She died\nin 1817 in Winchester. The end.";
const claim = "She died\nin 1817 in Winchester.";

describe("marks that follow edits", () => {
  it("stay, move along, and leave outside what is typed at their edges", () => {
    const text = new Text(story);
    let [mark] = [text.mark(claim)];
    for (const [from, to] of [
      [" The end.", ""],
      ["# Life\n", "# A life\n\nof hers\n"],
      ["Bath. ", "Bath. Or so they say. "],
      ["Winchester.", "Winchester. More."],
    ] as const) {
      [mark] = followEdits([mark], [text.replace(from, to)], text.at) as [Mark];
      expect(mark.stale).toBe(false);
    }
    expect(text.at(mark.range)).toBe(claim);
    const typed = text.change(text.text.indexOf("She died"), text.text.indexOf("She died"), "Here: ");
    [mark] = followEdits([mark], [typed], text.at) as [Mark];
    expect(text.at(mark.range)).toBe(claim);
  });

  it("are stale once their text is another, and mend when it is undone", () => {
    const text = new Text(story);
    const first = text.mark(claim);
    const [stale] = followEdits([first], [text.replace("1817", "1818")], text.at) as [Mark];
    expect(stale).toMatchObject({ stale: true, text: claim });
    expect(text.at(stale.range)).toBe("She died\nin 1818 in Winchester.");
    const [mended] = followEdits([stale], [text.replace("1818", "1817")], text.at) as [Mark];
    expect(mended).toEqual(first);
  });

  it("come back with an undo when a part, or all, was deleted", () => {
    for (const deleted of [claim, " in Winchester. The end.", "Bath. She died\n", `Bath. ${claim} The`]) {
      const text = new Text(story);
      const first = text.mark(claim);
      const [without] = followEdits([first], [text.replace(deleted, "")], text.at) as [Mark];
      expect(isGone(without), deleted).toBe(deleted.includes(claim));
      expect(without.stale || isGone(without), deleted).toBe(true);
      const at = story.indexOf(deleted);
      const [back] = followEdits([without], [text.change(at, at, deleted)], text.at) as [Mark];
      expect(back, deleted).toEqual(first);
    }
  });

  it("are not what is written in the place of deleted ones", () => {
    const text = new Text(story);
    const [gone] = followEdits([text.mark(claim)], [text.replace(claim, "")], text.at) as [Mark];
    const at = story.indexOf(claim);
    const [still] = followEdits([gone], [text.change(at, at, "She lived.")], text.at) as [Mark];
    expect(isGone(still)).toBe(true);
  });

  it("are found again in a file that was read anew", () => {
    const text = new Text(story);
    const first = text.mark(claim);
    const changed = `Another head\r\n\r\n${claim.replace("\n", "\r\n")} And more.`;
    const edit = text.change(0, story.length, changed.replaceAll("\r\n", "\n"));
    const [found] = followEdits([first], [{ ...edit, text: changed }], text.at) as [Mark];
    expect(found.stale).toBe(false);
    expect(text.at(found.range)).toBe(claim);
  });

  it("follow several edits of one change", () => {
    const text = new Text(story);
    const marks = [text.mark("She was born in Bath."), text.mark(claim)];
    // As VS Code has them: from the end to the beginning, each by the text before them all.
    const edits = [text.replace("1817", "1818"), text.replace("born", "raised"), text.replace("# Life", "Life")];
    const followed = followEdits(marks, edits, text.at);
    expect(followed.map(({ range }) => text.at(range))).toEqual([
      "She was raised in Bath.",
      "She died\nin 1818 in Winchester.",
    ]);
    expect(followed.every(({ stale }) => stale)).toBe(true);
  });

  it("hold their own text whenever they are not stale, whatever is edited and undone", () => {
    const edit = fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom("", "x", "\n", "She died", "two\nlines"));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const text = new Text(story);
        let marks = [text.mark("She was born in Bath."), text.mark(claim), text.mark("The end.")];
        const undo: [number, number, string][] = [];
        for (const [from, length, words] of edits) {
          const start = from % (text.text.length + 1);
          const end = Math.min(text.text.length, start + length);
          undo.push([start, start + words.length, text.text.slice(start, end)]);
          marks = followEdits(marks, [text.change(start, end, words)], text.at);
          for (const mark of marks) if (!mark.stale && !isGone(mark)) expect(text.at(mark.range)).toBe(mark.text);
        }
        for (const change of undo.reverse()) {
          marks = followEdits(marks, [text.change(...change)], text.at);
          for (const mark of marks) if (!mark.stale && !isGone(mark)) expect(text.at(mark.range)).toBe(mark.text);
        }
        expect(text.text).toBe(story);
      }),
    );
  });
});
