import { describe, expect, it } from "vitest";
import { Speed } from "../../../../src/inference/library/downloads/speed";

describe("speed", () => {
  it("is that of the last seconds, and falls while nothing comes", () => {
    let ms = 0;
    const speed = new Speed(5000, () => ms);
    const come = (bytes: number) => speed.mark(() => bytes);
    come(0);
    ms = 400;
    come(400_000);
    expect(speed.bytesPerSecond).toBeUndefined();
    for (ms = 1000; ms <= 10_000; ms += 500) come(ms * 1000);
    ms = 10_000;
    expect(speed.bytesPerSecond).toBeCloseTo(1e6, -3);
    for (ms = 10_500; ms <= 20_000; ms += 500) come(1e7 + (ms - 10_000) * 3000);
    ms = 20_000;
    expect(speed.bytesPerSecond).toBeCloseTo(3e6, -3);
    ms = 25_000;
    expect(speed.bytesPerSecond).toBeLessThan(2e6);
    speed.reset();
    expect(speed.bytesPerSecond).toBeUndefined();
  });
});
