import { html, type TemplateResult } from "lit";
import { count } from "../ui/format";
import { memoryPlot } from "./memoryPlot";
import type { Memory } from "./protocol";
import { bytes } from "./units";

const why =
  "Weights and the KV cache of one sequence. Each further sample at once adds its own cache, and llama.cpp adds buffers.";

/** What a context costs in memory: the plot, and its numbers. */
export function memorySection(memory: Memory): TemplateResult {
  return html`<section aria-labelledby="memory">
    <h2 id="memory">Memory by context length</h2>
    ${memoryPlot(memory)}
      <table class="memory">
        <thead>
          <tr>
            <th scope="col" class="r">Context</th>
            <th scope="col" class="r" title=${why}>≈ 16-bit cache</th>
            <th scope="col" class="r" title=${why}>≈ 8-bit cache</th>
            <th scope="col">Fits now</th>
          </tr>
        </thead>
        <tbody>
          ${memory.points.map(
            ({ tokens, f16, q8 }) =>
              html`<tr>
                <td class="r">${count(tokens)}</td>
                <td class="r">${bytes(f16)}</td>
                <td class="r">${bytes(q8)}</td>
                <td>${fits(memory.free, f16, q8)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    <p class="small muted">
      ≈ ${why} ${bytes(memory.free)} are free now.${memory.uncertain === null ? "" : ` ${memory.uncertain}`}
    </p>
  </section>`;
}

function fits(free: number, f16: number, q8: number): TemplateResult {
  if (f16 <= free) return html`<span class="yes">✓ yes</span>`;
  return q8 <= free ? html`<span class="yes">✓ 8-bit only</span>` : html`<span class="no">– no</span>`;
}
