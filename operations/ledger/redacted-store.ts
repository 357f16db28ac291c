import type { Redactor } from "../context/redaction.ts";
import type { LedgerStore } from "./store.ts";

/** A ledger into which no secret gets: reasons are what platforms and people said. */
export function redactedStore(store: LedgerStore, { redact, redactData }: Redactor): LedgerStore {
  return {
    ...store,
    read: () => store.read(),
    replace: (text, known) =>
      store.replace(`${JSON.stringify(redactData(JSON.parse(text)), null, 2)}\n`, known),
    // What is kept aside may be no JSON at all.
    keep: (text, name) => store.keep(redact(text), name),
  };
}
