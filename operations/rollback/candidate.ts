import { isDeepStrictEqual } from "node:util";

import { type Release, releaseSchema } from "../../environments/schema/release.ts";
import type { Answer } from "@mam-infra/clients/digitalocean/endpoints";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Session } from "../context/session.ts";
import { type PlatformDeployment, areImages, imagesOf } from "../platform/deployments.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { RunningApp } from "../platform/running-app.ts";

/** A deployment that the platform is willing to go back to. */
export interface Candidate {
  readonly deployment: string;
  /** When it was made, ISO 8601; undefined when the platform does not say. */
  readonly made: string | undefined;
  readonly release: Release;
  /** Its specification, with the secrets of that time as the platform encrypted them. */
  readonly spec: PlatformDeployment["spec"];
  /** What the platform warns of. */
  readonly warnings: readonly string[];
}

/** Which deployments are asked for, best one first, and what they are called when there is none. */
export interface Wanted {
  readonly what: string;
  readonly among: (deployments: readonly PlatformDeployment[]) => readonly PlatformDeployment[];
}

/** Deployments that are looked through, newest first: more than the platform goes back over. */
const lookedThrough = 50;

/** The release that a deployment's specification says; undefined when an image is named by a tag. */
export function releaseOf(deployment: PlatformDeployment): Release | undefined {
  const parsed = releaseSchema.safeParse({ images: imagesOf(deployment) });
  return parsed.success ? parsed.data : undefined;
}

/** Deployments of a release, the one that the ledger has of it before all others. */
export function ofRelease({ id, images, deployment }: LedgerEntry): Wanted {
  return {
    what: `release ${id}`,
    among: (deployments) =>
      deployments
        .filter((one) => areImages(imagesOf(one), { images }))
        .toSorted((one, other) => Number(other.id === deployment) - Number(one.id === deployment)),
  };
}

/** The deployment of that id. */
export function ofId(id: string): Wanted {
  return { what: id, among: (deployments) => deployments.filter((one) => one.id === id) };
}

/** What ran before what runs now, and is something else: all that can be known without a ledger. */
export function earlierThan({ active_deployment: active }: RunningApp): Wanted {
  return {
    what: "anything that ran before and is not what runs now",
    among: (deployments) =>
      deployments.filter(
        ({ id, phase, spec }) =>
          phase === "SUPERSEDED" && id !== active?.id && !isDeepStrictEqual(spec, active?.spec),
      ),
  };
}

/**
 * Finds the best of the wanted deployments that the platform is willing to go back to.
 *
 * @throws Error with the platform's reason for each that it refuses, and the way that is left.
 */
export async function findCandidate(
  { clients, environment }: Session,
  { id: app_id, active_deployment: active }: RunningApp,
  { what, among }: Wanted,
): Promise<Candidate> {
  const api = clients.digitalOcean();
  const query = { per_page: lookedThrough };
  const { deployments } = await api.call("listDeployments", { app_id }, { query });
  const refusals: string[] = [];
  for (const deployment of among(deployments ?? [])) {
    const asked = otherDatabase(deployment, active) ?? (await ask(api, app_id, deployment));
    if (typeof asked !== "string") return asked;
    refusals.push(`  ${deployment.id}: ${asked}\n`);
  }
  const why =
    refusals.length > 0
      ? `The platform refuses to go back to ${what}:\n`
      : `The platform has no deployment of ${what} any more.\n`;
  throw new Error(
    `${why}${refusals.join("")}Through the release file it still works: mam rollback ${environment.config.name}`,
  );
}

/**
 * Why a deployment from before `mam restore --switch` is none to go back to: the app would read and write the old cluster
 * again. Undefined for one that uses the databases that run.
 */
function otherDatabase(
  { spec }: PlatformDeployment,
  active: PlatformDeployment | null | undefined,
): string | undefined {
  const running = postgresIn(active?.spec);
  const [other] = postgresIn(spec).filter((name) => !running.includes(name));
  const [now] = running;
  if (other === undefined || now === undefined) return undefined;
  return `it used the database ${other}, and the app was moved to ${now} since: what people wrote there would be gone for them`;
}

const postgresIn = (spec: PlatformDeployment["spec"]): string[] =>
  (spec?.databases ?? []).flatMap(({ engine, cluster_name: name }) =>
    engine?.endsWith("PG") && name !== undefined ? [name] : [],
  );

/** Asks the platform whether it goes back to a deployment; a text says why it does not. */
async function ask(
  api: DigitalOcean,
  app_id: string,
  deployment: PlatformDeployment,
): Promise<Candidate | string> {
  const release = releaseOf(deployment);
  if (!release) return "it names an image by a tag, and nobody knows what that stands for now";
  const { id, created_at, spec } = deployment;
  const body = { deployment_id: id };
  const said = await api.call("validateRollback", { app_id }, { body });
  if (said.valid !== true) return sentence(said.error ?? {});
  const warnings = said.warnings?.map(sentence) ?? [];
  return { deployment: id, made: created_at ?? undefined, release, spec, warnings };
}

type Condition = NonNullable<Answer<"validateRollback">["error"]>;

function sentence({ code, message }: Condition): string {
  return [code, message].filter(Boolean).join(": ") || "no reason given";
}
