import { type Llama, type LlamaGrammar, LlamaGrammarEvaluationState, type LlamaModel } from "node-llama-cpp";
import { EngineError, type SampleRequest } from "../../engine";
import { causeOf } from "./cause";

/** A maker of fresh grammar states for samples of a request. Rejects with EngineError "badInput" for a broken grammar. */
export async function grammarFor(
  llama: Llama,
  model: LlamaModel,
  wanted: SampleRequest["grammar"],
): Promise<() => LlamaGrammarEvaluationState | undefined> {
  if (!wanted) return () => undefined;
  const what = wanted.kind === "gbnf" ? "grammar" : "JSON schema";
  let grammar: LlamaGrammar;
  try {
    grammar =
      wanted.kind === "gbnf"
        ? await llama.createGrammar({ grammar: wanted.text })
        : await llama.createGrammarForJsonSchema(wanted.schema as { type: "object" });
  } catch (error) {
    throw new EngineError("badInput", `The ${what} cannot be used: ${causeOf(error)}`, undefined, { cause: error });
  }
  return () => new LlamaGrammarEvaluationState({ model, grammar });
}
