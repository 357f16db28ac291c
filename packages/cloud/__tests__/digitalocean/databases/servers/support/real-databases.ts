import { type NetConnectOpts, Socket } from "node:net";
import { connect as connectTls } from "node:tls";

import { type EngineName, databaseEngines, findEngines, skipReason } from "@mam-infra/engines";
import { Redis } from "iovalkey";
import pg from "pg";

import { type TestAccount, anAccount, pick } from "../../../support.ts";

/** What this machine has of the servers; PostgreSQL and Valkey are installed at first use. */
export const engines = await findEngines({ only: ["postgres", "pgbouncer", "valkey"] });

/** `test` where the engines are there; else the tests are skipped, and their names say what brings what is missing. */
export function testWith(...needed: EngineName[]) {
  const reason = skipReason(engines, needed);
  return (name: string, play: () => Promise<void>) => {
    if (reason === undefined) test(name, play, 60_000);
    else test.skip(`${name} [not run: ${reason}]`, play);
  };
}

/** An account whose databases are real. */
export const aRealAccount = () => anAccount({}, { engines: databaseEngines(engines) });

/** What the API says of a connection. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** Reads connection details from an answer. */
export async function connectionAt(account: TestAccount, path: string, at: string) {
  return pick((await account.get(path)).body, at) as Connection;
}

/** An address of this machine that stands for one of a private network. */
export const loopback = (address: string) => address.replace(/^10\./, "127.");

/** The address of this machine behind a host and port, of all that the cloud says. */
function placeOf({ cloud }: TestAccount, { host, port }: Connection) {
  const databases = cloud.databases!;
  const places = { ...databases.privateAddresses(), ...databases.publicAddresses() };
  const place = places[`${host}:${port}`];
  if (place === undefined) throw new Error(`nothing answers at ${host}:${port}`);
  const [address = "", realPort = ""] = place.split(":");
  return { host: address, port: Number(realPort) };
}

class FromSocket extends Socket {
  readonly #options: NetConnectOpts;
  constructor(options: NetConnectOpts) {
    super();
    this.#options = options;
  }
  override connect(): this {
    return super.connect(this.#options);
  }
}

/** How a client reaches a cluster, as the preload of a program does it. */
export interface From {
  /** Address of this machine that it comes from; default 127.0.0.1. */
  readonly source?: string;
}

/** Connects to PostgreSQL, and trusts the cloud's authority alone. */
export async function connectPostgres(account: TestAccount, to: Connection, { source }: From = {}) {
  const place = { ...placeOf(account, to), ...(source ? { localAddress: source } : {}) };
  const client = new pg.Client({
    ...to,
    ssl: { ca: account.cloud.databases!.authorities.postgres },
    stream: () => new FromSocket(place),
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  opened.push(() => client.end());
  return client;
}

/** Connects to Valkey, and trusts the cloud's authority alone. */
export async function connectValkey(account: TestAccount, to: Connection, { source }: From = {}) {
  const place = { ...placeOf(account, to), ...(source ? { localAddress: source } : {}) };
  const client = new Redis({
    username: to.user,
    password: to.password,
    lazyConnect: true,
    retryStrategy: () => null,
    Connector: connectorTo(() => {
      const socket = new Socket().connect(place);
      return connectTls({
        socket,
        servername: to.host,
        ca: account.cloud.databases!.authorities.valkey,
      });
    }),
  });
  client.on("error", () => undefined);
  opened.push(() => {
    client.disconnect();
    return Promise.resolve();
  });
  await client.connect();
  return client;
}

function connectorTo(open: () => Socket) {
  return class {
    #socket: Socket | undefined;
    check() {
      return true;
    }
    connect() {
      this.#socket = open();
      return Promise.resolve(this.#socket);
    }
    disconnect() {
      this.#socket?.end();
    }
  } as never;
}

const opened: (() => Promise<void>)[] = [];

/** Closes the connections of a test: `afterEach(closeConnections)` in each file, as with closeAccounts. */
export async function closeConnections(): Promise<void> {
  await Promise.all(opened.splice(0).map((close) => close().catch(() => undefined)));
}
