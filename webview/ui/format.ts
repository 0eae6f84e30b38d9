const whole = new Intl.NumberFormat("en-US");
const one = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** "1,284" */
export function count(value: number): string {
  return whole.format(value);
}

/** "3.8" */
export function decimal(value: number): string {
  return one.format(value);
}

/** "12 %", and one digit below 10 %: "1.0 %", "< 0.1 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return "< 0.1 %";
  return `${Math.abs(value) < 9.95 ? one.format(value) : whole.format(Math.round(value))} %`;
}

/** "+14", "−3", "0": a proper minus sign. */
export function signed(value: number, format: (value: number) => string = count): string {
  if (value === 0) return format(0);
  return `${value < 0 ? "−" : "+"}${format(Math.abs(value))}`;
}

/** "1 token", "2 tokens" */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "21 Nov 2026, 20:55", by the clock here. By hand: a formatter made with each drawing takes longer than all the rest. */
export function dayAndTime(iso: string): string {
  const when = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${when.getDate()} ${months[when.getMonth()]} ${when.getFullYear()}`;
  return `${day}, ${two(when.getHours())}:${two(when.getMinutes())}`;
}

/** "69 6D 6D" */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
