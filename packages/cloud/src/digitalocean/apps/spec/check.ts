import { badRequest, conflict, notImplemented } from "../../api/errors.ts";
import { appRegions } from "../../regions.ts";
import type { Store } from "../../store.ts";
import { isSold } from "../../withdrawn.ts";
import { unboundReferences } from "../bindables.ts";
import type { App } from "../model.ts";
import { specRules } from "./rules.ts";
import { runningComponents } from "./spec.ts";
import type { AppSpec } from "./spec.ts";

function networkProblem(store: Store, app: App, { region, vpc }: AppSpec): string | undefined {
  const known = appRegions.find(({ slug }) => slug === (region ?? "nyc"));
  const isClosed = known && !isSold(store, known.slug) && !store.apps.includes(app);
  if (!known || isClosed) return `region ${region ?? ""} is not available`;
  if (vpc?.id === undefined) return undefined;
  const network = store.vpcs.find(({ id }) => id === vpc.id);
  if (!network) return `vpc.id ${vpc.id} does not exist`;
  return network.region === known.vpc
    ? undefined
    : `vpc.id is in ${network.region}; an app in region ${known.slug} can only join a VPC in ${known.vpc}`;
}

const takenDomains = ({ apps }: Store, spec: AppSpec, except: App) =>
  apps
    .filter(({ id }) => id !== except.id)
    .flatMap((app) => app.domains.map((one) => one.spec.domain))
    .filter((taken) => spec.domains?.some(({ domain }) => domain === taken));

/** What the platform can do and the rehearsal does not play; each would otherwise be deployed without any effect. */
const unplayed: readonly { readonly what: string; readonly used: (spec: AppSpec) => boolean }[] = [
  { what: "functions components", used: ({ functions = [] }) => functions.length > 0 },
  {
    what: "jobs of another kind than PRE_DEPLOY",
    used: ({ jobs = [] }) => jobs.some(({ kind }) => kind !== "PRE_DEPLOY"),
  },
  {
    what: "development databases (databases.production is not true)",
    used: ({ databases = [] }) => databases.some(({ production }) => !production),
  },
  { what: "dedicated egress addresses", used: ({ egress }) => egress?.type === "DEDICATED_IP" },
  { what: "ingress.secure_header", used: ({ ingress }) => ingress?.secure_header !== undefined },
  { what: "archived apps", used: ({ maintenance }) => maintenance?.archive === true },
];

function mustBePlayed(spec: AppSpec): void {
  const found = unplayed.find(({ used }) => used(spec));
  if (found) throw notImplemented(found.what);
}

/**
 * Checks a specification as the platform does before it accepts it.
 *
 * @param app the app that it is for; one that is not in the store yet is new.
 * @throws ApiError 409 when another app has the name, otherwise 400 with every problem that was found.
 */
export function checkSpec(store: Store, app: App, spec: AppSpec): void {
  mustBePlayed(spec);
  if (store.apps.some((other) => other.id !== app.id && other.spec.name === spec.name)) {
    throw conflict(`app name "${spec.name}" is already in use`);
  }
  if (runningComponents(spec).length + (spec.static_sites ?? []).length === 0) {
    throw badRequest("error validating app spec: at least one component is required");
  }
  const network = networkProblem(store, app, spec);
  const problems = [
    ...(network === undefined ? [] : [network]),
    ...specRules.flatMap((rule) => rule(spec, store)),
    ...takenDomains(store, spec, app).map((domain) => `domain ${domain} is used by another app`),
    ...unboundReferences(store, app, spec),
  ];
  if (problems.length > 0) throw badRequest(`error validating app spec: ${problems.join("; ")}`);
}
