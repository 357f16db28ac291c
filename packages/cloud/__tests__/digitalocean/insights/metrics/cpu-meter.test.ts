import { CpuMeter } from "../../../../src/digitalocean/insights/metrics/cpu-meter.ts";

test("CPU time becomes CPUs that were busy, from the second look on", () => {
  let now = 1000;
  const meter = new CpuMeter(() => now);

  expect(meter.coresOf("a", 10)).toBeUndefined();
  now += 2000;
  expect(meter.coresOf("a", 13)).toBe(1.5);
  expect(meter.coresOf("b", 13)).toBeUndefined();
});

test("time that a process took with it counts as none", () => {
  let now = 0;
  const meter = new CpuMeter(() => now);
  meter.coresOf("a", 10);
  now = 1000;
  expect(meter.coresOf("a", 4)).toBe(0);
});
