/** "135 M", "1.7 B": parameters of a model. */
export function formatParameters(parameters: number): string {
  const [value, unit] = parameters >= 1e9 ? [parameters / 1e9, "B"] : [parameters / 1e6, "M"];
  return `${value < 10 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${unit}`;
}
