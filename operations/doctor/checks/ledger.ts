import type { Check } from "../../context/check.ts";
import { deadSessions } from "../../access/record.ts";
import { minuteOf } from "../../context/age.ts";
import { readHistory } from "../../ledger/ledger.ts";
import { ledgerOf } from "../../ledger/place.ts";
import type { DoctorContext } from "../context.ts";
import { needing, statesPlatform } from "../needing.ts";

/** The history of releases, which a rollback chooses from. */
export const ledgerChecks: readonly Check<DoctorContext>[] = needing(statesPlatform, [
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
  {
    id: "sessions-closed",
    severity: "warning",
    what: "Nothing is open of a session of `mam psql` whose process is gone.",
    why: "The address that it let in can reach the database from the internet until it is taken out.",
    fix: "close it with `mam psql <environment> --close`",
    run: async ({ session }) => {
      const dead = (await deadSessions(session)).filter(({ kind }) => kind === "psql");
      const fix = `mam psql ${session.environment.config.name} --close`;
      return dead.map(({ id, who, begun, address }) => ({
        resource: `session ${id} of ${who}, begun ${minuteOf(begun)}`,
        expected: "closed",
        found: `open to ${address ?? "an address"}, and its process is gone`,
        fix,
      }));
    },
  },
]);
