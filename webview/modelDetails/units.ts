import { count } from "../ui/format";

/** "512 bytes", "1.9 MB", "12.3 GB": decimal units, as the rest of the extension has them. */
export function bytes(value: number): string {
  if (value < 1000) return `${count(value)} bytes`;
  for (const [unit, name] of [
    [1e6, "kB"],
    [1e9, "MB"],
    [1e12, "GB"],
  ] as const) {
    if (value < unit) return `${(value / (unit / 1000)).toFixed(1)} ${name}`;
  }
  return `${(value / 1e12).toFixed(1)} TB`;
}

/** "1.32 million", "7.6 billion"; "870" below a thousand. */
export function parameters(value: number): string {
  if (value >= 1e9) return `${trimmed(value / 1e9)} billion`;
  if (value >= 1e6) return `${trimmed(value / 1e6)} million`;
  return count(value);
}

/** Three digits. */
function trimmed(value: number): string {
  return value.toPrecision(3).replace(/\.?0+$/, "");
}

/** "820 tokens/s" */
export function speed(tokensPerSecond: number): string {
  return `${tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : count(Math.round(tokensPerSecond))} tokens/s`;
}
