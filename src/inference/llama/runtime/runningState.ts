import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import type { ContextPlan } from "./contextPlan";
import type { Device } from "./device";
import type { LlamaHooks, LlamaLoadOptions, LlamaRunning } from "./loadOptions";

/** Speeds are told at most this often, milliseconds. */
const TELL_EVERY = 500;
/** Speed is that of the last steps, about this many milliseconds of them. */
const WINDOW = 2000;

/** What a loaded model runs on and how fast, as it is measured. */
export class RunningState {
  private prefillSpeed: number | undefined;
  private steps: { tokens: number; milliseconds: number } = { tokens: 0, milliseconds: 0 };
  private toldAt = -Infinity;
  private later: NodeJS.Timeout | undefined;

  constructor(
    private readonly device: Device,
    private readonly model: LlamaModel,
    private readonly context: LlamaContext,
    private readonly options: LlamaLoadOptions,
    private readonly plan: ContextPlan,
    private readonly threads: number,
    private readonly hooks: LlamaHooks,
  ) {}

  prefilled(tokens: number, milliseconds: number): void {
    this.prefillSpeed = (tokens / milliseconds) * 1000;
    this.tell();
  }

  /** A step of the samples of one request. */
  sampled(tokens: number, milliseconds: number): void {
    const keep = this.steps.milliseconds > WINDOW ? 0.5 : 1;
    this.steps = {
      tokens: this.steps.tokens * keep + tokens,
      milliseconds: this.steps.milliseconds * keep + milliseconds,
    };
    this.tell();
  }

  facts(): LlamaRunning {
    const { model, context, plan } = this;
    const { tokens, milliseconds } = this.steps;
    const layers =
      model.gpuLayers > 0 ? `${model.gpuLayers} of ${model.fileInsights.totalLayers} layers on the GPU, ` : "";
    const gpus = this.device.gpus.length > 0 ? ` (${[...new Set(this.device.gpus)].join(", ")})` : "";
    return {
      device: `${this.device.name}${gpus}, ${layers}${this.threads === 1 ? "1 thread" : `${this.threads} threads`}`,
      deviceReason: this.device.reason,
      threads: this.threads,
      gpuLayers: model.gpuLayers,
      contextSize: plan.contextSize,
      sequences: plan.sequences,
      flashAttention: this.options.flashAttention,
      memory: {
        weightsRam: model.memoryUsage.ram,
        weightsVram: model.memoryUsage.vram,
        contextRam: context.memoryUsage.ram,
        contextVram: context.memoryUsage.vram,
        resident: process.memoryUsage.rss(),
      },
      prefillTokensPerSecond: this.prefillSpeed,
      tokensPerSecond: tokens >= 8 ? (tokens / milliseconds) * 1000 : undefined,
    };
  }

  /** Nothing is told any more. */
  close(): void {
    clearTimeout(this.later);
    this.later = undefined;
  }

  /** What comes too soon after the last time is told a little later: the last word on a speed must not be lost. */
  private tell(): void {
    if (!this.hooks.onRunning || this.later) return;
    const wait = this.toldAt + TELL_EVERY - performance.now();
    if (wait <= 0) this.tellNow();
    else this.later = setTimeout(() => this.tellNow(), wait).unref();
  }

  private tellNow(): void {
    this.later = undefined;
    this.toldAt = performance.now();
    this.hooks.onRunning?.(this.facts());
  }
}
