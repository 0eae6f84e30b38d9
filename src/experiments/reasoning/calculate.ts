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
export type Calculation = { readonly value: number } | { readonly problem: string };

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
 */
export function calculate(text: string): Calculation {
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
