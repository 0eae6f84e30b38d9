import fc from "fast-check";
import { expect, it } from "vitest";
import { endsLine, plain, textRuns, tokenRuns } from "../../../webview/ui/tokenText";

const bytes = (text: string) => new TextEncoder().encode(text);

it("draws spaces, line ends and tabs as marks", () => {
  expect(plain(tokenRuns(bytes(" the")))).toBe("·the");
  expect(plain(tokenRuns(bytes(".\r\n\n\t")))).toBe(".␍⏎⏎→");
  expect(tokenRuns(bytes(" a"))).toEqual([
    { kind: "mark", text: "·" },
    { kind: "text", text: "a" },
  ]);
});

it("writes out what cannot be seen or turns text around", () => {
  for (const [text, shown] of [
    ["\u202e", "U+202E"],
    ["\u2066", "U+2066"],
    ["\u200b", "U+200B"],
    ["\ufeff", "U+FEFF"],
    ["\u0000", "U+0000"],
    ["\u00a0", "U+00A0"],
    ["\u{e0041}", "U+E0041"],
    ["\u2028", "U+2028"],
  ] as const) {
    expect(textRuns(text)).toEqual([{ kind: "mark", text: shown }]);
  }
});

it("writes out unpaired surrogates", () => {
  expect(plain(textRuns("a\ud83d"))).toBe("aU+D83D");
});

it("gives a combining mark at the start something to stand on", () => {
  expect(plain(textRuns("\u0301x"))).toBe("◌\u0301x");
  expect(plain(textRuns("e\u0301"))).toBe("e\u0301");
});

it("shows bytes that are no whole character in hex, and the text around them as text", () => {
  expect(tokenRuns(Uint8Array.of(0x20, 0xf0, 0x9f))).toEqual([
    { kind: "mark", text: "·" },
    { kind: "bytes", text: "F0 9F" },
  ]);
  expect(tokenRuns(Uint8Array.of(0x98, 0x80, 0x41))).toEqual([
    { kind: "bytes", text: "98 80" },
    { kind: "text", text: "A" },
  ]);
});

it("hides nothing: every byte is drawn as text, a mark, or hex", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (raw) => {
      const runs = tokenRuns(Uint8Array.from(raw));
      const hexed = runs.filter(({ kind }) => kind === "bytes").flatMap(({ text }) => text.split(" ")).length;
      const left = Uint8Array.from(raw).length - hexed;
      expect(left === 0 ? runs.every(({ kind }) => kind === "bytes") : runs.some(({ kind }) => kind !== "bytes")).toBe(
        true,
      );
      for (const { kind, text } of runs) if (kind === "text") expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});

it("leaves markup as the characters it is made of", () => {
  expect(plain(textRuns('<img src=x onerror="alert(1)">'))).toBe('<img·src=x·onerror="alert(1)">');
});

it("knows where lines end", () => {
  expect(endsLine(bytes("a\nb"))).toBe(true);
  expect(endsLine(bytes("a\r"))).toBe(false);
});
