import type { Check } from "../../context/check.ts";
import { readHistory } from "../../ledger/ledger.ts";
import { ledgerOf } from "../../ledger/place.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** The history of releases, which a rollback chooses from. */
export const ledgerChecks: readonly Check<DoctorContext>[] = needing(
  ({ session }) =>
    session.environment.config.state.backend.kind === "spaces" ? "spaces" : undefined,
  [
    {
      id: "ledger-readable",
      severity: "warning",
      what: "Every entry of the ledger can be read.",
      why: "What is passed over cannot be gone back to by `mam rollback`, and stacks are planned that need not be.",
      fix: "take out what cannot be read with `mam rollback <environment> --list --repair`, which keeps a copy",
      run: async ({ session }) => {
        const { oddities } = await readHistory(ledgerOf(session));
        const fix = `mam rollback ${session.environment.config.name} --list --repair`;
        return oddities.map(({ entry, problem }) => ({
          resource: `the ledger: ${entry}`,
          expected: "an entry as this version writes it",
          found: problem,
          fix,
        }));
      },
    },
  ],
);
