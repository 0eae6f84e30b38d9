import { type ChatPrompt, type Engine, EngineError } from "../../inference/engine";
import type { Arm } from "./arms";

/** What templates of thinking models ask for by: Qwen 3 and SmolLM3, DeepSeek V3.1 and Granite. */
const switches: readonly NonNullable<Arm["templateValues"]>[] = [{ enable_thinking: false }, { thinking: false }];

/**
 * The value that turns a model's thinking off, found by rendering a chat with and without it: a template that does not know
 * the value renders the same. Undefined where there is none, or the engine cannot show what it renders.
 */
export async function thinkingSwitch(
  engine: Engine,
  signal: AbortSignal,
): Promise<NonNullable<Arm["templateValues"]> | undefined> {
  const { chat, tokenize } = engine.capabilities;
  if (!chat.available || !tokenize.available) return undefined;
  const prompt: ChatPrompt = { kind: "chat", messages: [{ role: "user", content: "2 + 2?" }] };
  const rendered = async (given: ChatPrompt): Promise<string> => (await engine.render(given, signal)).text;
  const plain = await rendered(prompt);
  for (const templateValues of switches) {
    const changed = await rendered({ ...prompt, templateValues }).catch((error: unknown) => {
      if (error instanceof EngineError && error.code === "unsupported") return plain; // a server that takes no such values
      throw error;
    });
    if (changed !== plain) return templateValues;
  }
  return undefined;
}

const ending = "-no-thinking";

/** The same arm without thoughts: "Answer at once, no thinking". Its template values are the model's `thinkingSwitch`. */
export function withoutThinking(arm: Arm, templateValues: NonNullable<Arm["templateValues"]>): Arm {
  return {
    ...arm,
    id: arm.id.endsWith(ending) ? arm.id : `${arm.id}${ending}`,
    name: arm.id.endsWith(ending) ? arm.name : `${arm.name}, no thinking`,
    templateValues: { ...arm.templateValues, ...templateValues },
  };
}

/** Whether an arm's id asks for no thoughts, and of which arm: "direct" of "direct-no-thinking". */
export function thinkingArmOf(id: string): string | undefined {
  return id.endsWith(ending) ? id.slice(0, -ending.length) : undefined;
}
