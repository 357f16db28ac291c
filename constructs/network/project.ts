import { Project as ProviderProject } from "@cdktf/provider-digitalocean/lib/project/index.js";
import { ProjectResources as ProviderProjectResources } from "@cdktf/provider-digitalocean/lib/project-resources/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { nameOf } from "../naming.ts";

/** Inputs of {@link Project}. */
export interface ProjectProps {
  readonly config: EnvironmentConfig;
}

/** The project under which the control panel shows everything of the environment. */
export class Project extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, { config }: ProjectProps) {
    super(scope, id);
    const project = new ProviderProject(this, "project", {
      name: nameOf(config, "project"),
      description: `Media asset management, ${config.name}`,
      purpose: "Web Application",
      environment: config.tier === "production" ? "Production" : "Staging",
    });
    this.id = project.id;
  }
}

/** Inputs of {@link ProjectResources}. */
export interface ProjectResourcesProps {
  readonly projectId: string;
  /** Uniform resource names of what belongs to the project. */
  readonly urns: readonly string[];
}

/**
 * Puts resources into a project. Each stack adds its own: the alternative, `project_id` on a cluster or an app, would
 * replace them whenever the project changes, and `resources` on the project would expel what other stacks added.
 */
export class ProjectResources extends Construct {
  constructor(scope: Construct, id: string, { projectId, urns }: ProjectResourcesProps) {
    super(scope, id);
    new ProviderProjectResources(this, "members", { project: projectId, resources: [...urns] });
  }
}
