import { describe, expect, it } from "vitest";
import { explorer } from "../../../src/experiments/explorer/explorer";
import { eventLine, headerLine, type Run, RunFileError, readHeader, readRun } from "../../../src/experiments/runFile";
import { plainSampler } from "../../../src/inference/engine";

const model = {
  id: "m",
  name: "M",
  kind: "gguf",
  contextSize: null,
  vocabularySize: 3,
  hasChatTemplate: false,
  addsBos: false,
  build: "test",
  fingerprint: null,
} as const;
const spec = {
  model,
  prompt: { as: "text", text: "é \u2028 😀", parseSpecial: false },
  sampler: plainSampler,
  seed: 1,
} as const;
const header = headerLine(explorer, { created: "2026-11-21T12:00:00Z", by: "test 1", spec });
const seed = eventLine({ type: "seed", seed: 2 });

function read(text: string): Run<unknown, unknown> {
  const reading = readRun(text, explorer);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

function refusal(text: string): RunFileError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RunFileError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("run files", () => {
  it("come back as they were written, blank lines and a byte order mark left out", () => {
    expect(read(`\uFEFF${header}\n${seed}${seed}`)).toEqual({
      created: "2026-11-21T12:00:00Z",
      by: "test 1",
      spec,
      events: [
        { type: "seed", seed: 2 },
        { type: "seed", seed: 2 },
      ],
      cut: false,
    });
    expect(read(header.replaceAll("\n", "\r\n") + seed.replaceAll("\n", "\r\n")).events).toHaveLength(1);
  });

  it("keep what they had when the last line was cut off", () => {
    for (let length = 1; length < seed.length - 1; length++) {
      expect(read(header + seed + seed.slice(0, length))).toMatchObject({ events: [{ seed: 2 }], cut: true });
    }
  });

  it("are refused with the line and the reason", () => {
    expect(refusal(`${header}${seed}{"type":"seed","seed":-1}\n`)).toMatchObject({ code: "badLine", line: 3 });
    expect(refusal(`${header}${seed}{"type":"seed","seed":-1}\n`).message).toMatch(/^Line 3 cannot be read: seed: /);
    expect(refusal(`${header}{nonsense\n${seed}`)).toMatchObject({ code: "badLine", line: 2 });
    expect(refusal(`${header}{nonsense\n${seed}`).message).toContain("it is not JSON");
    expect(refusal(header.replace('"seed":1', '"seed":"x"')).message).toMatch(/^Line 1 cannot be read: seed/);
  });

  it("are refused when they are something else", () => {
    for (const text of ["", "\n", "hello", "{}", "[1]", '{"promptscope":"1"}']) {
      expect(refusal(text), text).toMatchObject({ code: "notARun", line: 1 });
    }
    expect(refusal(header.replace('"explorer"', '"reasoning"'))).toMatchObject({ code: "otherKind" });
    expect(refusal(header.replace('"explorer"', '"reasoning"')).message).toContain("“reasoning”");
    expect(refusal(header.replace('"version":1', '"version":2'))).toMatchObject({ code: "newer" });
    expect(refusal(header.replace('"promptscope":1', '"promptscope":2'))).toMatchObject({ code: "newer" });
  });

  it("say what they are from their first line alone", () => {
    expect(readHeader(header)).toMatchObject({ kind: "explorer", version: 1, by: "test 1" });
  });
});
