import type { Engine } from "../../inference/engine";

const models = new WeakMap<Error, string>();

/** The id of the model that failed; undefined where an error is none of a model's. */
export function failingModel(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return models.get(error) ?? failingModel(error.cause);
}

/** Work with a model: an error of it is the model's. */
export async function workOf<T>(modelId: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asOf(modelId, error);
  }
}

/** The engine of a model: its errors are the model's. */
export function engineOf(modelId: string, engine: Engine): Engine {
  return {
    get model() {
      return engine.model;
    },
    get capabilities() {
      return engine.capabilities;
    },
    tokenize: (...args) => workOf(modelId, engine.tokenize(...args)),
    render: (...args) => workOf(modelId, engine.render(...args)),
    score: (...args) => workOf(modelId, engine.score(...args)),
    next: (...args) => workOf(modelId, engine.next(...args)),
    async *sample(...args) {
      try {
        yield* engine.sample(...args);
      } catch (error) {
        throw asOf(modelId, error);
      }
    },
  };
}

function asOf(modelId: string, error: unknown): unknown {
  if (error instanceof Error) models.set(error, modelId);
  return error;
}
