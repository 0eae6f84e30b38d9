import type { TemplateResult } from "lit";
import type { ModelView } from "../runs/state";
import { dropdown } from "../ui/fields";
import type { Probe } from "./probe";
import type { Helper } from "./setup";

/** A model that helps, chosen apart from the probed one. */
export function helperField(
  panel: Probe,
  role: "judge" | "writer",
  label: string,
  helper: Helper,
  model: ModelView | null,
  names: { readonly same: string; readonly none: string },
): TemplateResult {
  const options = [
    { value: "same", label: names.same },
    { value: "none", label: names.none },
    ...(helper.kind === "model" && model ? [{ value: "model", label: model.name }] : []),
    { value: "other", label: "Another model…" },
  ];
  return dropdown(role, label, options, helper.kind, (value) => {
    if (value === helper.kind) return;
    if (value === "other") {
      panel.do("pickModel", role);
      panel.draw();
    } else if (value === "same" || value === "none") panel.do("setHelper", role, value);
  });
}
