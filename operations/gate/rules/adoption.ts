import { z } from "zod";

import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Check, Violation } from "../../context/check.ts";
import type { GateContext } from "../context.ts";
import { type PlannedResource, plannedResources } from "../planned.ts";
import { lostRoutes, plannedIngress } from "./adoption-routes.ts";

const named = z.array(z.looseObject({ name: z.string() })).default([]);

const images = z
  .array(z.looseObject({ registry_type: z.string().nullish(), repository: z.string().nullish() }))
  .default([]);

const running = z.array(z.looseObject({ name: z.string(), image: images })).default([]);

const jobs = z
  .array(z.looseObject({ name: z.string(), run_command: z.string().nullish(), image: images }))
  .default([]);

const egress = z.array(z.looseObject({ type: z.string().nullish() })).default([]);

const planSchema = z.looseObject({
  spec: z.tuple([
    z.looseObject({
      service: running,
      worker: running,
      job: jobs,
      domain: named,
      database: named,
      egress,
      ingress: plannedIngress,
    }),
  ]),
});

const databaseSchema = z.looseObject({ name: z.string(), production: z.boolean().nullish() });

type Wanted = z.output<typeof planSchema>["spec"][0];

/** What goes with an app that is taken over, and cannot be seen in the files. */
export const adoptionRules: readonly Check<GateContext>[] = [
  {
    id: "adopted-lost",
    severity: "error",
    what: "An app that was made by hand loses no host, no route, no address, no development database and no component when it is taken over.",
    why: "The first deployment writes the whole spec: what the environment has no place for goes, a development database with its data.",
    fix: 'give it another place first (docs/adopting.md); to let it go: --override adopted-lost="<reason>"',
    run: async (context) => {
      const [planned] = plannedResources(context, ["digitalocean_app"]).filter(
        ({ change, action }) => change.change.importing && action === "change",
      );
      // The plan does not say what stands: the provider (2.99.1) reads no hosts when it imports.
      const app = planned && (await context.past.app());
      return planned && app ? lost(app.spec, planned) : [];
    },
  },
];

function lost(old: AppSpec, { after, resource }: PlannedResource): Violation[] {
  const [wanted] = planSchema.parse(after).spec;
  const violation = (what: string, found: string): Violation => ({
    resource: `${what} of ${resource}`,
    expected: "kept, or given another place",
    found,
  });
  const hosts = (old.domains ?? []).map(({ domain }) => ({ name: domain }));
  const kinds = [
    ["static site", old.static_sites, []],
    ["function", old.functions, []],
  ] as const;
  return [
    ...missing(hosts, wanted.domain).map((name) =>
      violation(`the host ${name}`, "the app answers it no more"),
    ),
    ...missing(development(old), wanted.database).map((name) =>
      violation(`the development database ${name}`, "deleted, with the data in it"),
    ),
    ...withoutSuccessor(old, wanted).map((name) =>
      violation(`the component ${name}`, "what it runs goes: no component runs its image"),
    ),
    ...kinds.flatMap(([kind, before, coming]) =>
      missing(before ?? [], coming).map((name) => violation(`the ${kind} ${name}`, "it goes")),
    ),
    ...lostJobs(old, wanted).map((name) => violation(`the job ${name}`, "it goes")),
    ...lostRoutes(old, wanted).map(({ route, found }) => violation(route, found)),
    ...lostAddresses(old, wanted).map((what) => violation(what, "the app gives them back")),
  ];
}

/** Jobs that none of those that come does the work of: by the same image and command, whatever it is called. */
function lostJobs({ jobs: before = [] }: AppSpec, { job: coming }: Wanted): string[] {
  const doesSame = (command: unknown, repository: string | undefined) =>
    coming.some(
      ({ run_command: own, image: [image] }) => own === command && image?.repository === repository,
    );
  return before
    .filter((one) => one.kind !== "PRE_DEPLOY" || !doesSame(one.run_command, one.image?.repository))
    .map(({ name }) => name);
}

const egressSchema = z.looseObject({ type: z.string().nullish() }).optional();

function lostAddresses(old: AppSpec, { egress: [coming] }: Wanted): string[] {
  const had = egressSchema.parse(old.egress)?.type === "DEDICATED_IP";
  return had && coming?.type !== "DEDICATED_IP" ? ["the dedicated egress addresses"] : [];
}

const development = ({ databases = [] }: AppSpec) =>
  z
    .array(databaseSchema)
    .parse(databases)
    .filter(({ production }) => production !== true);

type Named = readonly { readonly name: string }[];

const missing = (old: Named, coming: Named): string[] =>
  old.map(({ name }) => name).filter((name) => !coming.some((one) => one.name === name));

/** Services and workers whose image runs in none of those that come, even in one of the same name. */
function withoutSuccessor({ services = [], workers = [] }: AppSpec, wanted: Wanted): string[] {
  const coming = [...wanted.service, ...wanted.worker].flatMap(({ image }) => image);
  const comes = (old: NonNullable<AppSpec["services"]>[number]["image"]) =>
    coming.some(
      ({ registry_type: type, repository }) =>
        type === old?.registry_type && repository === old?.repository,
    );
  return [...services, ...workers].filter(({ image }) => !comes(image)).map(({ name }) => name);
}
