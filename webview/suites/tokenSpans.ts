import { html, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { bitsOf, stepOf } from "../../src/inference/surprisal";
import { count } from "../ui/format";
import { nameOf, tokenView } from "../ui/tokenView";
import type { CaseView } from "./cases";

/** Marks of a chat template or of a text's beginning, as vocabularies write them. */
const marking = /^(<\|.*\|>|<\/?s>|<bos>|<eos>|<(start|end)_of_turn>)$/;

/** A prompt's tokens in bands; a template's own are boxed. */
export function promptTokens(tokens: readonly string[]): TemplateResult[] {
  return tokens.map((text, index) =>
    marking.test(text) ? html`${tokenView({ text, special: true })}<wbr />` : band(text, index, nameOf({ text })),
  );
}

/** An answer's tokens in bands, or tinted by how rare each was. */
export function writtenTokens(
  tokens: readonly string[],
  logProbs: readonly (number | null)[],
  tinted: boolean,
): TemplateResult[] {
  return tokens.map((text, index) => {
    const logProb = logProbs[index] ?? null;
    const probability = logProb === null ? "no probability given" : percent(Math.exp(logProb));
    const title = `${nameOf({ text })}: ${probability}`;
    if (!tinted) return band(text, index, title);
    const step = logProb === null ? 0 : stepOf(bitsOf(logProb));
    return html`<span class="tk t${step}" title=${title}>${tokenView({ text })}</span><wbr />`;
  });
}

/** “strawberry” is 2 tokens: straw berry. */
export function subjectRow({ subject, tokens }: CaseView["subjects"][number]): TemplateResult {
  const short = subject.length > 40 ? `${subject.slice(0, 39)}…` : subject;
  return html`<p class="subject">
    <span>“${short}” is ${tokens.length === 1 ? "one token" : `${count(tokens.length)} tokens`}:</span>
    <span class="mono">${tokens.map((text, index) => band(text, index, nameOf({ text })))}</span>
  </p>`;
}

function band(text: string, index: number, title: string): TemplateResult {
  return html`<span class="tk b${index % 6}" title=${title}>${tokenView({ text })}</span><wbr />`;
}
