import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import type { SynthesizedStack } from "../terraform/synthesis.ts";
import { inWords } from "./words.ts";

/** A resource that a stack describes, before it is known what becomes of it. */
export interface NamedResource {
  readonly address: string;
  /** What it is, in a person's words. */
  readonly what: string;
}

const written = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** Every resource of a stack as it was written: what can be said of one that cannot be planned yet. */
export function namedResources({
  directory,
}: Pick<SynthesizedStack, "directory">): NamedResource[] {
  const text = readFileSync(join(directory, "cdk.tf.json"), "utf8");
  return Object.entries(written.parse(JSON.parse(text)).resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, values]) => {
      const address = `${type}.${name}`;
      const change = { actions: [], before: null, after: values };
      const what = inWords({ address, mode: "managed", type, name, change });
      // What Terraform fills in later says nothing to a person.
      return { address, what: what.replace(/ ?\$\{.*$/s, "") };
    }),
  );
}
