import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";

import { redactorOf } from "../../../operations/context/redaction.ts";
import { initialise } from "../../../operations/terraform/initialisation.ts";
import { noNeeds } from "../../../operations/terraform/child-environment.ts";

const root = mkdtempSync(join(tmpdir(), "mam-initialise-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** The Terraform of PATH by another name. */
function named(name: string): string {
  const files = (process.env.PATH ?? "").split(delimiter).map((path) => join(path, "terraform"));
  const program = join(root, name);
  symlinkSync(files.find(existsSync) ?? "", program);
  return program;
}

/** A stack, and a place for what is made ready for it. */
function aStack(name: string) {
  const directory = join(root, name);
  const ready = join(root, `ready-${name}`);
  mkdirSync(directory);
  mkdirSync(ready);
  writeFileSync(
    join(directory, "cdk.tf.json"),
    JSON.stringify({ terraform: { backend: { local: {} } } }),
  );
  const stack = { kind: "storage", name, directory, fingerprint: "", needs: noNeeds } as const;
  const by = (program: string) =>
    initialise(stack, {
      program,
      ready,
      environment: { PATH: process.env.PATH ?? "", HOME: root, CHECKPOINT_DISABLE: "1" },
      interruption: new AbortController().signal,
      redactor: redactorOf({}),
      learnStates: () => Promise.resolve(),
      checkPlace: () => Promise.resolve(),
      explainLock: () => Promise.resolve(undefined),
    });
  return { ready, by };
}

test("what one program made ready is used again by it, and never by another", async () => {
  const { ready, by } = aStack("staging-storage");
  const [terraform, tofu] = [named("terraform"), named("tofu")];
  const made: number[] = [];
  for (const program of [terraform, tofu, terraform]) {
    await by(program);
    made.push(readdirSync(ready).length);
  }

  expect(made).toEqual([1, 2, 2]);
}, 60_000);

test("what another process is making at that moment, and has made when it is looked at, is in nobody's way", async () => {
  const { ready, by } = aStack("staging-data");
  symlinkSync("under another name by now", join(ready, "0a0b.0c0d.new"));
  await by("terraform");

  expect(readdirSync(ready)).toHaveLength(2);
}, 60_000);
