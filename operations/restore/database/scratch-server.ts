import { readFileSync } from "node:fs";

import pg from "pg";

import { messageOf } from "@mam-infra/clients/message";

import { NotConfigured } from "../../context/credentials.ts";
import type { Variables } from "../../context/variables.ts";
import type { Login } from "./target.ts";

/** Variable with the address of the server that a dump is proved on, with its administrator's password. */
export const serverVariable = "MAM_RESTORE_SERVER";

/** Variable that names a file with the server's certificate authority; without it the connection is not encrypted. */
export const authorityVariable = "MAM_RESTORE_SERVER_CA";

/** A server that nobody uses. */
export interface ScratchServer {
  readonly host: string;
  readonly port: number;
  /** Its database that an administrator connects to. */
  readonly database: string;
  readonly administrator: Login;
  /** Certificate authority in PEM, and the file that it was read from; undefined where the connection is not encrypted. */
  readonly authority: string | undefined;
  readonly authorityFile: string | undefined;
}

/** Reads where it is. @throws NotConfigured when it is not said, or says what is not kept to. */
export function serverOf(variables: Variables): ScratchServer {
  const { [serverVariable]: address, [authorityVariable]: authorityFile } = variables;
  if (!address || !/^postgres(ql)?:\/\//.test(address) || !URL.canParse(address))
    throw new NotConfigured(
      `${serverVariable} is ${address ? "none" : "missing"}: the address of a PostgreSQL server that holds nothing, such as postgresql://postgres:…@localhost:5432/postgres.\n  fix: docs/restore.md says how to start one; a dump is restored there and nowhere near what runs`,
    );
  const { hostname, port, username, password, pathname, searchParams } = new URL(address);
  refuseUnread(searchParams, authorityFile !== undefined && authorityFile !== "");
  return {
    // An address of IPv6 stands in brackets in a URL, and nowhere else.
    host: decodeURIComponent(hostname).replaceAll(/^\[|\]$/g, ""),
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)) || "postgres",
    administrator: { user: decodeURIComponent(username), password: decodeURIComponent(password) },
    authority: authorityFile ? authorityIn(authorityFile) : undefined,
    authorityFile,
  };
}

/** Values of sslmode that an unencrypted connection satisfies. */
const unencrypted: readonly string[] = ["disable", "allow", "prefer"];

/** @throws NotConfigured for settings in an address that a connection would not keep to. */
function refuseUnread(settings: URLSearchParams, isEncrypted: boolean): void {
  const unread = [...settings].filter(
    ([name, value]) => name !== "sslmode" || (!isEncrypted && !unencrypted.includes(value)),
  );
  const [first] = unread;
  if (!first) return;
  const [name, value] = first;
  throw new NotConfigured(
    `${serverVariable} says ${name}=${value}, and the connection would not keep to it.\n  fix: take it away; for a connection that is encrypted and verified, name the file with the server's certificate authority in ${authorityVariable}`,
  );
}

function authorityIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new NotConfigured(
      `${authorityVariable}: ${messageOf(error)}\n  fix: name the file with the server's certificate authority, or unset it where the server is on this machine`,
    );
  }
}

/** Opens a connection. */
export async function connectTo(
  { host, port, administrator, authority }: ScratchServer,
  database: string,
  { user, password }: Login = administrator,
): Promise<pg.Client> {
  const client = new pg.Client({
    ...{ host, port, user, password, database },
    ...(authority === undefined ? {} : { ssl: { ca: authority } }),
    application_name: "mam-restore",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Connects as its administrator. @throws NotConfigured when it does not answer, or does not let in. */
export async function connectAsAdministrator(server: ScratchServer): Promise<pg.Client> {
  try {
    return await connectTo(server, server.database);
  } catch (error) {
    throw new NotConfigured(
      `${serverVariable}: ${server.host}:${server.port} cannot be used: ${messageOf(error)}\n  fix: docs/restore.md says how to start one`,
    );
  }
}
