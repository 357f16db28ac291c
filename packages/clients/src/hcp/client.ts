import { createHash } from "node:crypto";

import type { z } from "zod";

import { hcpRefusal } from "./error.ts";
import {
  type HcpRun,
  type HcpStateVersion,
  type HcpWorkspace,
  type WorkspaceSettings,
  projectAnswer,
  projectsAnswer,
  runsAnswer,
  stateVersionAnswer,
  stateVersionsAnswer,
  workspaceAnswer,
} from "./model.ts";
import { type HcpRuns, runsOf } from "./runs.ts";
import { type HcpCall, type HcpOptions, HcpTransport, answerOf } from "./transport.ts";

/** A state to be written as a version. */
export interface NewStateVersion {
  readonly text: string;
  readonly serial: number;
  readonly lineage: string;
}

/** A client of one organisation of HCP Terraform. Every method throws HcpError when the service refuses. */
export interface Hcp {
  /** Name of the organisation. */
  readonly organization: string;
  /** A workspace with who holds its lock; undefined when there is none of the name. */
  workspace(name: string): Promise<HcpWorkspace | undefined>;
  createWorkspace(
    name: string,
    projectId: string,
    settings: WorkspaceSettings,
  ): Promise<HcpWorkspace>;
  updateWorkspace(id: string, settings: WorkspaceSettings): Promise<HcpWorkspace>;
  /** Id of a project; undefined when there is none of the name. */
  project(name: string): Promise<string | undefined>;
  /** Makes a project, and returns its id. */
  createProject(name: string): Promise<string>;
  /** Takes the lock of a workspace; false when somebody holds it, whoever that is. */
  lock(id: string, reason: string): Promise<boolean>;
  /** Gives back a lock that this token's user took. */
  unlock(id: string): Promise<void>;
  /** Takes a lock away from its holder; that needs more rights, and does not free a workspace from a run. */
  forceUnlock(id: string): Promise<void>;
  /** Runs of a workspace that have not ended, at most a hundred: the next one waits for them. */
  waitingRuns(id: string): Promise<readonly HcpRun[]>;
  /** The version that stands; undefined before the first one. */
  currentStateVersion(id: string): Promise<HcpStateVersion | undefined>;
  stateVersion(id: string): Promise<HcpStateVersion>;
  /** Every version that has content, the newest first. */
  stateVersions(workspace: string): Promise<HcpStateVersion[]>;
  /** Content of a version, with every secret that stands in it. */
  stateText(version: HcpStateVersion): Promise<string>;
  /** Writes a version. The workspace has to be locked by this token's user. */
  createStateVersion(workspaceId: string, state: NewStateVersion): Promise<HcpStateVersion>;
  /** Runs of Terraform by the service itself, and what they are given. */
  readonly runs: HcpRuns;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** Makes a client of an organisation of HCP Terraform. */
export function createHcp(options: HcpOptions): Hcp {
  return new HcpClient(options);
}

class HcpClient implements Hcp {
  readonly organization: string;
  readonly runs: HcpRuns;
  readonly #transport: HcpTransport;

