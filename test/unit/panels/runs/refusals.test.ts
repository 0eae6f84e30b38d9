import { expect, it } from "vitest";
import type { Uri } from "vscode";
import { refuseElsewhere } from "../../../../src/panels/runs/refusals";

it("adds nothing to a run that is no file of this machine, and says where it is from", () => {
  const at = (scheme: string) => ({ uri: { scheme, path: "/work/prices.promptscope.jsonl" } as Uri });
  expect(() => refuseElsewhere(at("file"))).not.toThrow();
  expect(() => refuseElsewhere(at("git"))).toThrow(/^prices\.promptscope\.jsonl is shown from “git:”/);
});
