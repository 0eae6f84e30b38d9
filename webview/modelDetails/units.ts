import { count } from "../ui/format";

const units = [
  { name: "TB", bytes: 1e12 },
  { name: "GB", bytes: 1e9 },
  { name: "MB", bytes: 1e6 },
  { name: "kB", bytes: 1e3 },
] as const;

/** The unit that an amount is written in. */
export function unitOf(value: number): { readonly name: string; readonly bytes: number } {
  return units.find((unit) => value >= unit.bytes) ?? { name: "bytes", bytes: 1 };
}

/** "512 bytes", "1.9 MB", "12.3 GB": decimal units, as the rest of the extension has them. */
export function bytes(value: number): string {
  const unit = unitOf(value);
  return unit.bytes === 1 ? `${count(value)} bytes` : `${(value / unit.bytes).toFixed(1)} ${unit.name}`;
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
