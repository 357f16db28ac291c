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

test("what one program made ready is used again by it, and never by another", async () => {
  const directory = join(root, "staging-storage");
  const ready = join(root, "ready");
  mkdirSync(directory);
  mkdirSync(ready);
  writeFileSync(
    join(directory, "cdk.tf.json"),
    JSON.stringify({ terraform: { backend: { local: {} } } }),
  );
  const stack = {
    kind: "storage",
    name: "staging-storage",
    directory,
    fingerprint: "",
    needs: noNeeds,
  } as const;
  const by = async (program: string) => {
    await initialise(stack, {
      program,
      ready,
      environment: { PATH: process.env.PATH ?? "", HOME: root, CHECKPOINT_DISABLE: "1" },
      interruption: new AbortController().signal,
      redactor: redactorOf({}),
      learnStates: () => Promise.resolve(),
      checkPlace: () => Promise.resolve(),
      explainLock: () => Promise.resolve(undefined),
    });
    return readdirSync(ready).length;
  };
  const [terraform, tofu] = [named("terraform"), named("tofu")];

  expect([await by(terraform), await by(tofu), await by(terraform)]).toEqual([1, 2, 2]);
}, 60_000);
