import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { givenIn, planWindows, type WindowRequest } from "../../../../src/editor/surprisal/windows";

const plain = { head: 0, context: 100, from: 0, visible: 0, step: 1000 };

describe("windows of a text longer than the context", () => {
  it("are one where it fits", () => {
    expect(planWindows({ ...plain, tokens: 100, to: 100 })).toEqual([{ start: 0, from: 0, to: 100 }]);
  });

  it("overlap by half a context", () => {
    expect(planWindows({ ...plain, tokens: 230, to: 230 })).toEqual([
      { start: 0, from: 0, to: 100 },
      { start: 50, from: 100, to: 150 },
      { start: 100, from: 150, to: 200 },
      { start: 150, from: 200, to: 230 },
    ]);
  });

  it("make room for a begin-of-sequence token", () => {
    const [, second] = planWindows({ ...plain, head: 1, tokens: 160, to: 160 });
    expect(second).toEqual({ start: 50, from: 100, to: 149 });
    expect(givenIn(second!, 1, 100)).toBe(51);
  });

  it("begin with what is on the screen, and do the rest after it", () => {
    const steps = planWindows({ ...plain, tokens: 250, to: 250, visible: 170, step: 30 });
    expect(steps.map(({ from }) => from)).toEqual([150, 180, 200, 230, 0, 30, 60, 90, 100, 130]);
  });

  it("cover each wanted token once, fit the context and give each token half a context or all there is", () => {
    const request: fc.Arbitrary<WindowRequest> = fc
      .record({
        tokens: fc.integer({ min: 1, max: 3000 }),
        head: fc.integer({ min: 0, max: 1 }),
        context: fc.integer({ min: 4, max: 700 }),
        a: fc.nat(3000),
        b: fc.nat(3000),
        visible: fc.nat(3000),
        step: fc.integer({ min: 1, max: 600 }),
      })
      .map(({ a, b, ...rest }) => ({ ...rest, from: Math.min(a, b), to: Math.max(a, b) }));
    fc.assert(
      fc.property(request, (given) => {
        const { tokens, head, context, from, to } = given;
        const seen = new Map<number, number>();
        for (const step of planWindows(given)) {
          expect((step.start === 0 ? 0 : head) + step.to - step.start).toBeLessThanOrEqual(context);
          for (let index = step.from; index < step.to; index++) {
            seen.set(index, (seen.get(index) ?? 0) + 1);
            const before = givenIn(step, head, index);
            if (index < context ? before !== index : before < Math.floor(context / 2))
              expect.fail(`token ${index} is given ${before}`);
          }
        }
        const wanted = Array.from({ length: Math.max(0, Math.min(to, tokens) - from) }, (_, index) => from + index);
        expect([...seen.keys()].sort((x, y) => x - y)).toEqual(wanted);
        expect([...seen.values()].every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
