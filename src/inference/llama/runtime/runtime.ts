/** What the model process imports once it needs the runtime: one file, as node-llama-cpp comes with it. */
export { loadLlamaEngine } from "./loadLlamaEngine";
export { surveyMemory } from "./surveyMemory";
