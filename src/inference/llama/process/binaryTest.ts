import module from "node:module";

/** What the runtime tries a native binary with, in a process of its own, before it opens it in this one. */
const test = "/node-llama-cpp/dist/bindings/utils/testBindingBinary.js";
const noTest = "export async function testBindingBinary() { return true; }";

type LoadHook = (url: string, context: object, next: (url: string, context: object) => unknown) => unknown;

/**
 * Leaves that trial out: this is a process of its own already, whose crash is told, and the trial takes longer than all the
 * rest of a small model's loading. Only for the CPU: with GPUs the trial finds out which of them works. Has to come before
 * the runtime is imported. Node before 22.15 cannot do it and loads more slowly.
 */
export function skipBinaryTest(): void {
  if (!("registerHooks" in module)) return;
  const registerHooks = module.registerHooks as (hooks: { load: LoadHook }) => void;
  registerHooks({
    load: (url, context, next) =>
      url.endsWith(test) ? { format: "module", shortCircuit: true, source: noTest } : next(url, context),
  });
}
