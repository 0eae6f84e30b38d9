/** Pearson's statistic against expected counts; cells that expect fewer than 5 are put together. */
export function chiSquare(observed: readonly number[], expected: readonly number[]): { statistic: number; df: number } {
  const cells: [number, number][] = [];
  let rest: [number, number] = [0, 0];
  expected.forEach((count, index) => {
    if (count >= 5) cells.push([observed[index]!, count]);
    else rest = [rest[0] + observed[index]!, rest[1] + count];
  });
  if (rest[1] >= 5) cells.push(rest);
  else if (cells.length > 0) cells[cells.length - 1] = [cells.at(-1)![0] + rest[0], cells.at(-1)![1] + rest[1]];
  const statistic = cells.reduce((sum, [got, count]) => sum + (got - count) ** 2 / count, 0);
  return { statistic, df: cells.length - 1 };
}

/** Probability of a statistic as large or larger: the upper regularized incomplete gamma function Q(df / 2, x / 2). */
export function chiSquareTail(x: number, df: number): number {
  const [a, z] = [df / 2, x / 2];
  if (z <= 0) return 1;
  const scale = Math.exp(a * Math.log(z) - z - logGamma(a));
  if (z < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; term > sum * 1e-15; n++) sum += term *= z / (a + n);
    return 1 - scale * sum;
  }
  // Lentz's continued fraction.
  let b = z + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return scale * h;
}

/** Stirling's series after raising the argument above 10. */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 10) shift -= Math.log(at++);
  return shift + (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + 1 / (12 * at) - 1 / (360 * at ** 3);
}
