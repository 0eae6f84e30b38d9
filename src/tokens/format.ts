/**
 * Numbers as people read them: thousands separators, a space before %, ≈ in front of estimates. English only, as all
 * text of the extension is until a translation says otherwise.
 */

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 1284 to "1,284". */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** "1,284 tokens", "1 token", "≈ 1,284 tokens". */
export function formatTokens(count: number, approximate = false): string {
  return `${approximate ? "≈ " : ""}${formatCount(count)} ${count === 1 ? "token" : "tokens"}`;
}

/** A share of one: 0.033 to "3.3 %". What is there but tiny is never "0.0 %". */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  if (percent < 100 && percent > 99.9) return "> 99.9 %";
  return percent >= 1000 ? `${whole.format(percent)} %` : `${percent.toFixed(1)} %`;
}

/** The size of a context window: 128000 to "128k", 8192 to "8,192", 1047576 to "1.05M". */
export function formatWindow(tokens: number): string {
  if (tokens >= 1_000_000) return `${trimZeros((tokens / 1_000_000).toFixed(2))}M`;
  if (tokens >= 10_000) return `${trimZeros((tokens / 1000).toFixed(tokens % 1000 === 0 ? 0 : 1))}k`;
  return formatCount(tokens);
}

/** An amount of money, with digits enough to show something: "$0.0032", "$1.25". */
export function formatPrice(amount: number, currency: string): string {
  if (amount === 0) return `${currency}0`;
  const digits = amount >= 1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(amount)));
  return `${currency}${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: digits })}`;
}

/** 1234567 to "1.2 MB" (decimal units, as file managers and VS Code's settings have them). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${formatCount(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

function trimZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
