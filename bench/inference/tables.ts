import { short } from "../tokenizers/table";
import type { Report } from "./main";

export interface Decoding {
  readonly sampler: string;
  readonly parallel: number;
  /** Tokens a second of all samples together. */
  readonly ours: number;
  readonly raw: number;
  readonly own: number | undefined;
}

/** Prints a report as Markdown tables. */
export function printReport({ model, device, decoding, prompt, process, missing }: Report): void {
  const perSecond = (ms: number) => short((prompt.tokens * 1000) / ms);
  const { tokens, oursMs, rawMs, ownMs, scoreMs } = prompt;
  const sections = [
    `### ${model}, ${device}`,
    markdown(
      [
        "tokens/s, all samples together",
        "samples",
        "engine",
        "node-llama-cpp's loop",
        "llama.cpp, nothing sampled",
        "engine / loop",
        "engine / llama.cpp",
      ],
      decoding.map(({ sampler, parallel, ours, raw, own }) => [
        sampler,
        String(parallel),
        short(ours),
        short(raw),
        own === undefined ? "–" : short(own),
        `${short(ours / raw)}x`,
        own === undefined ? "–" : `${short(ours / own)}x`,
      ]),
    ),
    markdown(
      [`a prompt of ${tokens} tokens`, "ms", "tokens/s", "times the engine's prefill"],
      [
        ["engine, prefill and one distribution", short(oursMs), perSecond(oursMs), "1x"],
        ["node-llama-cpp's loop, prefill", short(rawMs), perSecond(rawMs), `${short(rawMs / oursMs)}x`],
        ...(ownMs ? [["llama-bench, prefill", short(ownMs), perSecond(ownMs), `${short(ownMs / oursMs)}x`]] : []),
        ["engine, every token scored", short(scoreMs), perSecond(scoreMs), `${short(scoreMs / oursMs)}x`],
      ],
    ),
  ];
  if (process) {
    const { coldFirstTokenMs, warmFirstTokenMs, wayPerTokenUs, residentBytes } = process;
    sections.push(
      markdown(
        ["model process", ""],
        [
          ["command to first token, cold", `${short(coldFirstTokenMs)} ms`],
          ["command to first token, warm", `${short(warmFirstTokenMs)} ms`],
          ["way between processes, a token", `${short(wayPerTokenUs)} µs`],
          ["resident memory", `${short(residentBytes / 2 ** 20)} MiB`],
        ],
      ),
    );
  }
  if (missing.length > 0) sections.push(`Not measured:\n${missing.map((line) => `- ${line}`).join("\n")}`);
  console.log(`\n${sections.join("\n\n")}`);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const ruler = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [line(head), line(ruler), ...rows.map(line)].join("\n");
}
