import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Ending, endingError } from "../../../../src/inference/llama/process/ending";
import { modelEnvironment } from "../../../../src/inference/llama/process/environment";
import { Heartbeat } from "../../../../src/inference/llama/process/heartbeat";
import { LogTail } from "../../../../src/inference/llama/process/logTail";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("calls a process hung after so many unanswered questions in a row, and not before", () => {
  const silences: number[] = [];
  let asked = 0;
  const beat = new Heartbeat(
    { interval: 1000, missed: 3 },
    () => asked++,
    (seconds) => silences.push(seconds),
  );
  beat.start();
  vi.advanceTimersByTime(2000);
  beat.alive();
  vi.advanceTimersByTime(3000);
  expect({ asked, silences }).toEqual({ asked: 5, silences: [] });
  vi.advanceTimersByTime(1000);
  expect(silences).toEqual([3]);
  vi.advanceTimersByTime(10_000);
  expect({ asked, silences }).toEqual({ asked: 5, silences: [3] });
});

it("does not ask while there is no work", () => {
  const ask = vi.fn();
  const beat = new Heartbeat({ interval: 1000, missed: 3 }, ask, () => expect.fail("silent"));
  beat.start();
  beat.stop();
  vi.advanceTimersByTime(60_000);
  expect(ask).not.toHaveBeenCalled();
});

const ending = { model: "M", loading: false, code: null, signal: null, log: undefined } satisfies Ending;

it("says how a process ended, to which model, what is safe and what to do", () => {
  const cases: [Partial<Ending>, string, RegExp][] = [
    [{ signal: "SIGKILL" }, "crashed", /“M” stopped: its process was killed from outside.*kept.*Restart the model/],
    [{ signal: "SIGABRT" }, "crashed", /crashed \(SIGABRT\)/],
    [{ code: 7 }, "crashed", /ended by itself \(exit code 7\)/],
    [{ signal: "SIGKILL", silentFor: 30 }, "crashed", /has not answered for 30 s and was ended/],
    [{ signal: "SIGABRT", loading: true }, "loadFailed", /“M” did not load: .*fewer layers/],
    [{ signal: "SIGABRT", log: "CUDA error: out of memory" }, "outOfMemory", /memory ran out.*fewer layers/],
    [{ loading: true, code: 1, log: "ggml_backend_cuda_buffer: cudaMalloc failed" }, "outOfMemory", /did not load/],
  ];
  for (const [change, code, message] of cases) {
    expect(endingError({ ...ending, ...change })).toMatchObject({ code, message: expect.stringMatching(message) });
  }
  expect(endingError({ ...ending, log: "last words" }).details).toBe("last words");
});

it("keeps the last lines of a log, whole ones, also the last without its end", () => {
  const heard: string[] = [];
  const tail = new LogTail((line) => heard.push(line), 3);
  tail.write("one\ntw");
  tail.write("o\r\nthree\n\n[info] .\n[info] ...\nfour\nfi");
  expect(tail.text()).toBe("two\nthree\nfour");
  tail.write("ve");
  tail.end();
  expect(tail.text()).toBe("three\nfour\nfive");
  expect(heard).toEqual(["one", "two", "three", "four", "five"]);
});

it("hands on no keys and no options of the parent", () => {
  const environment = modelEnvironment({
    PATH: "/bin",
    Path: "C:\\",
    HOME: "/home/me",
    CUDA_VISIBLE_DEVICES: "0",
    LD_LIBRARY_PATH: "/lib",
    OPENAI_API_KEY: "secret",
    NODE_OPTIONS: "--inspect",
    VSCODE_IPC_HOOK: "/tmp/x",
  });
  expect(environment).toEqual({
    PATH: "/bin",
    Path: "C:\\",
    HOME: "/home/me",
    CUDA_VISIBLE_DEVICES: "0",
    LD_LIBRARY_PATH: "/lib",
    ELECTRON_RUN_AS_NODE: "1",
    NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true",
    NODE_LLAMA_CPP_POSTINSTALL: "skip",
  });
});
