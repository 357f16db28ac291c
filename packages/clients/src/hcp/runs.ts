import type { z } from "zod";

import { HcpError, hcpRefusal } from "./error.ts";
import {
  type HcpRunState,
  type HcpVariable,
  type RunSource,
  configurationAnswer,
  phaseAnswer,
  runAnswer,
  runSourcesAnswer,
  runsAnswer,
  variableAnswer,
  variablesAnswer,
} from "./run-model.ts";
import { type HcpCall, type HcpTransport, answerOf, jsonOf } from "./transport.ts";

export type { HcpRunState, HcpVariable, RunSource } from "./run-model.ts";

/** What a run is asked to do. */
export interface RunOrder {
  readonly workspaceId: string;
  readonly configurationId: string;
  readonly message: string;
  /** Whether its plan is kept until it is confirmed, and holds nobody up until then. */
  readonly savePlan?: boolean;
  /** Whether it goes on after its plan by itself. */
  readonly autoApply?: boolean;
  /** Whether only the state is brought up to date. */
  readonly refreshOnly?: boolean;
  /** Addresses of the resources that it is about; all of them where there is none. */
  readonly targets?: readonly string[];
  /** Literals of Terraform's language, which whoever may read the run can read in clear. */
  readonly variables?: readonly { readonly key: string; readonly value: string }[];
}

/** A variable to be set. */
export interface NewVariable {
  readonly key: string;
  readonly value: string;
  readonly category: "terraform" | "env";
  readonly description: string;
}

/** Runs of an organisation, and what they are given. Every method throws HcpError when the service refuses. */
export interface HcpRuns {
  /** Announces a configuration, uploads its gzipped tar, and returns its id. */
  upload(workspaceId: string, archive: Buffer): Promise<string>;
  /** Whether the service has taken a configuration in. */
  isUploaded(configurationId: string): Promise<boolean>;
  create(order: RunOrder): Promise<HcpRunState>;
  read(id: string): Promise<HcpRunState>;
  /** The newest runs of a workspace, at most a hundred, the newest first. */
  list(workspaceId: string): Promise<readonly HcpRunState[]>;
  /** Goes on with a plan; false where it cannot be applied any more. */
  confirm(id: string): Promise<boolean>;
  /** Throws a run away that waits; false where there was nothing to throw away. */
  discard(id: string): Promise<boolean>;
  /** Ends a run as Ctrl-C does; false where it has ended. */
  cancel(id: string): Promise<boolean>;
  /** What a plan or an apply has printed so far. */
  log(of: "plans" | "applies", id: string): Promise<string>;
  /** A plan as `terraform show -json` writes it, with secrets in clear. */
  planJson(planId: string): Promise<unknown>;
  variables(workspaceId: string): Promise<readonly HcpVariable[]>;
  /** Makes a sensitive variable. */
  createVariable(workspaceId: string, variable: NewVariable): Promise<HcpVariable>;
  /** Gives a variable another value, and makes it sensitive. */
  updateVariable(workspaceId: string, id: string, value: string): Promise<void>;
  removeVariable(workspaceId: string, id: string): Promise<void>;
  /** Lets the runs of workspaces, and of no others, read the state of one. */
  shareState(workspaceId: string, consumers: readonly string[]): Promise<void>;
  /** Workspaces after whose applied runs those of one begin: its run triggers. There are twenty at most. */
  sources(workspaceId: string): Promise<readonly RunSource[]>;
  /** Removes a run trigger by its id. */
  removeSource(id: string): Promise<void>;
}

/** Asks, and reads the answer. */
type Ask = <Shape extends z.ZodType>(call: HcpCall, shape: Shape) => Promise<z.output<Shape>>;

/** Runs by the connections of an organisation's client. */
export function runsOf(transport: HcpTransport): HcpRuns {
  const ask: Ask = async (call, shape) => answerOf(call, await transport.send(call), shape);
  return {
    ...configurations(transport, ask),
    ...runCalls(ask),
    ...actions(transport),
    ...results(transport, ask),
    ...variableCalls(transport, ask),
    ...sourceCalls(transport, ask),
  };
}

function configurations(transport: HcpTransport, ask: Ask): Pick<HcpRuns, "upload" | "isUploaded"> {
  return {
    upload: async (workspaceId, archive) => {
      const attributes = { "auto-queue-runs": false, speculative: false };
      const path = `/workspaces/${workspaceId}/configuration-versions`;
      const body = { data: { type: "configuration-versions", attributes } };
      const { data } = await ask({ method: "POST", path, body }, configurationAnswer);
      const { "upload-url": url } = data.attributes;
      if (!url) throw new HcpError({ method: "POST", path }, "it names no address for the upload");
      await transport.send({ method: "PUT", path: url, content: archive });
      return data.id;
    },
    isUploaded: async (id) => {
      const path = `/configuration-versions/${id}`;
      const { data } = await ask({ method: "GET", path }, configurationAnswer);
      return data.attributes.status === "uploaded";
    },
  };
}

