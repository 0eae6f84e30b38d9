/** The model process: forked by the extension host or the command line, holds one model, ends with its parent. */
import type { GpuChoice, LoadLlamaEngine } from "../runtime/loadOptions";
import type { SurveyMemory } from "../runtime/surveyMemory";
import { skipBinaryTest } from "./binaryTest";
import { useExtraBinaries } from "./extraBinaries";
import { serveModel } from "./serveModel";

const log = (line: string): void => void process.stderr.write(`${line}\n`);

// Nothing stays behind: not even native threads in the middle of a batch, which a polite exit would wait for.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// Ctrl-C in a terminal reaches the whole group; whether the model ends is for the parent to say.
process.on("SIGINT", () => undefined);

/** The runtime is imported when it is wanted: what keeps it from loading is then an error like any other. */
const load: LoadLlamaEngine = async (options, hooks) => {
  prepare(options.gpu);
  const { loadLlamaEngine } = await import("../runtime/runtime");
  return loadLlamaEngine(options, hooks);
};

const survey: SurveyMemory = async (gpu, hooks) => {
  prepare(gpu);
  const { surveyMemory } = await import("../runtime/runtime");
  return surveyMemory(gpu, hooks);
};

/** What has to come before the runtime is imported. */
function prepare(gpu: GpuChoice): void {
  const [, , extraBinaries] = process.argv;
  if (extraBinaries) useExtraBinaries(extraBinaries);
  if (gpu === "cpu") skipBinaryTest();
}

serveModel(
  { load, survey },
  {
    post: (message) => process.connected && process.send?.(message),
    on: (listener) => void process.on("message", listener),
    off: (listener) => void process.off("message", listener),
  },
  (level, line) => log(`[${level}] ${line}`),
  (error) => log(`[error] ${error.stack ?? error.message}`),
);
