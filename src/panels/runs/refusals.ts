import { l10n, type Uri, workspace } from "vscode";
import type { Models } from "../../models/models";
import { UserError } from "../../platform/commands";
import { baseName } from "../baseName";
import type { ModelWork } from "./modelWork";
import { NoteError } from "./problems";

/** What forbids asking a model. Throws NoteError in a folder that is not trusted. */
export function refuseUntrusted(): void {
  if (workspace.isTrusted) return;
  throw new NoteError(
    l10n.t("Models are not run in a folder that you have not trusted: its files could be made to mislead."),
    ["trust"],
  );
}

/** One piece of work at a time where a second would end the first. Throws UserError. */
export function refuseBusy(work: ModelWork): void {
  if (!work.running) return;
  throw new UserError(l10n.t("A model is still at work here. Wait for its end, or cancel it first."));
}

/** Nothing is added to a run that is not a file here: Git's side of a comparison, a folder on no disk. Throws UserError. */
export function refuseElsewhere({ uri }: { readonly uri: Uri }): void {
  if (uri.scheme === "file") return;
  throw new UserError(
    l10n.t(
      "{0} is shown from “{1}:”, where nothing can be added to it. Open the file on the disk to go on.",
      baseName(uri),
      uri.scheme,
    ),
  );
}

/** The run's models have to be there, and no other panel may be asking. Throws UserError and NoteError. */
export function refuseGone(
  models: Models,
  run: { readonly asked: boolean },
  wanted: readonly { readonly id: string; readonly name: string | undefined }[],
): void {
  if (run.asked) throw new UserError(l10n.t("This run is being asked for in another panel. Wait for its end there."));
  const gone = wanted.find(({ id }) => !models.get(id));
  if (!gone) return;
  throw new NoteError(
    l10n.t(
      "The model {0} is not here. What was saved is shown; choose another model to ask the same anew.",
      gone.name ?? gone.id,
    ),
    ["pickModel"],
    gone.id,
  );
}
