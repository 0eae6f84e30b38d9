/** What the panels of all experiments show of work with models, as schemas that both halves check and types both read. */
import * as v from "valibot";

/** What is being done; the panel shows it with a Cancel button. */
export const busy = v.object({
  /** "Loading the model", "Asking what comes next": shown as it is. */
  message: v.string(),
  /** 0 to 1; null when it cannot be known. */
  fraction: v.nullable(v.number()),
});
export type Busy = v.InferOutput<typeof busy>;

/** What went wrong or stands in the way, with what to do about it. */
export const problem = v.object({
  /** "error": something failed. "note": nothing is wrong, but something is missing (an untrusted folder, no prompt). */
  kind: v.picklist(["error", "note"]),
  message: v.string(),
  /** Last lines of a log; null for none. */
  details: v.nullable(v.string()),
  /** Buttons: "retry" and "restart" call `retry`, "pickModel" `pickModel`, "trust" `manageTrust`; every error has "Show log". */
  actions: v.array(v.picklist(["retry", "restart", "pickModel", "trust"])),
});
export type Problem = v.InferOutput<typeof problem>;
