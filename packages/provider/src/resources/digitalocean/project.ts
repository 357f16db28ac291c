import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { repeatWhile } from "../../engine/repeat.ts";
import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";
import type { ResourceData } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { everyRule, lengthBetween, notEmpty, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, type DigitalOceanContext, type DigitalOceanResource } from "./calls.ts";
import {
  assignToDefaultProject,
  assignToProject,
  projectUrns,
  setChange,
} from "./project-assignment.ts";

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error reading Project", () =>
    client.call("getProject", { project_id: data.id }),
  );
  if (answer === undefined) return;
  const { project } = answer;
  data.id = project.id;
  data.set("name", project.name);
  data.set("purpose", project.purpose?.replace(/^Other: /, ""));
  data.set("description", project.description);
  data.set("environment", project.environment);
  data.set("is_default", project.is_default);
  data.set("owner_uuid", project.owner_uuid);
  data.set("owner_id", project.owner_id);
  data.set("created_at", project.created_at);
  data.set("updated_at", project.updated_at);
  data.set("resources", await projectUrns(client, project.id));
};

function describedBy(data: ResourceData) {
  return {
    name: data.text("name"),
    description: data.text("description"),
    purpose: data.text("purpose"),
    environment: data.text("environment"),
  };
}

/** A project whose first resources cannot be assigned is deleted again, so that none is left over. */
async function assignOrUndo(
  data: ResourceData,
  { client }: DigitalOceanContext,
  projectId: string,
) {
  try {
    await assignToProject(client, projectId, data.texts("resources"));
  } catch (error) {
    await client.call("deleteProject", { project_id: projectId }).catch(() => undefined);
    throw error;
  }
}

function stillHasResources(error: unknown): boolean {
  return (
    error instanceof DigitalOceanError &&
    error.call.status === 412 &&
    error.message.toLowerCase().includes("cannot delete a project with resources")
  );
}

/** A project (provider 2.99.1, project/resource_project.go). */
export const project: DigitalOceanResource = {
  type: "digitalocean_project",
  behaviour: {
    defaults: { description: "", is_default: false, purpose: "Web Application" },
    diff_suppressed: {
      environment: (old, wanted) => old.toLowerCase() === wanted.toLowerCase(),
    },
    values_validated: {
      name: everyRule(notEmpty, lengthBetween(1, 175)),
      description: lengthBetween(0, 255),
      purpose: lengthBetween(0, 255),
      environment: oneOf(["development", "staging", "production"], { ignoreCase: true }),
    },
    // The list is everything in the project, also what got there by itself.
    answered_differently: ["resources"],
    timeouts: { delete: 3 * 60 },
  },
  create: async (data, context) => {
    const { client } = context;
    const body = describedBy(data);
    const { project: created } = await attempt("Error creating Project", () =>
      client.call("createProject", {}, { body }),
    );
    if (data.has("resources")) {
      await attempt("Error creating Project", () => assignOrUndo(data, context, created.id));
    }
    if (data.has("is_default")) {
      await attempt("Error setting project as default", () =>
        client.call(
          "updateProject",
          { project_id: created.id },
          { body: { ...body, is_default: true } },
        ),
      );
    }
    data.id = created.id;
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    const { client } = context;
    const body = { ...describedBy(data), is_default: data.flag("is_default") };
    data.partial = true;
    await attempt("Error updating Project", () =>
      client.call("updateProject", { project_id: data.id }, { body }),
    );
    const { removed, added } = setChange(data.textsBefore("resources"), data.texts("resources"));
    if (removed.length > 0) await assignToDefaultProject(client, removed);
    if (added.length > 0) await assignToProject(client, data.id, added);
    data.partial = false;
    await read(data, context);
  },
  delete: async (data, context) => {
    const { client } = context;
    if (data.has("resources")) await assignToDefaultProject(client, data.texts("resources"));
    await attempt(`Error deleting project (${data.id})`, () =>
      repeatWhile(context, data.timeoutSeconds("delete"), stillHasResources, () =>
        client.call("deleteProject", { project_id: data.id }),
      ),
    );
  },
  importId: importById,
};
