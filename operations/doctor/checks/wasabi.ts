import { errorStatus } from "@mam-infra/clients/aws-error";
import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import { credentials } from "../../context/credentials.ts";
import type { DoctorContext } from "../context.ts";
import { missingCredentials, needing } from "../needing.ts";
import { lookAtBuckets } from "../wasabi-buckets.ts";
import { decideRights } from "../wasabi-rights.ts";

const { variable, where, scopes } = credentials.wasabiAccessKey;

/** The Wasabi key, what it may do, and whether the buckets are its account's. */
export const wasabiChecks: readonly Check<DoctorContext>[] = [
  {
    id: "wasabi-keys",
    severity: "error",
    what: "The Wasabi keys are there, and Wasabi takes them.",
    why: "Without them no bucket, user or key of the storage stack can be read or changed.",
    fix: `make a key at ${where} and export it as TF_VAR_wasabi_access_key and TF_VAR_wasabi_secret_key`,
    run: async (context) => {
      const missing = missingCredentials("wasabi", context);
      return missing.length > 0 ? missing : refusedKey(context);
    },
  },
  ...needing("wasabi", [
    {
      id: "wasabi-rights",
      severity: "error",
      what: "The Wasabi key may list and create users and buckets.",
      why: "A deployment of the storage stack would stop half-way.",
      fix: `use a key with these rights: ${scopes}`,
      run: lackedRights,
    },
    {
      id: "wasabi-buckets",
      severity: "error",
      what: "The buckets are in the key's account and in the environment's region, or their names are free.",
      why: "A key of another account makes a second, empty platform, or is refused half-way.",
      fix: "export the key of the account that the buckets are in, or choose another `storage.bucketPrefix`",
      run: lookAtBuckets,
    },
  ]),
];

async function refusedKey({ wasabiCaller }: DoctorContext): Promise<Violation[]> {
  try {
    await wasabiCaller();
    return [];
  } catch (error) {
    if (errorStatus(error) !== 403) throw error;
    const found = error instanceof Error ? error.name : "refused";
    return [{ resource: variable, expected: "a key that Wasabi takes", found }];
  }
}

/** Rights that are refused; what is not known is said when nothing else is wrong. */
async function lackedRights({ session, wasabiCaller }: DoctorContext): Promise<Violation[]> {
  const caller = await wasabiCaller();
  const { clients, environment } = session;
  const rights = await decideRights(clients, caller, environment.config);
  const refused = rights.filter(({ outcome }) => outcome === "refused");
  const unknown = rights.filter(({ outcome }) => outcome === "undecided");
  if (refused.length === 0 && unknown[0]) {
    const names = unknown.map(({ right }) => right).join(" and ");
    throw new CheckSkipped(
      `${names}: trying would be creating, and ${unknown[0].because}; a user with the policy of docs/deployer-access.md may read what it may`,
    );
  }
  return refused.map(({ right, because }) => ({
    resource: caller.arn,
    expected: `the right ${right}`,
    found: because,
  }));
}
