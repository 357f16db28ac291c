import { keptFor } from "../../../../operations/dashboard-page/read/kept-for.ts";

test("a result serves everybody until it is old, and so does a failure", async () => {
  let [seconds, reads] = [0, 0];
  const read = keptFor(
    30,
    () => seconds * 1000,
    () => {
      reads += 1;
      return reads === 2 ? Promise.reject(new Error("away")) : Promise.resolve(reads);
    },
  );
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  seconds = 29;
  expect(await read()).toBe(1);
  seconds = 30;
  await expect(read()).rejects.toThrow("away");
  await expect(read()).rejects.toThrow("away");
  seconds = 60;
  expect(await read()).toBe(3);
});
