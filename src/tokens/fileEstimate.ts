import { open } from "node:fs/promises";
import type { Tokenizer } from "../tokenizers";
import { type Estimate, fromRates, sampleStarts } from "./estimate";

const sampleBytes = 8192;

/** The tokens of a file on disk, reckoned from samples of its bytes; undefined when it is empty or looks binary. */
export async function estimateFile(
  file: string,
  tokenizer: Tokenizer,
): Promise<(Estimate & { readonly bytes: number }) | undefined> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const samples: Buffer[] = [];
    for (const start of sampleStarts(size, sampleBytes)) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, start);
      samples.push(buffer.subarray(0, bytesRead));
    }
    if (size === 0 || samples.some((sample) => sample.includes(0))) return undefined;
    const rates = samples.map((sample) => tokenizer.count(sample.toString("utf8")) / sample.length);
    return { ...fromRates(rates, size, samples.length * sampleBytes), bytes: size };
  } finally {
    await handle.close();
  }
}
