import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { armsFor, defaultArms, fittingGrader, reworded } from "../../../../src/experiments/reasoning/arms";
import { exampleProblems, withExamples } from "../../../../src/experiments/reasoning/fewShot";
import { thinkingSwitch, withoutThinking } from "../../../../src/experiments/reasoning/noThinking";
import { summarise } from "../../../../src/experiments/reasoning/summary";
import type { ChatPrompt, Engine } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { renderChat } from "../../../../src/tokenizers/chat/render";
import { loadSpecimen } from "../explorer/specimen";
import { reportOf, smallSpec } from "./smallRun";

let base: LlamaEngine;
beforeAll(async () => {
  base = await loadSpecimen("base");
});
afterAll(() => base?.close());

const direct = defaultArms.find(({ id }) => id === "direct")!;
const steps = defaultArms.find(({ id }) => id === "steps")!;
const signal = new AbortController().signal;

describe("wordings", () => {
  const question = (answer?: string, choices?: string[]) => ({
    id: "1",
    text: "Which?",
    ...(answer !== undefined && { answer }),
    ...(choices && { choices }),
  });

  it("fit the references", () => {
    expect(fittingGrader([question("1,200"), question("-3.5"), question()])).toEqual({ kind: "number" });
    expect(fittingGrader([question("12"), question("Budapest")])).toEqual({ kind: "text" });
    expect(fittingGrader([question("A", ["x", "y"]), question("C", ["x", "y", "z"])])).toEqual({
      kind: "choice",
      choices: 3,
    });
    expect(fittingGrader([question()])).toEqual({ kind: "number" });
  });

  it("ask for a number only where a number is wanted", () => {
    expect(armsFor({ kind: "number" })).toEqual(defaultArms);
    const texts = armsFor({ kind: "text" });
    expect(texts.map(({ kind }) => kind)).not.toContain("code");
    expect(texts[0]!.chat).toBe("{question} Just the answer.");
    expect(armsFor({ kind: "choice", choices: 4 })[0]!.chat).toContain("letter");
    const own = { ...direct, chat: "{question} Be brief." };
    expect(reworded(own, { kind: "text" })).toBe(own);
  });
});

describe("worked examples", () => {
  const examples = exampleProblems("running calculation", { count: 3, seed: 1, questions: smallSpec.questions });

  it("are none of the questions, and the same for the same seed", () => {
    expect(examples).toHaveLength(3);
    const asked = smallSpec.questions.map(({ text }) => text);
    for (const { question } of examples) expect(asked).not.toContain(question);
    expect(exampleProblems("running calculation", { count: 3, seed: 1, questions: smallSpec.questions })).toEqual(
      examples,
    );
  });

  it("stand before the question, each answered in the arm's way", () => {
    const { document, chat } = withExamples(steps, examples);
    const [{ question, steps: worked, answer }] = examples as [(typeof examples)[number]];
    expect(
      document.startsWith(`Question: ${question}\nLet's think step by step. ${worked.join(" ")} Answer: ${answer}\n\n`),
    ).toBe(true);
    expect(document.endsWith(steps.document)).toBe(true);
    expect(document.split("Question: ")).toHaveLength(5);
    expect(chat).toBe(steps.chat);
    const code = defaultArms.find(({ id }) => id === "code")!;
    expect(withExamples(code, examples).document).toContain(`Calculation: ${examples[0]!.expression}\n`);
  });

  it("reach a base model as they are, and it answers in their way", async () => {
    const arms = [direct, steps].map((arm) => withExamples(arm, examples));
    const { arms: figures } = summarise(
      await reportOf(base, { ...smallSpec, models: ["specimen-base"], arms, chat: false }),
    );
    expect(figures.map(({ answers }) => answers)).toEqual([16, 16]);
    expect(figures[1]!.accuracy.rate).toBeGreaterThan(figures[0]!.accuracy.rate);
    expect(figures[1]!.truncated).toBe(0);
  });
});

describe("thinking", () => {
  it("cannot be turned off where the template has no such value", async () => {
    const chat = await loadSpecimen("chat");
    expect(await thinkingSwitch(chat, signal)).toBeUndefined();
    await chat.close();
  });

  it("is turned off by the value the template reads", async () => {
    // No thinking model ships: an engine of nothing but the real renderer, with the end of Qwen 3's template.
    const template =
      "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}{% endif %}";
    const rendering: Pick<Engine, "capabilities" | "render"> = {
      capabilities: { ...base.capabilities, chat: { available: true }, tokenize: { available: true } },
      render: async (prompt) => {
        const { messages, templateValues } = prompt as ChatPrompt;
        const values = templateValues ? { values: templateValues } : {};
        const { text } = renderChat(template, messages, { addGenerationPrompt: true, ...values });
        return { tokens: [], text };
      },
    };
    const found = await thinkingSwitch(rendering as Engine, signal);
    expect(found).toEqual({ enable_thinking: false });
    expect(withoutThinking(direct, found!)).toMatchObject({
      id: "direct-no-thinking",
      name: "Answer at once, no thinking",
      templateValues: { enable_thinking: false },
    });
  });
});
