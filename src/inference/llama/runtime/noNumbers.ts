import { EngineError } from "../../engine";

/**
 * What a person reads when a row of logits has no probabilities in it: half-precision sums that ran over on a GPU, or a
 * quantization that is broken. The code is that of a loading, since the model has to be loaded otherwise.
 */
export function noNumbers(model: string, device: string): EngineError {
  const what = `“${model}” gives no numbers on this device (${device}): `;
  const next =
    device === "CPU"
      ? "its file may be damaged or badly quantized. Fetch it again, or choose another file of the model."
      : "sums run over there, or the file is badly quantized. Try the CPU: set promptscope.local.gpu to “cpu” and load it again.";
  return new EngineError("loadFailed", what + next);
}
