import { randomUUID } from "node:crypto";

import { conflict, forbidden, notFound, preconditionFailed } from "../api/errors.ts";
import type { Store } from "../store.ts";
import { assignToProject } from "./assignments.ts";
import type { Project } from "./model.ts";

/** What can be said about a project. */
export interface ProjectFields {
  readonly name: string;
  readonly purpose: string;
  readonly description: string;
  readonly environment: string;
  readonly is_default: boolean;
}

const ownPurposes = [
  "Just trying out DigitalOcean",
  "Class project / Educational purposes",
  "Website or blog",
  "Web Application",
  "Service or API",
  "Mobile Application",
  "Machine learning / AI / Data processing",
  "IoT",
  "Operational / Developer tooling",
];

/** Purposes that are not the platform's own come back with a prefix, which the provider takes off again. */
const purposeOf = (text: string) =>
  ownPurposes.includes(text) || text.startsWith("Other: ") ? text : `Other: ${text}`;

/** Finds a project; `default` is the default one. @throws ApiError 404. */
export function findProject({ projects }: Store, id: string): Project {
  const project = projects.find((one) => (id === "default" ? one.is_default : one.id === id));
  if (!project) throw notFound("project not found");
  return project;
}

function nameMustBeFree({ projects }: Store, name: string, except?: Project): void {
  if (projects.some((project) => project !== except && project.name === name)) {
    throw conflict(`project name ${name} is already in use`);
  }
}

/** Creates a project. @throws ApiError 409 when the name is taken. */
export function createProject(store: Store, fields: Partial<ProjectFields>, at: Date): Project {
  const { name = "", purpose = "", description = "", environment = "" } = fields;
  nameMustBeFree(store, name);
  const project: Project = {
    id: randomUUID(),
    owner_uuid: store.account.uuid,
    owner_id: 258_992,
    name,
    description,
    purpose: purposeOf(purpose),
    environment,
    is_default: false,
    created_at: at.toISOString(),
    updated_at: at.toISOString(),
  };
  store.projects.push(project);
  return project;
}

/** Changes a project. There is one default: making another one the default takes it from the first. */
export function updateProject(
  store: Store,
  project: Project,
  fields: Partial<ProjectFields>,
  at: Date,
): Project {
  const { purpose, is_default: isDefault, ...rest } = fields;
  if (rest.name !== undefined) nameMustBeFree(store, rest.name, project);
  if (isDefault) {
    store.projects.forEach((other) => {
      other.is_default = other === project;
    });
  }
  Object.assign(project, rest, purpose === undefined ? {} : { purpose: purposeOf(purpose) });
  project.updated_at = at.toISOString();
  return project;
}

/** Deletes a project. @throws ApiError 412 while resources are in it, 403 for the default one. */
export function deleteProject(store: Store, project: Project): void {
  if (project.is_default) throw forbidden("the default project cannot be deleted");
  if (store.assignments.some(({ project_id: id }) => id === project.id)) {
    throw preconditionFailed(
      "cannot delete a project with resources. move or remove the resources first",
    );
  }
  store.projects.splice(store.projects.indexOf(project), 1);
}

const exists: Record<string, (store: Store, id: string) => boolean> = {
  app: ({ apps }, id) => apps.some((app) => app.id === id),
  dbaas: ({ databases }, id) => databases.some((database) => database.id === id),
  droplet: ({ droplets }, id) => droplets.some((droplet) => String(droplet.id) === id),
  domain: ({ domains }, id) => domains.some((domain) => domain.name === id),
  space: ({ spaces }, id) => spaces.includes(id),
  vpc: ({ vpcs }, id) => vpcs.some((vpc) => vpc.id === id),
};

/**
 * Moves resources into a project.
 *
 * @returns one line for each: `assigned`, `already_assigned`, or `not_found`, which is no error to the API.
 */
export function assignResources(
  store: Store,
  project: Project,
  urns: readonly string[],
  at: Date,
): { urn: string; status: string; assigned_at: string }[] {
  return urns.map((urn) => {
    const [, kind = "", id = ""] = urn.split(":");
    const before = store.assignments.find((one) => one.urn === urn);
    const assigned_at = at.toISOString();
    if (!exists[kind]?.(store, id)) return { urn, status: "not_found", assigned_at };
    if (before?.project_id === project.id) {
      return { urn, status: "already_assigned", assigned_at: before.assigned_at };
    }
    assignToProject(store, urn, project.id, at);
    return { urn, status: "assigned", assigned_at };
  });
}
