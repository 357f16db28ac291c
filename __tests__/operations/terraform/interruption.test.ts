import { withoutDying } from "../../../operations/terraform/interruption.ts";

test("the first signal is only told, the second makes it urgent, and later ones are nobody's", async () => {
  const told: string[] = [];
  const before = process.listenerCount("SIGTERM");
  const urgent: boolean[] = [];
  await withoutDying(
    (urgency) => {
      for (let signal = 0; signal < 2; signal += 1) {
        process.emit("SIGTERM");
        urgent.push(urgency.aborted);
      }
      return Promise.resolve();
    },
    (progress) => told.push(progress),
  );

  expect(urgent).toEqual([false, true]);
  expect(told).toHaveLength(2);
  expect(process.listenerCount("SIGTERM")).toBe(before);
});
