import { randomBytes, randomInt } from "node:crypto";

import type { S3Client } from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";
import { Redis as Valkey } from "iovalkey";

import { type Answer, type Asking, ask } from "./tools/ask.ts";
import { ReportServer } from "./tools/report-server.ts";
import type { Service, Target } from "./target.ts";

/** What statements are checked with: the images, storage and Valkey beside them, and what was found out already. */
export class World {
  readonly target: Target;
  /** Name of this run: first segment of every object that it makes. */
  readonly run = `conformance-${randomBytes(6).toString("hex")}`;
  /** Seconds that something which has to come may take. */
  readonly patience: number;
  readonly #known = new Map<string, Promise<unknown>>();
  readonly #endings: (() => Promise<unknown>)[] = [];

  constructor(target: Target, patience: number) {
    this.target = target;
    this.patience = patience;
  }

  /** Finds something out once, for every statement that asks. */
  once<Result>(name: string, find: () => Promise<Result>): Promise<Result> {
    const known = this.#known.get(name) ?? find();
    this.#known.set(name, known);
    return known as Promise<Result>;
  }

  /** The value of a variable that a statement needs. */
  variable(name: string): string {
    const value = this.target.variables[name];
    if (value === undefined)
      throw new Error(`${name} is not known: name it in the statement's needs`);
    return value;
  }

  /** Asks a service, its first instance where there are several. */
  ask(service: Service, path: string, asking: Asking = {}): Promise<Answer> {
    return ask(this.base(service), path, asking);
  }

  /** Base of a service. */
  base(service: Service): string {
    const { api, ...others } = this.target.addresses;
    const base = service === "api" ? api[0] : others[service];
    if (base === undefined) throw new Error(`the address of the ${service} is not known`);
    return base;
  }

  /** An address of a client that nobody else has: each is limited for itself. From the range for measurements. */
  aClient(): string {
    return `198.18.${randomInt(256)}.${randomInt(1, 255)}`;
  }

  /** Storage, with a key that may put and look. */
  get storage(): Promise<S3Client> {
    return this.once("storage", () => {
      const key = this.target.storageKey ?? { accessKeyId: "", secretAccessKey: "" };
      const [endpoint, region] = [this.variable("WASABI_ENDPOINT"), this.variable("WASABI_REGION")];
      const client = createStorage({ endpoint, region, ...key });
      this.atEnd(() => {
        client.destroy();
        return Promise.resolve();
      });
      return Promise.resolve(client);
    });
  }

  /** Valkey. */
  get valkey(): Promise<Valkey> {
    return this.once("valkey", () => this.connect());
  }

  /** Another connection to Valkey, for a command that waits. */
  connect(): Promise<Valkey> {
    const { valkeyAuthority: ca } = this.target;
    const client = new Valkey(this.variable("REDIS_URL"), {
      ...(ca !== undefined && { tls: { ca } }),
    });
    client.on("error", () => undefined);
    this.atEnd(() => {
      client.disconnect();
      return Promise.resolve();
    });
    return Promise.resolve(client);
  }

  /** Where the worker reports to. */
  get reports(): Promise<ReportServer> {
    return this.once("reports", async () => {
      const { host, port } = this.target.reports ?? { host: "", port: 0 };
      const server = await ReportServer.listen(host, port, this.target.addresses.api[0]);
      this.atEnd(() => server.close());
      return server;
    });
  }

  /** Has something done when all is over. */
  atEnd(ending: () => Promise<unknown>): void {
    this.#endings.push(ending);
  }

  /** Puts away what was made, as far as it can be. */
  async close(): Promise<void> {
    for (const ending of this.#endings.splice(0).reverse()) await ending();
  }
}
