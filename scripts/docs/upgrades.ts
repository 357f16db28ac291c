import { type RecordedUpgrade, readUpgrades } from "../../rehearsal/upgrade/record.ts";
import { generatedPage, table } from "./markdown.ts";

const introduction = `
\`npm run rehearse -- --from <pins> --to <pins> --record\` deploys an environment with one Terraform, plans over it with another,
deploys a release with that, and plans with the first again. A plan has to be empty; where it is not, what it would do stands here.
What came out last is kept in \`rehearsal/upgrade/record.json\`, and this page is made from it.

A pin is \`terraform=<version>\` for the program of PATH, \`terraform=<file>\` for another one, OpenTofu too, and
\`bindings=<version>\` for \`@cdktf/provider-digitalocean\`; what is not pinned is as in this checkout. Which versions may deploy says
\`stacks/versions.ts\`. The providers stay: their version is pinned there, and a program of another version comes from a registry.
`;

/** What was played of changing to another Terraform, or to other bindings, and back. */
export function upgradesPage(record: readonly RecordedUpgrade[] = readUpgrades()): string {
  const rows = record.map((one) => [
    one.environment,
    one.from,
    one.to,
    plansOf(one.over),
    one.released ? "deployed" : "**not deployed**",
    plansOf(one.back),
    one.on,
  ]);
  const head = [
    "Environment",
    "Deployed with",
    "Then",
    "Its plan",
    "A release with it",
    "The plan with the first again",
    "Played",
  ];
  return [generatedPage("Upgrades", introduction), table(head, rows), ""].join("\n\n");
}

function plansOf(plans: RecordedUpgrade["over"]): string {
  if (plans.length === 0) return "**not played**";
  const changes = plans.flatMap(({ stack, changes: found }) =>
    found.map((change) => `${stack}: ${change}`),
  );
  return changes.length === 0 ? `empty, ${plans.length} stacks` : changes.join("; ");
}
