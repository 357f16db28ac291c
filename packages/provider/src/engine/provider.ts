import type { ProviderSchema, Schema } from "../schemas/index.ts";
import { pathMessage } from "../protocol/diagnostic.ts";
import type { CallHandlers, DynamicValueMessage, ProviderCalls } from "../protocol/messages.ts";
import { schemaMessage } from "../protocol/schema-message.ts";
import { blockType, withEmptyBlocks } from "../values/block-type.ts";
import { decodeValue, encodeValue } from "../values/codec.ts";
import { valueFromStateJson } from "../values/state-json.ts";
import { isObject, type ObjectValue } from "../values/value.ts";
import { ProviderFailure } from "./failure.ts";
import { Journal } from "./journal.ts";
import { applyChange, destroyObject, importObject, planChange, readObject } from "./lifecycle.ts";
import { resourceTable, type ResourceEntry } from "./resource-table.ts";
import type { ResourceContext, ResourceType } from "./resource.ts";
import { validateConfig } from "./validation.ts";

/** A provider: its schema, its resource types, and what its configuration becomes. */
export interface ProviderDefinition<Client> {
  readonly schema: ProviderSchema;
  readonly resources: readonly ResourceType<Client>[];
  /**
   * Makes the client that resources use from the provider block of a configuration.
   *
   * @throws ProviderFailure when the block asks for something that is not rehearsed.
   */
  readonly configure: (config: ObjectValue, terraformVersion: string) => Client;
  /** Ends the connections of a client. */
  readonly release: (client: Client) => Promise<void> | void;
}

/** What the engine takes from its host. */
export type ProviderHost = Pick<ResourceContext<unknown>, "sleep" | "serialised" | "uniqueId">;

type Request<Name extends keyof ProviderCalls> = ProviderCalls[Name]["request"];
type Response<Name extends keyof ProviderCalls> = Promise<ProviderCalls[Name]["response"]>;

/**
 * A Terraform provider that behaves as one on terraform-plugin-sdk 2: it plans, applies, reads and
 * imports the resource types of its definition, and checks itself while it does.
 */
export class EmbeddedProvider<Client> {
  readonly #definition: ProviderDefinition<Client>;
  readonly #host: ProviderHost;
  readonly #resources: ReadonlyMap<string, ResourceEntry<Client>>;
  /** One client for each connection: aliases differ by nothing else. */
  readonly #clients = new Map<string, Client>();
  readonly #findings: string[] = [];

  /** @throws Error when the definition and its schema do not fit together. */
  constructor(definition: ProviderDefinition<Client>, host: ProviderHost) {
    this.#definition = definition;
    this.#host = host;
    this.#resources = resourceTable(definition.schema, definition.resources);
  }

  /** Sentences about mistakes of the rehearsal itself. Each also failed the call in which it arose. */
  findings(): readonly string[] {
    return this.#findings;
  }

  /** Ends the connections of every client. */
  async close(): Promise<void> {
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    for (const client of clients) await this.#definition.release(client);
  }

  /** What answers Terraform's calls. */
  handlers(): CallHandlers {
    return {
      GetSchema: () => this.#schema(),
      PrepareProviderConfig: (request) => ({ prepared_config: request.config, diagnostics: [] }),
      ValidateResourceTypeConfig: (request) => this.#validate(request),
      Configure: (request, connection) => this.#configure(request, connection),
      Stop: () => ({ Error: "" }),
      UpgradeResourceState: (request) => this.#upgrade(request),
      ReadResource: (request, connection) => this.#read(request, connection),
      PlanResourceChange: (request) => this.#plan(request),
      ApplyResourceChange: (request, connection) => this.#apply(request, connection),
      ImportResourceState: (request, connection) => this.#import(request, connection),
    };
  }

  #journal(type: string): Journal {
    return new Journal(type, this.#findings);
  }