function runCalls(ask: Ask): Pick<HcpRuns, "create" | "read" | "list"> {
  return {
    create: async (order) => {
      const call = { method: "POST", path: "/runs", body: { data: dataOf(order) } } as const;
      return (await ask(call, runAnswer)).data;
    },
    read: async (id) => (await ask({ method: "GET", path: `/runs/${id}` }, runAnswer)).data,
    list: async (id) => {
      const query = { "page[size]": "100" };
      const path = `/workspaces/${id}/runs`;
      return (await ask({ method: "GET", path, query }, runsAnswer)).data;
    },
  };
}

function actions(transport: HcpTransport): Pick<HcpRuns, "confirm" | "discard" | "cancel"> {
  /** False where the service says that the run is not in a state for it. */
  const act = async (id: string, action: "apply" | "discard" | "cancel") => {
    try {
      await transport.send({ method: "POST", path: `/runs/${id}/actions/${action}`, body: {} });
      return true;
    } catch (error) {
      if (hcpRefusal(error) === 409) return false;
      throw error;
    }
  };
  return {
    confirm: (id) => act(id, "apply"),
    discard: (id) => act(id, "discard"),
    cancel: (id) => act(id, "cancel"),
  };
}

function results(transport: HcpTransport, ask: Ask): Pick<HcpRuns, "log" | "planJson"> {
  return {
    log: async (of, id) => {
      const { data } = await ask({ method: "GET", path: `/${of}/${id}` }, phaseAnswer);
      const text = await transport.send({ method: "GET", path: data.attributes["log-read-url"] });
      return text.replace("\u0002", "").replace("\u0003", "");
    },
    planJson: async (id) =>
      jsonOf(await transport.send({ method: "GET", path: `/plans/${id}/json-output` })),
  };
}

function variableCalls(
  transport: HcpTransport,
  ask: Ask,
): Pick<
  HcpRuns,
  "variables" | "createVariable" | "updateVariable" | "removeVariable" | "shareState"
> {
  return {
    variables: async (id) =>
      (await ask({ method: "GET", path: `/workspaces/${id}/vars` }, variablesAnswer)).data,
    createVariable: async (id, variable) => {
      const attributes = { ...variable, hcl: false, sensitive: true };
      const body = { data: { type: "vars", attributes } };
      const path = `/workspaces/${id}/vars`;
      return (await ask({ method: "POST", path, body }, variableAnswer)).data;
    },
    updateVariable: async (workspaceId, id, value) => {
      const body = { data: { type: "vars", id, attributes: { value, sensitive: true } } };
      await transport.send({
        method: "PATCH",
        path: `/workspaces/${workspaceId}/vars/${id}`,
        body,
      });
    },
    removeVariable: async (workspaceId, id) => {
      await transport.send({ method: "DELETE", path: `/workspaces/${workspaceId}/vars/${id}` });
    },
    shareState: async (id, consumers) => {
      const path = `/workspaces/${id}/relationships/remote-state-consumers`;
      const body = { data: consumers.map((one) => ({ type: "workspaces", id: one })) };
      await transport.send({ method: "PATCH", path, body });
    },
  };
}

function sourceCalls(transport: HcpTransport, ask: Ask): Pick<HcpRuns, "sources" | "removeSource"> {
  return {
    sources: async (id) => {
      const query = { "filter[run-trigger][type]": "inbound", "page[size]": "100" };
      const path = `/workspaces/${id}/run-triggers`;
      return (await ask({ method: "GET", path, query }, runSourcesAnswer)).data;
    },
    removeSource: async (id) => {
      await transport.send({ method: "DELETE", path: `/run-triggers/${id}` });
    },
  };
}

const dataOf = ({
  workspaceId,
  configurationId,
  message,
  savePlan = false,
  autoApply = false,
  refreshOnly = false,
  targets = [],
  variables = [],
}: RunOrder) => ({
  type: "runs",
  attributes: {
    message,
    "save-plan": savePlan,
    "auto-apply": autoApply,
    "refresh-only": refreshOnly,
    ...(targets.length > 0 ? { "target-addrs": targets } : {}),
    ...(variables.length > 0 ? { variables } : {}),
  },
  relationships: {
    workspace: { data: { type: "workspaces", id: workspaceId } },
    "configuration-version": { data: { type: "configuration-versions", id: configurationId } },
  },
});
