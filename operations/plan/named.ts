import type { StackFolder } from "../terraform/synthesis.ts";
import { writtenResources } from "../terraform/written-resources.ts";
import { inWords } from "./words.ts";

/** A resource that a stack describes, before it is known what becomes of it. */
export interface NamedResource {
  readonly address: string;
  /** What it is, in a person's words. */
  readonly what: string;
}

/** Every resource of a stack as it was written: what can be said of one that cannot be planned yet. */
export function namedResources(stack: Pick<StackFolder, "directory">): NamedResource[] {
  return writtenResources(stack).map(({ type, name, address, arguments: after }) => {
    const change = { actions: [], before: null, after };
    const what = inWords({ address, mode: "managed", type, name, change });
    // What Terraform fills in later says nothing to a person.
    return { address, what: what.replace(/ ?\$\{.*$/s, "") };
  });
}
