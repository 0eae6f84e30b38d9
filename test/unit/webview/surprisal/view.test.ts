import { expect, it } from "vitest";
import { stepText } from "../../../../webview/surprisal/histogram";
import { moved } from "../../../../webview/surprisal/tokenList";

it("says what each column stands for, with its count", () => {
  expect([stepText(0, 101), stepText(2, 1), stepText(6, 1284)]).toEqual([
    "0–1 bits: 101 tokens, expected",
    "2–4 bits: 1 token, rarer than 1 in 4",
    "12 bits and over: 1,284 tokens, rarer than 1 in 4,096",
  ]);
});

it("moves in the list by arrows, J and K, Home and End, and stays within", () => {
  expect(["ArrowDown", "j", "ArrowUp", "k", "Home", "End"].map((key) => moved(key, 3, 10))).toEqual([4, 4, 2, 2, 0, 9]);
  expect([moved("ArrowDown", 9, 10), moved("ArrowUp", 0, 10), moved("x", 0, 10)]).toEqual([9, 0, undefined]);
});
