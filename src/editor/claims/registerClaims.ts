import { readFile } from "node:fs/promises";
import type { Disposable, ExtensionContext } from "vscode";
import { commands, internalCommands } from "../../contributions";
import type { Models } from "../../models/models";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { Log } from "../../platform/log";
import type { ClaimPlace, Claims } from "./claims";

/** Probing claims in the editor; read when the first is probed. */
export function registerClaims(context: ExtensionContext, models: Models, log: Log): Disposable {
  const store = new DisposableStore();
  const lazy = store.add(
    new Lazy<Claims>(async () => {
      const [{ Claims }, { NetworkConsent }, { readExposure }] = await Promise.all([
        import("./claims"),
        import("../../platform/consent"),
        import("../../experiments/hallucination/exposure"),
      ]);
      const counted = context.asAbsolutePath("media/models/exposure.json");
      const exposure = async (model: string) =>
        models.get(model)?.kind === "builtIn" ? readExposure(await readFile(counted, "utf8")) : undefined;
      return new Claims({ models, log, consent: new NetworkConsent(context.globalState), exposure });
    }),
  );
  const run: Readonly<Record<string, (claims: Claims, given: unknown) => unknown>> = {
    [commands.probeClaim]: (claims) => claims.probeSelection(),
    [commands.claimsAgain]: (claims) => claims.probeAllAgain(),
    [commands.claimsNext]: (claims) => claims.goToNext(),
    [commands.claimsStop]: (claims) => claims.stop(),
    [commands.claimsClear]: (claims) => claims.clear(),
    [internalCommands.probeClaimAgain]: (claims, place) => claims.probeAgain(place as ClaimPlace),
  };
  for (const [id, work] of Object.entries(run))
    store.add(registerCommand(id, log, async (given) => work(await lazy.get(), given)));
  return store;
}
