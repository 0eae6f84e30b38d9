import { expect, it } from "vitest";
import { surveyDevice } from "../../../../src/inference/llama/process/surveyDevice";
import { entry } from "./specimen";

it("tells that a CPU has no memory of its own", async () => {
  expect(await surveyDevice({ entry }, "cpu")).toEqual({ device: "CPU", gpuBytes: 0, isShared: false });
});

it("rejects with the reason where the wanted device is not there", async () => {
  // Metal is on no machine that runs Linux or Windows; on a Mac this is a real answer.
  const asked = surveyDevice({ entry }, "metal");
  if (process.platform === "darwin") expect(await asked).toMatchObject({ isShared: true });
  else await expect(asked).rejects.toMatchObject({ name: "EngineError", code: "loadFailed" });
});

it("ends with its caller's patience", async () => {
  const stop = new AbortController();
  const asked = surveyDevice({ entry }, "auto", stop.signal);
  stop.abort(new Error("not now"));
  await expect(asked).rejects.toThrow("not now");
});
