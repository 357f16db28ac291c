import { poll } from "../../../operations/context/polling.ts";

const { signal: interruption } = new AbortController();

test("somebody asks until there is an answer", async () => {
  const answers = [undefined, undefined, "there"];

  await expect(
    poll(() => Promise.resolve(answers.shift()), { what: "it", limitSeconds: 60, interruption }),
  ).resolves.toBe("there");
  expect(answers).toEqual([]);
});

test("when the time is up it is said what did not come, and within which time", async () => {
  const never = () => Promise.resolve(undefined);

  await expect(poll(never, { what: "the app", limitSeconds: 0, interruption })).rejects.toThrow(
    "the app is not there after 0 minutes",
  );
});

test("what goes wrong while asking ends the wait", async () => {
  const failing = () => Promise.reject(new Error("no answer"));

  await expect(poll(failing, { what: "it", limitSeconds: 60, interruption })).rejects.toThrow(
    "no answer",
  );
});
