import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Operation } from "../../engine/resource.ts";
import { notEmptyText } from "../../engine/rules.ts";
import { askUnlessGone, type DigitalOceanResource } from "./calls.ts";
import {
  assignToDefaultProject,
  assignToProject,
  projectUrns,
  setChange,
} from "./project-assignment.ts";

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const projectId = data.id;
  const found = await askUnlessGone(data, "Error while retrieving project", () =>
    client.call("getProject", { project_id: projectId }),
  );
  if (found === undefined) return;
  const assigned = await projectUrns(client, projectId);
  data.set("project", projectId);
  // Only what is configured: others may assign resources to the same project.
  data.set(
    "resources",
    data.texts("resources").filter((urn) => assigned.includes(urn)),
  );
};

const assign: Operation<DigitalOcean> = async (data, context) => {
  const { client } = context;
  const projectId = data.text("project");
  const found = await askUnlessGone(data, `Error while retrieving project ${projectId}`, () =>
    client.call("getProject", { project_id: projectId }),
  );
  if (found === undefined) return;
  const { removed, added } = setChange(data.textsBefore("resources"), data.texts("resources"));
  if (removed.length > 0) await assignToDefaultProject(client, removed);
  if (added.length > 0) await assignToProject(client, projectId, added);
  data.id = projectId;
  await read(data, context);
};

/** Resources of a project (provider 2.99.1, project/resource_project_resources.go). */
export const projectResources: DigitalOceanResource = {
  type: "digitalocean_project_resources",
  behaviour: {
    force_new: ["project"],
    values_validated: { project: notEmptyText },
  },
  create: assign,
  read,
  update: assign,
  delete: async (data, { client }) => {
    const found = await askUnlessGone(data, "Error while retrieving project", () =>
      client.call("getProject", { project_id: data.text("project") }),
    );
    const urns = data.texts("resources");
    if (found !== undefined && urns.length > 0) await assignToDefaultProject(client, urns);
  },
};
