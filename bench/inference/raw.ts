import { getLlama, type LlamaContext, type LlamaContextSequence, LlamaLogLevel, type Token } from "node-llama-cpp";
import type { Sampler } from "../../src/inference/engine";
import type { LlamaLoadOptions, LlamaRunning } from "../../src/inference/llama/runtime/loadOptions";

/** node-llama-cpp as its guide has it: one sequence for each sample, `evaluate` in parallel. */
export class RawLoop {
  private constructor(
    private readonly context: LlamaContext,
    private readonly sequences: readonly LlamaContextSequence[],
    private readonly close: () => Promise<void>,
  ) {}

  /** With the settings that the engine runs with. */
  static async open(options: LlamaLoadOptions, running: LlamaRunning): Promise<RawLoop> {
    const llama = await getLlama({
      gpu: false,
      build: "never",
      maxThreads: 0,
      logLevel: LlamaLogLevel.error,
      logger: () => undefined,
    });
    const model = await llama.loadModel({
      modelPath: options.path,
      defaultContextFlashAttention: options.flashAttention,
    });
    const context = await model.createContext({
      contextSize: running.contextSize,
      sequences: running.sequences,
      batchSize: options.batchSize,
      threads: running.threads,
    });
    const sequences = Array.from({ length: running.sequences }, () => context.getSequence());
    return new RawLoop(context, sequences, () => llama.dispose());
  }

  /** Milliseconds to evaluate a prompt without looking at any logits. */
  async prefill(ids: readonly number[]): Promise<number> {
    const [sequence] = this.sequences;
    await sequence!.clearHistory();
    const start = performance.now();
    await sequence!.evaluateWithoutGeneratingNewTokens(ids as Token[]);
    return performance.now() - start;
  }

  /** Milliseconds from the evaluated prompt to the last token of the last sample. */
  async decode(ids: readonly number[], seeds: readonly number[], sampler: Sampler, tokens: number): Promise<number> {
    const used = this.sequences.slice(0, seeds.length);
    for (const sequence of used) {
      await sequence.clearHistory();
      await sequence.evaluateWithoutGeneratingNewTokens(ids.slice(0, -1) as Token[]);
    }
    const start = performance.now();
    await Promise.all(
      used.map(async (sequence, index) => {
        const { temperature, topK, topP, minP } = sampler;
        const options = { temperature, topK, topP, minP, seed: seeds[index]!, yieldEogToken: true };
        let left = tokens;
        for await (const _ of sequence.evaluate(ids.slice(-1) as Token[], options)) if (--left === 0) break;
      }),
    );
    return performance.now() - start;
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
    await this.close();
  }
}
