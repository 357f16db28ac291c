import type { Check } from "../../context/check.ts";
import { differencesOf } from "../../plan/difference.ts";
import { changeInWords, shownSides } from "../../plan/shown.ts";
import type { GateContext } from "../context.ts";
import { describeChange, plannedResources } from "../planned.ts";
import { wayBack } from "../way-back.ts";

/** What tells a resource from others, and what others know it by. */
interface Identity {
  readonly type: string;
  readonly paths: readonly string[];
  readonly expected: string;
}

const storageUser: Identity = {
  type: "aws_iam_user",
  paths: ["name", "path"],
  expected: "the name and path that it has",
};

const uptimeAlert: Identity = {
  type: "digitalocean_uptime_alert",
  paths: ["check_id"],
  expected: "an alert of the check that it was made for",
};

/** What others know by a name, an id or a key that must not change under them. */
export const identityRules: readonly Check<GateContext>[] = [
  {
    id: "storage-user-renamed",
    severity: "error",
    what: "No storage user gets another name or path.",
    why: "Its keys are made anew, so that the services fail until the app is deployed, and the bucket policies refuse it nothing until the next plan.",
    fix: "write back the name that it has: it comes from product and name of the environment",
    run: (context) => changedIdentities(context, storageUser),
  },
  {
    id: "access-key-replaced",
    severity: "error",
    what: "No access key of a storage user is replaced.",
    why: "The key that the running services have stops working at once. A rotation makes a second key beside it, and takes the old one when nobody uses it.",
    fix: "take back the change that the plan names; to get another key: mam secrets rotate <environment> storage-key-<role>",
    run: (context) =>
      plannedResources(context, ["aws_iam_access_key"])
        .filter(({ action }) => action === "replace")
        .map((planned) => ({
          resource: planned.resource,
          expected: "kept until a rotation has replaced it",
          found: describeChange(planned),
        })),
  },
  {
    id: "uptime-alert-moved",
    severity: "error",
    what: "No alert moves to another uptime check.",
    why: "The platform refuses it, and the plan after that makes a second alert beside one that nobody manages any more.",
    fix: "give the check back the name that it has in the state: a `moved` block, or the id in constructs/monitoring/uptime.ts",
    run: (context) => changedIdentities(context, uptimeAlert),
  },
];

function changedIdentities(context: GateContext, { type, paths, expected }: Identity) {
  return plannedResources(context, [type])
    .filter(({ action }) => action === "change")
    .flatMap((planned) =>
      differencesOf(planned.change.change)
        .filter(({ path }) => paths.includes(path))
        .map((difference) => {
          const { before, after } = shownSides(difference);
          const back = wayBack(context.environment.config, planned, difference);
          return {
            resource: planned.resource,
            expected,
            found: [`${difference.path} ${changeInWords(before, after)}`, ...planned.means].join(
              ": ",
            ),
            ...(back === undefined ? {} : { fix: back }),
          };
        }),
    );
}
