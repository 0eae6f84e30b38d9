import type { ItemKey, Problem, ProblemFamily } from "./problem";

/** No value of a problem leaves 0 to this: the specimen's arithmetic ends there. */
export const largest = 200;

/** A problem in the making: the text so far, its steps, its value and its expression. */
export class Work {
  readonly text: string[] = [];
  readonly steps: string[] = [];
  readonly key: (string | number)[];
  expression: string;
  private loose = false;
  private fits = true;

  constructor(
    private readonly family: ProblemFamily,
    letter: string,
    public value: number,
  ) {
    this.key = [letter, value];
    this.expression = String(value);
  }

  /** One step: value sign number. A step that leaves the range or does not divide makes the problem unfit. */
  apply(sign: Sign, number: number, before = ""): void {
    const left = this.value;
    const exact = sign !== "/" || left % number === 0;
    this.value = calculated(left, sign, number);
    this.fits &&= exact && this.value >= 0 && this.value <= largest;
    this.steps.push(`${before}${left} ${sign} ${number} = ${this.value}.`);
    const tight = sign === "*" || sign === "/";
    this.expression = `${tight && this.loose ? `(${this.expression})` : this.expression} ${sign} ${number}`;
    this.loose = !tight;
    this.key.push(sign, number);
  }

  problem(ending: string): Problem | undefined {
    if (!this.fits || this.steps.length === 0) return undefined;
    const key: ItemKey = this.key.slice();
    const question = [...this.text, ending].join(" ");
    const { family, steps, expression } = this;
    return { family, key, question, steps: steps.slice(), answer: String(this.value), expression };
  }
}

export type Sign = "+" | "-" | "*" | "/";

function calculated(left: number, sign: Sign, right: number): number {
  if (sign === "+") return left + right;
  if (sign === "-") return left - right;
  return sign === "*" ? left * right : Math.floor(left / right);
}
