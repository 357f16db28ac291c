import { plainProgress } from "../../../operations/context/progress.ts";

test("a step is a line, and what it tells is another", async () => {
  const lines: string[] = [];
  const progress = plainProgress((line) => lines.push(line));

  const result = await progress.step("planning", (tell) => {
    tell("staging-app");
    return Promise.resolve(3);
  });

  expect(result).toBe(3);
  expect(lines).toEqual(["planning", "  planning: staging-app"]);
});

test("what is shown only to whoever watches is in no log", async () => {
  const lines: string[] = [];
  await plainProgress((line) => lines.push(line)).step("examining", (_, show) => {
    show("1 of 35");
    return Promise.resolve();
  });

  expect(lines).toEqual(["examining"]);
});

test("a step that fails fails with its own error", async () => {
  const failure = new Error("no");
  const progress = plainProgress(() => undefined);

  await expect(progress.step("planning", () => Promise.reject(failure))).rejects.toBe(failure);
});

test("of several steps every one is waited for, whatever becomes of the others", async () => {
  const progress = plainProgress(() => undefined);
  const done: string[] = [];

  const results = await progress.together([
    { title: "fails", run: () => Promise.reject(new Error("no")) },
    {
      title: "goes on",
      run: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        done.push("yes");
        return 1;
      },
    },
  ]);

  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(done).toEqual(["yes"]);
});
