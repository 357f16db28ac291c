import { interruptingSignals, deferSignals } from "../../../operations/context/signals.ts";

test.each(interruptingSignals)(
  "the first %s is only told, the second makes it urgent, and later ones are nobody's",
  async (name) => {
    const told: string[] = [];
    const before = process.listenerCount(name);
    const urgent: boolean[] = [];
    await deferSignals(
      (urgency) => {
        for (let signal = 0; signal < 2; signal += 1) {
          process.emit(name);
          urgent.push(urgency.aborted);
        }
        return Promise.resolve();
      },
      (progress) => told.push(progress),
    );

    expect(urgent).toEqual([false, true]);
    expect(told).toHaveLength(2);
    expect(process.listenerCount(name)).toBe(before);
  },
);
