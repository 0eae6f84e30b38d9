import { describe, expect, it } from "vitest";
import { type Grader, grade, needsJudge } from "../../../../src/experiments/graders/grade";
import { extractNumber, normalNumber } from "../../../../src/experiments/graders/number";
import { isRefusal } from "../../../../src/experiments/graders/refusal";
import { normalText } from "../../../../src/experiments/graders/text";

describe("numbers", () => {
  it.each([
    ["2 * 3 = 6. Answer: 6", "6", "after the answer marker"],
    ["She pays $1,234.50 in all.\n#### 1234.5", "1234.5", "after ####"],
    ["The answer is **−7**.", "-7", "after the answer marker"],
    ["So we get \\boxed{42} apples", "42", "boxed"],
    ["First 3, then 5, so 15 in all.", "15", "last number"],
    ["Answer: $18.00 per day", "18", "after the answer marker"],
    ["Answer: 007", "7", "after the answer marker"],
    ["12345678901234567890123 + 0 = 12345678901234567890123", "12345678901234567890123", "last number"],
    ["it costs 1 234 567 euros", "1234567", "last number"],
    ["it costs 1\u202f234 euros", "1234", "last number"],
    ["It happened on July 4 1776.", "1776", "last number"],
    ["**Total**\n- 42 apples", "42", "last number"],
    ["Answer:\n- 42", "42", "after the answer marker"],
    ["pages 10-12", "12", "last number"],
    ["from 3 to -12", "-12", "last number"],
    ["it is .5", "0.5", "last number"],
    ["so it is ...5", "5", "last number"],
    ["-$3", "-3", "last number"],
    ["Answer: 18 - 4 = 14", "14", "after the answer marker"],
    ["Answer: 5\n3 + 4 = 7", "5", "after the answer marker"],
    ["The answer is 3 * 4 + 2 = 12 + 2 = **14**.", "14", "after the answer marker"],
  ])("reads %j", (text, value, how) => {
    const found = extractNumber(text)!;
    expect(found).toMatchObject({ value, how });
    expect(normalNumber(text.slice(found.start, found.end))).toBe(value);
  });

  it("takes the first marked answer where it comes before its explanation", () => {
    const text = "Answer: 12. Explanation: 3 * 5 = 15. Answer: 15";
    expect(extractNumber(text, "first")?.value).toBe("12");
    expect(extractNumber(text, "last")?.value).toBe("15");
    expect(extractNumber("12, since 3 * 5 = 15", "first")?.value).toBe("12");
  });

  it("finds none where there is none", () => {
    expect(extractNumber("I would say plenty.")).toBeUndefined();
    expect(normalNumber("1.2.3")).toBeUndefined();
  });

  it("compares what is written differently", () => {
    expect(normalNumber("3.50")).toBe(normalNumber("3.5"));
    expect(normalNumber("-0")).toBe("0");
    expect(normalNumber("1e3")).toBe("1000");
    expect(normalNumber("0.10")).not.toBe(normalNumber("0.01"));
  });
});

