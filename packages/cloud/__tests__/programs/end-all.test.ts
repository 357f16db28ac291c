import { endAll } from "../../src/programs/end-all.ts";

/** What ends by itself when it is told to, or only when it is killed. */
function anEndable(obeys: boolean) {
  const told: string[] = [];
  let resolve: (value: undefined) => void = () => undefined;
  const ended = new Promise<undefined>((done) => {
    resolve = done;
  });
  const hear = (word: string, ends: boolean) => () => {
    told.push(word);
    if (ends) resolve(undefined);
  };
  return { told, ended, terminate: hear("terminate", obeys), kill: hear("kill", true) };
}

test("kills what does not end when it is told to", async () => {
  const stubborn = anEndable(false);
  await endAll([stubborn], 1);

  expect(stubborn.told).toEqual(["terminate", "kill"]);
});

test("does not kill what has ended", async () => {
  const obedient = anEndable(true);
  await endAll([obedient], 60_000);

  expect(obedient.told).toEqual(["terminate"]);
});
