import assert from "node:assert/strict";

interface Part {
  readonly sample: number;
  readonly from: number;
  readonly tokens: readonly string[];
}

/**
 * What a panel was sent of answers while they were written is what their record then holds: `tokensOf` gives the recorded
 * tokens of the answer that a part is of.
 */
export function assertStreamed<Id extends Part>(
  parts: readonly Id[],
  tokensOf: (part: Id) => readonly string[] | undefined,
): void {
  assert.ok(parts.length > 0, "nothing came before the answers were whole");
  for (const part of parts) {
    assert.ok(part.tokens.length > 0);
    const recorded = tokensOf(part)?.slice(part.from, part.from + part.tokens.length);
    assert.deepEqual(recorded, part.tokens);
  }
}
