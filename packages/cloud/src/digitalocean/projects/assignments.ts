import { notFound } from "../api/errors.ts";
import type { Store } from "../store.ts";

/** The project that takes what is assigned to none. */
function defaultProjectId({ projects }: Store): string {
  const project = projects.find(({ is_default }) => is_default);
  if (!project) throw new Error("The account has no default project.");
  return project.id;
}

function chosenProject(store: Store, asked: string | undefined): string {
  if (asked === undefined || asked === "") return defaultProjectId(store);
  if (!store.projects.some(({ id }) => id === asked)) throw notFound("project not found");
  return asked;
}

/**
 * Puts a resource into a project, the default one when none is named; a resource is in one project at a time.
 *
 * @throws ApiError 404 when there is no such project.
 */
export function assignToProject(
  store: Store,
  urn: string,
  projectId: string | undefined,
  at: Date,
): void {
  const project_id = chosenProject(store, projectId);
  unassign(store, urn);
  store.assignments.push({ urn, project_id, assigned_at: at.toISOString() });
}

/** Takes a resource out of its project, when it is gone. */
export function unassign({ assignments }: Store, urn: string): void {
  const index = assignments.findIndex((one) => one.urn === urn);
  if (index >= 0) assignments.splice(index, 1);
}

/** The project that a resource is in. */
export function projectOf(store: Store, urn: string): string {
  const assignment = store.assignments.find((one) => one.urn === urn);
  return assignment?.project_id ?? defaultProjectId(store);
}
