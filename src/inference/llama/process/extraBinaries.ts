import module from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

type Resolved = { readonly url: string };
type ResolveHook = (
  specifier: string,
  context: object,
  next: (specifier: string, context: object) => Resolved,
) => Resolved;

/**
 * Lets the runtime find packages with further binaries (CUDA's) in the `node_modules` of `folder`, besides those that came
 * with it. Has to come before the runtime is imported. Throws where Node (before 22.15) cannot do it.
 */
export function useExtraBinaries(folder: string): void {
  if (!("registerHooks" in module)) throw new Error("Extra binaries need Node 22.15 or newer.");
  const registerHooks = module.registerHooks as (hooks: { resolve: ResolveHook }) => void;
  const parentURL = pathToFileURL(path.join(folder, "index.js")).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith("@node-llama-cpp/")) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        // Not with the runtime itself; if it is not in the folder either, that is the error.
        return next(specifier, { ...context, parentURL });
      }
    },
  });
}
