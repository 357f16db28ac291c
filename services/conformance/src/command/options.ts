import { parseArgs } from "node:util";

import { findEngines } from "../../../../packages/engines/src/index.ts";
import { type Statement, groups } from "../statement.ts";
import { statements } from "../statements.ts";
import { type Service, type Target, services } from "../target.ts";
import { readLogs } from "./logs.ts";
import { UsageError } from "./usage.ts";

const options = {
  help: { type: "boolean", short: "h", default: false },
  list: { type: "boolean", default: false },
  start: { type: "boolean", default: false },
  "contract-only": { type: "boolean", default: false },
  frontend: { type: "string" },
  api: { type: "string", multiple: true },
  edge: { type: "string" },
  worker: { type: "string" },
  reports: { type: "string" },
  account: { type: "string" },
  "api-limit": { type: "string" },
  "edge-limit": { type: "string" },
  logs: { type: "string", multiple: true },
  only: { type: "string" },
  json: { type: "string" },
} as const;

/** The command line, read. */
export type Values = ReturnType<typeof readValues>;

/** @throws UsageError */
export function readValues(args: readonly string[]) {
  try {
    return parseArgs({ options, args: [...args] }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The statements that are asked for.
 *
 * @throws UsageError for a name that is neither a group nor a statement.
 */
export function chosen({
  only,
  "contract-only": isContract,
}: Pick<Values, "only" | "contract-only">): readonly Statement[] {
  const names = only?.split(",").map((name) => name.trim());
  for (const name of names ?? []) {
    const isKnown =
      (groups as readonly string[]).includes(name) || statements.some(({ id }) => id === name);
    if (!isKnown)
      throw new UsageError(
        `--only ${name}: there is no such group or statement. Groups: ${groups.join(", ")}; --list has every statement.`,
      );
  }
  return statements
    .filter(({ group }) => !isContract || group !== "reference api")
    .filter(({ id, group }) => names === undefined || names.includes(id) || names.includes(group));
}

function address(name: string, value: string): string {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new UsageError(`--${name} ${value}: expected an address such as http://127.0.0.1:3000`);
  return value.replace(/\/+$/, "");
}

function number(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new UsageError(`--${name} ${value}: expected a whole number`);
  return Number(value);
}

function place(value: string | undefined): Target["reports"] {
  if (value === undefined) return undefined;
  const [, host = "", port = ""] = /^(.+):(\d+)$/.exec(value) ?? [];
  if (host === "")
    throw new UsageError(`--reports ${value}: expected HOST:PORT, such as 0.0.0.0:4000`);
  return { host, port: Number(port) };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The images that a command line names.
 *
 * @throws UsageError
 */
export async function targetOf(values: Values, environment: Environment): Promise<Target> {
  const { api = [], frontend, edge, worker, account: email, logs = [] } = values;
  const bases = [...api, frontend, edge, worker].filter((base) => base !== undefined);
  if (bases.length === 0)
    throw new UsageError(
      "Name at least one image, such as --edge http://127.0.0.1:8080, or --start.",
    );
  const base = (name: Service, value: string | undefined) => value && address(name, value);
  return {
    addresses: {
      frontend: base("frontend", frontend),
      api: api.map((one) => address("api", one)),
      worker: base("worker", worker),
      edge: base("edge", edge),
    },
    variables: environment,
    limits: {
      api: number("api-limit", values["api-limit"]),
      edge: number("edge-limit", values["edge-limit"]),
    },
    reports: place(values.reports),
    account: accountOf(email, environment),
    storageKey: storageKeyOf(environment),
    ffmpeg: environment.FFMPEG_PATH ?? (await findEngines()).found.ffmpeg?.program,
    logs: logsOf(logs.map(logFile)),
  };
}

function accountOf(
  email: string | undefined,
  { CONFORMANCE_PASSWORD: password = "" }: Environment,
) {
  if (email === undefined) return undefined;
  if (password === "")
    throw new UsageError("--account needs the password in CONFORMANCE_PASSWORD.");
  return { email, password };
}

function storageKeyOf({
  CONFORMANCE_STORAGE_ACCESS_KEY: accessKeyId = "",
  CONFORMANCE_STORAGE_SECRET: secretAccessKey = "",
}: Environment) {
  return accessKeyId === "" || secretAccessKey === ""
    ? undefined
    : { accessKeyId, secretAccessKey };
}

function logsOf(files: readonly { readonly service: Service; readonly file: string }[]) {
  if (files.length === 0) return undefined;
  return { of: files.map(({ service }) => service), lines: readLogs(files) };
}

function logFile(value: string) {
  const [name = "", ...rest] = value.split("=");
  const service = services.find((one) => one === name);
  const file = rest.join("=");
  if (!service || file === "")
    throw new UsageError(`--logs ${value}: expected SERVICE=FILE, such as edge=edge.log`);
  return { service, file };
}
