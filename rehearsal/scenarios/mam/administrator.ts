import { z } from "zod";

import { runbookPages } from "../../../operations/runbook/pages.ts";
import { succeeded } from "../../harness/commands.ts";
import type { ScenarioContext } from "../../harness/scenario.ts";

type Context = Pick<ScenarioContext, "cloud" | "sealedMam" | "tell" | "expect">;

/** What `mam cost --json` says, as far as it is held against what stands. */
const answered = z.looseObject({
  asked: z.looseObject({ live: z.boolean() }),
  lines: z.array(z.looseObject({ resource: z.string(), quantity: z.string() })),
});

/** What an administrator asks about what stands: what it costs, and what the runbook says of it. */
export async function askedByAnAdministrator({
  cloud,
  sealedMam,
  tell,
  expect,
}: Context): Promise<void> {
  tell("mam cost, and the runbook");
  const cost = await sealedMam.run("cost", "--json");
  expect("mam cost ends well", succeeded(cost));
  if (cost.exitCode !== 0) return;

  const { asked, lines } = answered.parse(JSON.parse(cost.stdout));
  expect("App Platform's prices are those of this moment", asked.live);
  const quantities = new Map(lines.map(({ resource, quantity }) => [resource, quantity]));
  const wrong = standing(cloud).filter(
    ({ resource, quantity }) => !quantities.get(resource)?.startsWith(quantity),
  );
  expect(
    "every component, cluster and check that stands is a line of the cost, with how much of it stands",
    wrong.map(({ resource, quantity }) => `${resource}: ${quantity}`),
  );

  const runbook = runbookPages(cloud.environment.config).map(({ content }) => content);
  const missing = namesOf(cloud).filter((name) => !runbook.every((page) => page.includes(name)));
  expect("the runbook names everything that stands", missing);
}

/** What is paid for by the piece, as the platform has it. */
function standing({ digitalOcean: { store }, environment: { config } }: Context["cloud"]) {
  const components = store.apps.flatMap(({ spec }) =>
    [...(spec.services ?? []), ...(spec.workers ?? [])].map((one) => {
      const { min_instance_count: least = 0, max_instance_count: most = 0 } = one.autoscaling ?? {};
      const count = one.autoscaling ? `${least} to ${most}` : String(one.instance_count ?? 1);
      return { resource: one.name, quantity: `${count} × ${one.instance_size_slug ?? ""}` };
    }),
  );
  const clusters = store.databases.map(({ name, num_nodes: nodes, size }) => ({
    resource: name.replace(`${config.product}-${config.name}-`, ""),
    quantity: `${nodes} × ${size}`,
  }));
  const checks = { resource: "uptime checks", quantity: `${store.uptimeChecks.length} checks` };
  return [...components, ...clusters, checks];
}

/** What stands, by the names that people meet in a control panel or in a mail, and where the states lie. */
function namesOf(cloud: Context["cloud"]): string[] {
  const { digitalOcean, wasabi, environment } = cloud;
  const { store } = digitalOcean;
  const { backend } = environment.config.state;
  return [
    ...(backend.kind === "spaces" ? [backend.bucket] : []),
    ...(backend.kind === "hcp" ? [`app.terraform.io/app/${backend.organization}`] : []),
    ...store.apps.map(({ spec }) => spec.name),
    ...store.databases.map(({ name }) => name),
    ...store.uptimeChecks.map(({ name }) => name),
    ...store.domains.map(({ name }) => name),
    ...wasabi.store.buckets.keys(),
  ];
}
