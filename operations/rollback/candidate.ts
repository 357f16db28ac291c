import { type Release, releaseSchema } from "../../environments/release.ts";
import type { Answer } from "../clients/digitalocean/endpoints.ts";
import type { Session } from "../command/session.ts";
import { type PlatformDeployment, areImages, imagesOf } from "../deploy/platform-deployments.ts";

/** A deployment that the platform is willing to go back to. */
export interface Candidate {
  readonly deployment: string;
  readonly release: Release;
  /** What the platform warns of. */
  readonly warnings: readonly string[];
}

/** Deployments that are looked through, newest first: more than the platform goes back over. */
const lookedThrough = 50;

/** The release that a deployment's specification says; undefined when an image is named by a tag. */
export function releaseOf(deployment: PlatformDeployment): Release | undefined {
  const parsed = releaseSchema.safeParse({ images: imagesOf(deployment) });
  return parsed.success ? parsed.data : undefined;
}

/**
 * Finds the newest deployment of a release that the platform is willing to go back to.
 *
 * @throws Error with the platform's reason for each that it refuses, and the way that is left.
 */
export async function findCandidate(
  { connections, environment }: Session,
  app_id: string,
  release: Release,
): Promise<Candidate> {
  const api = connections.digitalOcean();
  const query = { per_page: lookedThrough };
  const { deployments } = await api.call("listDeployments", { app_id }, { query });
  const refusals: string[] = [];
  for (const { id } of deployments?.filter((one) => areImages(imagesOf(one), release)) ?? []) {
    const body = { deployment_id: id };
    const said = await api.call("validateRollback", { app_id }, { body });
    if (said.valid === true) {
      return { deployment: id, release, warnings: said.warnings?.map(sentence) ?? [] };
    }
    refusals.push(`  ${id}: ${sentence(said.error ?? {})}\n`);
  }
  const why =
    refusals.length > 0
      ? "The platform refuses to go back to this release:\n"
      : "The platform has no deployment of this release any more.\n";
  throw new Error(
    `${why}${refusals.join("")}Through the release file it still works: mam rollback ${environment.config.name}`,
  );
}

type Condition = NonNullable<Answer<"validateRollback">["error"]>;

function sentence({ code, message }: Condition): string {
  return [code, message].filter(Boolean).join(": ") || "no reason given";
}