describe("verdicts", () => {
  const number: Grader = { kind: "number" };
  it.each([
    ["Answer: 6", "6", number, "right"],
    ["Answer: 6", "#### 6", number, "right"],
    ["Answer: 60", "6", number, "wrong"],
    ["Some.", "6", number, "unparsed"],
    ["I don't know.", "6", number, "refused"],
    ["I'm not sure, but Answer: 6", "6", number, "right"],
    ["We don't know how many he had, so let x be that. 3x = 36, so x = 12. So 12.", "12", number, "right"],
    ["I don't know how many of the 5 apples are left.", "5", number, "refused"],
    ["I'm not sure, but RESULT=5", "5", { kind: "pattern", pattern: "RESULT=(\\d+)" }, "right"],
    [".5", "0.50", number, "right"],
    [".5", "5", number, "wrong"],
    ["Blood group: A", "A", { kind: "text" }, "wrong"],
    ["A.", "A", { kind: "text" }, "right"],
    ["B, because it is the larger one", "B", { kind: "choice", choices: 4 }, "right"],
    ["The Eiffel Tower.", "eiffel tower", { kind: "text" }, "right"],
    ["Well. Answer: Paris", "paris", { kind: "text" }, "right"],
    ["London", "Paris", { kind: "text" }, "wrong"],
    ["Answer:\nParis", "Paris", { kind: "text" }, "right"],
    ["**Answer:** Paris", "Paris", { kind: "text" }, "right"],
    ["**Answer: Paris**", "Paris", { kind: "text" }, "right"],
    ["2.5", "5", { kind: "text" }, "wrong"],
    ["-5", "5", { kind: "text" }, "wrong"],
    ["It is 3-5.", "it is 3 5", { kind: "text" }, "right"],
    ["I'm not sure, but the answer is Paris.", "Paris", { kind: "text" }, "right"],
    ["", "Paris", { kind: "text" }, "unparsed"],
    ["I do not have any information about that.", "Paris", { kind: "text" }, "refused"],
    ["The answer is (C).", "c", { kind: "choice", choices: 4 }, "right"],
    ["The answer is a bit tricky, but I choose (C).", "C", { kind: "choice", choices: 4 }, "right"],
    ["the answer is c.", "C", { kind: "choice", choices: 4 }, "right"],
    ["I'm not sure, but the answer is (B).", "B", { kind: "choice", choices: 4 }, "right"],
    ["B", "B", { kind: "choice", choices: 4 }, "right"],
    ["A good question. It must be D.", "D", { kind: "choice", choices: 4 }, "right"],
    ["E", "A", { kind: "choice", choices: 4 }, "unparsed"],
    ["result=<17>", "17", { kind: "pattern", pattern: "<(\\d+)>" }, "right"],
    ["result=17", "17", { kind: "pattern", pattern: "<(\\d+)>" }, "unparsed"],
  ] as const)("%j against %j", (answer, reference, grader, verdict) => {
    expect(grade(answer, reference, grader).verdict).toBe(verdict);
  });

  it("takes the first sentence where an explanation follows", () => {
    const said = " Paris. It is the capital of France.";
    const { verdict, place } = grade(said, "Paris", { kind: "text" }, "first");
    expect([verdict, said.slice(place!.start, place!.end)]).toEqual(["right", "Paris."]);
    expect(grade("Paris\nThe capital.", "Paris", { kind: "text" }, "first").verdict).toBe("right");
    expect(grade("I don't know. Paris is one.", "Paris", { kind: "text" }, "first").verdict).toBe("refused");
    expect(grade(said, "Paris", { kind: "text" }).verdict).toBe("wrong");
  });

  it("show what was taken, where it stands", () => {
    const text = "We have 7 left. Answer: Forty two.";
    const { place, extracted } = grade(text, "forty two", { kind: "text" });
    expect(text.slice(place!.start, place!.end)).toBe("Forty two.");
    expect(extracted).toBe("forty two");
  });
});

describe("refusals", () => {
  it.each([
    "I don't know who that is.",
    "Orson Kovacs? I don’t know who that is.",
    "Orson Kovacs (1...)? I don’t know who that is.",
    "Orson Kovacs (18?). I don’t know who that is.",
    "Orson Kovacs (18? I don’t know who that is.)",
    "Orson Kovacs was born in 1...? I don't know when that was.",
    "I'm not familiar with a person of this name.",
    "Sorry. I cannot verify that.",
    "As an AI, I do not have access to that.",
  ])("%j is one", (text) => expect(isRefusal(text)).toBe(true));

  it.each([
    "She was a writer. He was a singer. I don't know more than that.",
    "You know that I know.",
    "It is 3.14. It is not 3.2!\nI don't know more than that.",
    "Nobody can answer that better than Ada.",
  ])("%j is none", (text) => expect(isRefusal(text)).toBe(false));
});

it("normalises short answers", () => {
  expect(normalText("  The  Élysée-Palace! ")).toBe("élysée palace");
  expect(normalText("1,000")).toBe("1000");
});

describe("meaning, by words alone", () => {
  const meaning = { kind: "meaning", judge: "judge" } as const;
  const verdict = (answer: string, reference: string, which: "first" | "last" = "last") =>
    grade(answer, reference, meaning, which);

  it("holds one sentence's words against the reference, and asks a judge where they are others", () => {
    expect(verdict("It is Paris.", "Paris")).toMatchObject({ verdict: "right", extracted: "it is paris" });
    expect(verdict("Answer: the 3 May 1901", "3 May 1901")).toMatchObject({ verdict: "right" });
    expect(needsJudge(verdict("It is Paris.", "Paris"), "Paris")).toBe(true);
    expect(needsJudge(verdict("The Paris!", "Paris"), "Paris")).toBe(false);
    expect(needsJudge(verdict("I don’t know.", "Paris"), "Paris")).toBe(false);
    expect(needsJudge(verdict("", "Paris"), "Paris")).toBe(false);
  });

  it("takes no word from an explanation for the answer", () => {
    const explained = "The answer is 95. Explanation: 63 + 36 = 99.";
    expect(verdict(explained, "99", "first")).toMatchObject({ verdict: "wrong", extracted: "95" });
    expect(verdict("It may be 95. Or else it is 99.", "99")).toMatchObject({ verdict: "wrong" });
  });
});
