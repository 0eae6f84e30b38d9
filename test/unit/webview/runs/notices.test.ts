import { expect, it } from "vitest";
import { noModel } from "../../../../webview/runs/noModel";
import { roleSlots, slotOf } from "../../../../webview/runs/notices";

it("offers another model in the place of the one that failed, and none where that is not known", () => {
  const picked: string[] = [];
  const model = (id: string) => ({ ...noModel, id });
  const slots = roleSlots({ probed: model("a"), writer: null, judge: model("b") }, (role) => picked.push(role));
  slotOf(slots, "b")?.pick();
  slotOf(slots, "a")?.pick();
  expect(picked).toEqual(["judge", "probed"]);
  expect(slotOf(slots, null)).toBeUndefined();
  expect(slotOf(slots, "one of an older run")).toBeUndefined();
  const same = roleSlots({ probed: model("a"), judge: model("a") }, (role) => picked.push(role));
  expect(slotOf(same, null)).toBe(same[0]);
});
