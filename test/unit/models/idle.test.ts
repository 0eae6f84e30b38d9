import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchIdle } from "../../../src/models/openLocalModel";
import { settings } from "./editor";

vi.mock("vscode", () => import("./editor"));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(minutes: number) {
  settings.set("promptscope.local.idleMinutes", minutes);
  let looks = 0;
  const told: number[] = [];
  const engine = {
    get idleFor() {
      looks++;
      return Date.now() - start;
    },
  };
  const start = Date.now();
  const watch = watchIdle(engine, (after) => told.push(after));
  return { told, watch, looks: () => looks };
}

it("tells once, when nobody has used a model for so many minutes", () => {
  const { told, watch } = watched(15);
  vi.advanceTimersByTime(15 * 60_000 - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(60 * 60_000);
  expect(told).toEqual([15]);
  watch.dispose();
});

it("waits in stretches where a timer cannot wait so long, and not by asking all the time", () => {
  const minutes = 100_000;
  const { told, watch, looks } = watched(minutes);
  vi.advanceTimersByTime(minutes * 60_000 - 1);
  expect(told).toEqual([]);
  expect(looks()).toBe(3);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([minutes]);
  watch.dispose();
});
