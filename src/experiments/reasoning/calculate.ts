import {
  absDependencies,
  addDependencies,
  ceilDependencies,
  create,
  divideDependencies,
  type FactoryFunctionMap,
  floorDependencies,
  type MathNode,
  maxDependencies,
  minDependencies,
  modDependencies,
  multiplyDependencies,
  parseDependencies,
  powDependencies,
  roundDependencies,
  sqrtDependencies,
  subtractDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
} from "mathjs/number";

/** What came of a model's calculation. */
export type Calculation =
  /** `place` is where it stands among other words, UTF-16 offsets; undefined where it is the whole text. */
  | { readonly value: number; readonly place?: { readonly start: number; readonly end: number } }
  | { readonly problem: string };

const mostCharacters = 2000;
const mostNodes = 500;
// The typings say that each of these may be missing; the package has them all.
const arithmetic = {
  absDependencies,
  addDependencies,
  ceilDependencies,
  divideDependencies,
  floorDependencies,
  maxDependencies,
  minDependencies,
  modDependencies,
  multiplyDependencies,
  parseDependencies,
  powDependencies,
  roundDependencies,
  sqrtDependencies,
  subtractDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
} as FactoryFunctionMap;
const math = create(arithmetic);
const functions = ["abs", "ceil", "floor", "max", "min", "mod", "round", "sqrt"];
const nodeTypes = [
  "OperatorNode",
  "ParenthesisNode",
  "ConstantNode",
  "SymbolNode",
  "AssignmentNode",
  "BlockNode",
  "FunctionNode",
];

/**
 * Computes a model's calculation: one expression or a few lines of assignments, of which the last is the answer, also in a
 * code fence, with `print(…)` around it or an equals sign after it. mathjs parses it; only numbers, names that were given a
 * value, arithmetic and a few functions are let through, so there is nothing in it that could loop, grow or reach out.
 * Where other words stand around it ("the cost is 4 * $12 = $48") the last calculation among them is taken.
 */
export function calculate(text: string): Calculation {
  const whole = evaluated(text);
  if ("value" in whole) return whole;
  return lastAmongWords(text) ?? whole;
}

const operand = String.raw`[-( \t]*[$€£]?\d+(?:,\d{3})*(?:\.\d+)?[ \t)]*`;
const amongWords = new RegExp(`${operand}(?:[-+*/^×·÷−x]+${operand})+`, "g");

function lastAmongWords(text: string): Calculation | undefined {
  if (text.length > mostCharacters) return undefined;
  for (const found of [...text.matchAll(amongWords)].reverse()) {
    const words = found[0].trim();
    const result = evaluated(balanced(words.replace(/x/g, "*")));
    const start = found.index + found[0].indexOf(words);
    if ("value" in result) return { ...result, place: { start, end: start + words.length } };
  }
  return undefined;
}

/** Without brackets that the words around it opened or closed. */
function balanced(expression: string): string {
  const count = (bracket: string): number => expression.split(bracket).length - 1;
  const extra = count("(") - count(")");
  if (extra > 0)
    return expression.replace(new RegExp(`^((?:[^(]*\\(){${extra}})`), (start) => start.replaceAll("(", ""));
  let rest = expression;
  for (let closed = extra; closed < 0; closed++) rest = rest.replace(/\)(?=[^)]*$)/, "");
  return rest;
}

function evaluated(text: string): Calculation {
  const code = prepared(text);
  if (code === "") return { problem: "no calculation" };
  if (code.length > mostCharacters) return { problem: `longer than ${mostCharacters} characters` };
  try {
    const tree = math.parse(code);
    const refused = whatIsRefused(tree);
    if (refused) return { problem: refused };
    return finite(tree.compile().evaluate(new Map()));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Python's and people's ways of writing it, in the parser's. */
function prepared(text: string): string {
  const fenced = /```[\w]*\n([\s\S]*?)```/.exec(text)?.[1] ?? text;
  return fenced
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "$1").trim())
    .map((line) => /^print\((.*)\)$/.exec(line)?.[1] ?? line)
    .map((line) => line.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").replace(/[$€£]/g, ""))
    .map((line) => line.replace(/\*\*/g, "^").replace(/[×·]/g, "*").replace(/÷/g, "/").replace(/−/g, "-"))
    .map((line) => line.replace(/(?<!^\s*\w+\s*)=\s*[-\d.]*\s*$/, "").trim())
    .filter((line) => line !== "")
    .join("\n");
}

function whatIsRefused(tree: MathNode): string | undefined {
  let nodes = 0;
  let refused: string | undefined;
  tree.traverse((node) => {
    nodes++;
    if (!nodeTypes.includes(node.type)) refused ??= `${node.type.replace("Node", "").toLowerCase()} is not allowed`;
    if (node.type === "FunctionNode") {
      const { name } = (node as unknown as { fn: { name?: string } }).fn;
      if (name === undefined || !functions.includes(name)) refused ??= `the function ${name ?? "?"} is not allowed`;
    }
    if (node.type === "ConstantNode" && typeof (node as unknown as { value: unknown }).value !== "number") {
      refused ??= "only numbers are allowed";
    }
  });
  if (nodes > mostNodes) return `more than ${mostNodes} parts`;
  return refused;
}

function finite(result: unknown): Calculation {
  const last = lastOf(result);
  if (typeof last !== "number") return { problem: "gives no number" };
  return Number.isFinite(last) ? { value: last } : { problem: "is not a finite number" };
}

/** A block gives the results of its lines. */
function lastOf(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("entries" in result)) return result;
  const { entries } = result as { entries: unknown };
  return Array.isArray(entries) ? entries.at(-1) : undefined;
}
