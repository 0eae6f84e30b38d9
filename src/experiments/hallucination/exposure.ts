import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const person = v.object({
  name: v.string(),
  description: v.string(),
  /** The noun that a right answer must hold. */
  profession: v.string(),
  born: v.number(),
  died: v.nullable(v.number()),
  /** Documents of the whole training that name them. */
  total: natural,
});
const place = v.object({ name: v.string(), capital: v.string(), total: natural });
const element = v.object({ name: v.string(), symbol: v.string(), total: natural });

const exposure = v.object({
  /** What was counted, in words. */
  counted: v.string(),
  people: v.array(person),
  places: v.optional(v.array(place), []),
  elements: v.optional(v.array(element), []),
});

/** What the specimen has seen of everybody, as `training/` writes it to media/models/exposure.json. */
export type Exposure = v.InferOutput<typeof exposure>;
export type SeenPerson = Exposure["people"][number];

/** Reads exposure.json. Throws an Error that names the place of what is wrong. */
export function readExposure(text: string): Exposure {
  const read = v.safeParse(exposure, JSON.parse(text));
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new Error(`exposure.json: ${v.getDotPath(issue) ?? "the file"}: ${issue.message}`);
}

/** How often somebody was seen, in the classes that tables are made of. */
export const exposureBuckets = [
  { id: "0", low: 0, high: 0 },
  { id: "1–3", low: 1, high: 3 },
  { id: "4–20", low: 4, high: 20 },
  { id: "21+", low: 21, high: Number.POSITIVE_INFINITY },
] as const;
export type ExposureBucket = (typeof exposureBuckets)[number]["id"];

export function bucketOf(seen: number): ExposureBucket {
  return exposureBuckets.find(({ low, high }) => seen >= low && seen <= high)!.id;
}
