import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { attempt } from "../../engine/failure.ts";

const PER_PAGE = 200;

/** Every resource of a project, by its uniform resource name. */
export async function projectUrns(
  client: DigitalOcean,
  projectId: string,
): Promise<readonly string[]> {
  const urns: string[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await attempt("Error loading project resources", () =>
      client.call(
        "listProjectResources",
        { project_id: projectId },
        { query: { page, per_page: PER_PAGE } },
      ),
    );
    urns.push(...(answer.resources ?? []).map(({ urn }) => urn));
    if (!answer.links?.pages?.next) return urns;
  }
}

/** Moves resources into a project, out of the one they were in. */
export async function assignToProject(
  client: DigitalOcean,
  projectId: string,
  urns: readonly string[],
): Promise<void> {
  await attempt("Error assigning resources", () =>
    client.call(
      "assignProjectResources",
      { project_id: projectId },
      { body: { resources: urns.filter((urn) => urn !== "") } },
    ),
  );
}

/** Moves resources back into the account's default project: there is no resource without one. */
export async function assignToDefaultProject(
  client: DigitalOcean,
  urns: readonly string[],
): Promise<void> {
  const { project } = await attempt("Error locating default project", () =>
    client.call("getDefaultProject", {}),
  );
  await assignToProject(client, project.id, urns);
}

/** What a change of a set takes away and adds. */
export function setChange(before: readonly string[], after: readonly string[]) {
  return {
    removed: before.filter((item) => !after.includes(item)),
    added: after.filter((item) => !before.includes(item)),
  };
}
