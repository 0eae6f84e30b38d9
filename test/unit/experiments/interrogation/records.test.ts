import { expect, it } from "vitest";
import { Records } from "../../../../src/experiments/interrogation/records";

interface Item {
  readonly id: string;
  readonly value: number;
}
const many = (count: number): Records<Item> =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, value: index })).reduce(
    (records, item) => records.with(item),
    Records.none<Item>(),
  );

it("keeps records in the order they were first added, whatever changes", () => {
  const records = many(200).with({ id: "70", value: -1 }).with({ id: "new", value: 1 });
  expect(records.size).toBe(201);
  expect([...records].map(({ id }) => id)).toEqual([...Array.from({ length: 200 }, (_, index) => `${index}`), "new"]);
  expect(records.get("70")).toEqual({ id: "70", value: -1 });
  expect(records.get("nobody")).toBeUndefined();
});

it("leaves what it came from as it was", () => {
  const before = many(65);
  const after = before.with({ id: "3", value: -3 }).with({ id: "65", value: 65 });
  expect([before.size, before.get("3")?.value, before.get("65")]).toEqual([65, 3, undefined]);
  expect([after.size, after.get("3")?.value, after.get("65")?.value]).toEqual([66, -3, 65]);
});

it("has two futures of one past that know nothing of each other", () => {
  const past = many(3);
  const [one, other] = [past.with({ id: "a", value: 1 }), past.with({ id: "b", value: 2 }).with({ id: "a", value: 3 })];
  expect([...one].map(({ id, value }) => [id, value])).toEqual([
    ["0", 0],
    ["1", 1],
    ["2", 2],
    ["a", 1],
  ]);
  expect([...other].map(({ id, value }) => [id, value])).toEqual([
    ["0", 0],
    ["1", 1],
    ["2", 2],
    ["b", 2],
    ["a", 3],
  ]);
  expect(one.get("b")).toBeUndefined();
});
