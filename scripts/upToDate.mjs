import { stat } from "node:fs/promises";

/** Whether all of `outputs` exist and none is older than any of `inputs` (paths). */
export async function isUpToDate(outputs, inputs) {
  const times = async (files) => Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  try {
    return Math.min(...(await times(outputs))) >= Math.max(...(await times(inputs)));
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}
