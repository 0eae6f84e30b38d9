import { expect } from "vitest";

/** Well-formed enough to be balanced: every element that opens is closed in order, and nothing stands outside of text. */
export function elementsOf(svg: string): string[] {
  const open: string[] = [];
  const all: string[] = [];
  for (const [, closes, name, self] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closes) expect(open.pop()).toBe(name);
    else {
      all.push(name!);
      if (!self) open.push(name!);
    }
  }
  expect(open).toEqual([]);
  return all;
}
