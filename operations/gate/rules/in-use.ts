import { valueAt } from "../../../environments/rules/findings.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Check, Violation } from "../../context/check.ts";
import { storageKeyIds } from "../../platform/running-app.ts";
import type { GateContext } from "../context.ts";
import { describeChange, isRemoved, plannedResources } from "../planned.ts";

/** What an app uses of a type of resource, and where the resource says which one it is. */
interface Use {
  readonly type: string;
  readonly identity: string;
  readonly usedBy: (spec: AppSpec) => readonly unknown[];
}

const uses: readonly Use[] = [
  {
    type: "aws_iam_access_key",
    identity: "id",
    usedBy: (spec) => Object.values(storageKeyIds(spec)),
  },
  {
    type: "digitalocean_database_user",
    identity: "name",
    usedBy: ({ databases = [] }) => databases.map((database) => valueAt(database, "db_user")),
  },
];

/** What the running app would lose before it has anything else. */
export const inUseRules: readonly Check<GateContext>[] = [
  {
    id: "in-use",
    severity: "error",
    what: "No key and no database user goes that the running app uses.",
    why: "Uploads, previews or the API are refused from that moment on, whatever becomes of the rest of the deployment.",
    fix: "take the newest files from git; a key or a user goes by mam secrets rotate <environment> <secret> --retire, once the app has its successor",
    run: inUse,
  },
];

async function inUse(context: GateContext): Promise<Violation[]> {
  const going = uses.flatMap((use) =>
    plannedResources(context, [use.type])
      .filter(isRemoved)
      .map((planned) => ({ use, planned })),
  );
  if (going.length === 0) return [];
  const spec = (await context.past.app())?.active_deployment?.spec;
  if (!spec) return [];
  return going
    .filter(({ use, planned: { before } }) =>
      use.usedBy(spec).includes(valueAt(before, use.identity)),
    )
    .map(({ planned }) => ({
      resource: planned.resource,
      expected: "kept: the running app uses it",
      found: `${describeChange(planned)}: the files are older than what runs`,
    }));
}
