import { componentNames } from "../../../environments/schema/environment.ts";
import type { LedgerEntry } from "../../../operations/ledger/entry.ts";

/** Images that are told apart by a letter. */
export const imagesOf = (letter: string): LedgerEntry["images"] =>
  Object.fromEntries(
    componentNames.map((name) => [name, `sha256:${letter.repeat(64)}`]),
  ) as LedgerEntry["images"];

/** An entry of a ledger; it went well and ran the images `a` unless said otherwise. */
export const entryOf = (id: string, changed: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  kind: "deployment",
  who: "somebody@somewhere",
  begun: "2026-11-24T01:34:27.000Z",
  images: imagesOf("a"),
  stacks: { storage: undefined, data: undefined, app: undefined },
  findings: [],
  overrides: [],
  result: "succeeded",
  ...changed,
});
