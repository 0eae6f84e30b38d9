// Linear memory as one pile: what is reserved is never given back. The window's buffers come last, so that they alone
// can grow again (encoding.ts).

let top: usize = __heap_base;

/** Reserves `bytes`, aligned to a cache line. Traps when memory cannot grow. */
export function reserve(bytes: usize): usize {
  const at = (top + 63) & ~(<usize>63);
  top = at + bytes;
  const pages = <i32>((top + 0xffff) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return at;
}

/** Takes back everything reserved at `at` and after. */
export function release(at: usize): void {
  top = at;
}