  #entry(type: string): ResourceEntry<Client> {
    const entry = this.#resources.get(type);
    if (entry === undefined) throw new Error(`unknown resource type: ${type}`);
    return entry;
  }

  #decode(message: DynamicValueMessage, schema: Schema): ObjectValue | null {
    const value = decodeValue(message.msgpack, blockType(schema.block));
    return isObject(value) ? value : null;
  }

  #encode(value: ObjectValue | null, schema: Schema): DynamicValueMessage {
    return { msgpack: encodeValue(value, blockType(schema.block)) };
  }

  #context(connection: string, journal: Journal): ResourceContext<Client> {
    const client = this.#clients.get(connection);
    if (client === undefined) throw new ProviderFailure("the provider is not configured");
    return {
      ...this.#host,
      client,
      warn: (summary, detail) => {
        journal.add({ severity: "WARNING", summary, detail });
      },
    };
  }

  #schema(): ProviderCalls["GetSchema"]["response"] {
    const { schema } = this.#definition;
    return {
      provider: schemaMessage(schema.provider),
      resource_schemas: Object.fromEntries(
        Object.entries(schema.resource_schemas).map(([type, held]) => [type, schemaMessage(held)]),
      ),
      diagnostics: [],
      server_capabilities: { get_provider_schema_optional: true },
    };
  }

  #configure(
    request: Request<"Configure">,
    connection: string,
  ): ProviderCalls["Configure"]["response"] {
    const journal = this.#journal("provider");
    journal.guard(() => {
      const config = this.#decode(request.config, this.#definition.schema.provider);
      const client = this.#definition.configure(config ?? {}, request.terraform_version);
      this.#clients.set(connection, client);
    });
    return { diagnostics: journal.messages() };
  }

  #validate(
    request: Request<"ValidateResourceTypeConfig">,
  ): ProviderCalls["ValidateResourceTypeConfig"]["response"] {
    const journal = this.#journal(request.type_name);
    journal.guard(() => {
      const { schema, resource } = this.#entry(request.type_name);
      const config = this.#decode(request.config, schema) ?? {};
      validateConfig(schema.block, resource.behaviour, config).forEach((problem) => {
        journal.add(problem);
      });
    });
    return { diagnostics: journal.messages() };
  }

  #upgrade(
    request: Request<"UpgradeResourceState">,
  ): ProviderCalls["UpgradeResourceState"]["response"] {
    const journal = this.#journal(request.type_name);
    const upgraded = journal.guard(() => {
      const { schema } = this.#entry(request.type_name);
      const json = Buffer.from(request.raw_state.json).toString("utf8");
      const stored = valueFromStateJson(json, blockType(schema.block));
      const filled = isObject(stored) ? withEmptyBlocks(schema.block, stored) : null;
      return this.#encode(filled, schema);
    });
    return {
      ...(upgraded === undefined ? {} : { upgraded_state: upgraded }),
      diagnostics: journal.messages(),
    };
  }

  async #read(request: Request<"ReadResource">, connection: string): Response<"ReadResource"> {
    const journal = this.#journal(request.type_name);
    const state = await journal.guardAsync(async () => {
      const entry = this.#entry(request.type_name);
      const stored = this.#decode(request.current_state, entry.schema) ?? {};
      const read = await readObject(entry, stored, this.#context(connection, journal));
      return { new_state: this.#encode(read, entry.schema) };
    });
    return { ...state, private: request.private, diagnostics: journal.messages() };
  }

  #plan(request: Request<"PlanResourceChange">): ProviderCalls["PlanResourceChange"]["response"] {
    const journal = this.#journal(request.type_name);
    const plan = journal.guard(() => {
      const entry = this.#entry(request.type_name);
      const config = this.#decode(request.config, entry.schema);
      if (config === null) return { planned_state: this.#encode(null, entry.schema) };
      const prior = this.#decode(request.prior_state, entry.schema);
      const { planned, replaces } = planChange(entry, prior, config, journal);
      return {
        planned_state: this.#encode(planned, entry.schema),
        requires_replace: replaces.map(pathMessage),
      };
    });
    return {
      requires_replace: [],
      ...plan,
      planned_private: request.prior_private,
      legacy_type_system: true,
      diagnostics: journal.messages(),
    };
  }

  async #apply(
    request: Request<"ApplyResourceChange">,
    connection: string,
  ): Response<"ApplyResourceChange"> {
    const journal = this.#journal(request.type_name);
    const state = await journal.guardAsync(async () => {
      const entry = this.#entry(request.type_name);
      const prior = this.#decode(request.prior_state, entry.schema);
      const planned = this.#decode(request.planned_state, entry.schema);
      const context = this.#context(connection, journal);
      if (planned === null) {
        await destroyObject(entry, prior ?? {}, context);
        return this.#encode(null, entry.schema);
      }
      const config = this.#decode(request.config, entry.schema) ?? {};
      const applied = await applyChange(entry, { prior, planned, config }, context, journal);
      return this.#encode(applied, entry.schema);
    });
    return {
      new_state: state ?? request.prior_state,
      private: request.planned_private,
      legacy_type_system: true,
      diagnostics: journal.messages(),
    };
  }

  async #import(
    request: Request<"ImportResourceState">,
    connection: string,
  ): Response<"ImportResourceState"> {
    const journal = this.#journal(request.type_name);
    const imported = await journal.guardAsync(async () => {
      const entry = this.#entry(request.type_name);
      const stub = await importObject(entry, request.id, this.#context(connection, journal));
      const state = this.#encode(stub, entry.schema);
      return [{ type_name: request.type_name, state, private: Buffer.alloc(0) }];
    });
    return { imported_resources: imported ?? [], diagnostics: journal.messages() };
  }
}