  constructor(options: HcpOptions) {
    this.organization = options.organization;
    this.#transport = new HcpTransport(options);
    this.runs = runsOf(this.#transport);
  }

  workspace(name: string) {
    const path = this.#path(`workspaces/${encodeURIComponent(name)}`);
    const query = { include: "locked_by" };
    return unlessMissing(() => this.#ask({ method: "GET", path, query }, workspaceAnswer));
  }

  createWorkspace(name: string, projectId: string, settings: WorkspaceSettings) {
    const body = {
      data: {
        type: "workspaces",
        attributes: { name, ...attributesOf(settings) },
        relationships: { project: { data: { type: "projects", id: projectId } } },
      },
    };
    return this.#ask({ method: "POST", path: this.#path("workspaces"), body }, workspaceAnswer);
  }

  updateWorkspace(id: string, settings: WorkspaceSettings) {
    const body = { data: { type: "workspaces", attributes: attributesOf(settings) } };
    return this.#ask({ method: "PATCH", path: `/workspaces/${id}`, body }, workspaceAnswer);
  }

  async project(name: string) {
    const query = { "filter[names]": name };
    const { data } = await this.#ask(
      { method: "GET", path: this.#path("projects"), query },
      projectsAnswer,
    );
    return data.find(({ attributes }) => attributes.name === name)?.id;
  }

  async createProject(name: string) {
    const body = { data: { type: "projects", attributes: { name } } };
    const path = this.#path("projects");
    return (await this.#ask({ method: "POST", path, body }, projectAnswer)).data.id;
  }

  async lock(id: string, reason: string) {
    const path = `/workspaces/${id}/actions/lock`;
    try {
      await this.#transport.send({ method: "POST", path, body: { reason } });
      return true;
    } catch (error) {
      if (hcpRefusal(error) === 409) return false;
      throw error;
    }
  }

  async unlock(id: string) {
    await this.#transport.send({ method: "POST", path: `/workspaces/${id}/actions/unlock` });
  }

  async forceUnlock(id: string) {
    await this.#transport.send({ method: "POST", path: `/workspaces/${id}/actions/force-unlock` });
  }

  async waitingRuns(id: string) {
    const query = { "filter[status_group]": "non_final", "page[size]": "100" };
    const path = `/workspaces/${id}/runs`;
    return (await this.#ask({ method: "GET", path, query }, runsAnswer)).data;
  }

  async currentStateVersion(id: string) {
    const call = { method: "GET", path: `/workspaces/${id}/current-state-version` } as const;
    return (await unlessMissing(() => this.#ask(call, stateVersionAnswer)))?.data;
  }

  async stateVersion(id: string) {
    const path = `/state-versions/${encodeURIComponent(id)}`;
    return (await this.#ask({ method: "GET", path }, stateVersionAnswer)).data;
  }

  async stateVersions(workspace: string) {
    const found: HcpStateVersion[] = [];
    for (let page: number | null = 1; page !== null;) {
      const query = {
        "filter[workspace][name]": workspace,
        "filter[organization][name]": this.organization,
        "filter[status]": "finalized",
        "page[number]": String(page),
        "page[size]": "100",
      };
      const answer: z.output<typeof stateVersionsAnswer> = await this.#ask(
        { method: "GET", path: "/state-versions", query },
        stateVersionsAnswer,
      );
      found.push(...answer.data);
      page = answer.meta.pagination["next-page"];
    }
    return found;
  }

  async stateText({ url }: HcpStateVersion) {
    return url === undefined ? "" : this.#transport.send({ method: "GET", path: url });
  }

  async createStateVersion(workspaceId: string, { text, serial, lineage }: NewStateVersion) {
    const attributes = {
      serial,
      lineage,
      md5: createHash("md5").update(text).digest("hex"),
      state: Buffer.from(text).toString("base64"),
    };
    const path = `/workspaces/${workspaceId}/state-versions`;
    const body = { data: { type: "state-versions", attributes } };
    return (await this.#ask({ method: "POST", path, body }, stateVersionAnswer)).data;
  }

  async close() {
    await this.#transport.close();
  }

  #path(rest: string): string {
    return `/organizations/${encodeURIComponent(this.organization)}/${rest}`;
  }

  async #ask<Shape extends z.ZodType>(call: HcpCall, shape: Shape): Promise<z.output<Shape>> {
    return answerOf(call, await this.#transport.send(call), shape);
  }
}

const attributesOf = ({
  executionMode,
  terraformVersion,
  autoApply,
  description,
  repository,
}: WorkspaceSettings) => ({
  ...(executionMode === undefined
    ? {}
    : { "execution-mode": executionMode, "setting-overwrites": { "execution-mode": true } }),
  ...(terraformVersion === undefined ? {} : { "terraform-version": terraformVersion }),
  ...(autoApply === undefined ? {} : { "auto-apply": autoApply }),
  ...(description === undefined ? {} : { description }),
  ...(repository === undefined ? {} : { "vcs-repo": repository }),
});

async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (hcpRefusal(error) === 404) return undefined;
    throw error;
  }
}
