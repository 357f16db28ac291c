import { Journal } from "@mam-infra/provider/engine/journal";
import { applyChange, planChange } from "@mam-infra/provider/engine/lifecycle";
import type { ProviderDefinition } from "@mam-infra/provider/engine/provider";
import { resourceTable, type ResourceEntry } from "@mam-infra/provider/engine/resource-table";
import type { ResourceContext } from "@mam-infra/provider/engine/resource";
import { validateConfig } from "@mam-infra/provider/engine/validation";
import { blockType, withEmptyBlocks } from "@mam-infra/provider/values/block-type";
import { equalValues } from "@mam-infra/provider/values/equality";
import { dottedPath } from "@mam-infra/provider/values/path";
import {
  isObject,
  isSequence,
  type ObjectValue,
  type Value,
} from "@mam-infra/provider/values/value";
import type { TerraformJson } from "../stacks.ts";
import { RefusedBySchema, resourceConfig } from "./configuration.ts";
import { evaluate, inside, type Lookup, referencesIn } from "./expressions.ts";

type Host = Pick<ResourceContext<unknown>, "sleep" | "serialised" | "uniqueId">;

/** What becomes of a resource. */
export interface PlannedResource {
  readonly action: "create" | "replaced" | "in place" | "nothing" | "destroyed";
  /** Attributes because of which it is replaced, without the `id` that goes with every replacement. */
  readonly replaces: readonly string[];
  readonly planned: ObjectValue | null;
}

/** What the plan of a stack comes to. */
export interface StackPlan {
  readonly resources: Readonly<Record<string, PlannedResource>>;
  /** What Terraform or the provider refuses, as `summary: detail`. */
  readonly refusals: readonly string[];
}

/** What a stack reads from outside. */
export interface Inputs {
  readonly variables: Readonly<Record<string, string>>;
  /** Outputs of other stacks, by the name of the data source. */
  readonly outputs: Readonly<Record<string, ObjectValue>>;
}

/**
 * A stack that is planned and applied by the embedded providers without Terraform: it evaluates references, orders
 * resources by them, and plans a replaced one a second time, as Terraform does. Hundreds of plans take a second.
 */
export class SmallStack<Client> {
  readonly #table: ReadonlyMap<string, ResourceEntry<Client>>;
  readonly #definition: ProviderDefinition<Client>;
  readonly #host: Host;
  readonly #inputs: Inputs;
  #states: Readonly<Record<string, ObjectValue>> = {};

  constructor(definition: ProviderDefinition<Client>, host: Host, inputs: Inputs) {
    this.#table = resourceTable(definition.schema, definition.resources);
    this.#definition = definition;
    this.#host = host;
    this.#inputs = inputs;
  }

  /** State of a resource. */
  state(address: string): ObjectValue | undefined {
    return this.#states[address];
  }

  /** Values of the stack's outputs. */
  outputs(stack: TerraformJson): ObjectValue {
    const lookup = this.#lookup(this.#states);
    return Object.fromEntries(
      Object.entries(stack.output ?? {}).map(([name, { value }]) => [
        name,
        typeof value === "string" ? evaluate(value, lookup) : (value as Value),
      ]),
    );
  }

  /**
   * Plans the stack against what stands.
   *
   * @param stood values of resources that stand otherwise than they were applied, by address.
   */
  plan(stack: TerraformJson, stood: Readonly<Record<string, ObjectValue>> = {}): StackPlan {
    const states = Object.fromEntries(
      Object.entries(this.#states).map(([address, state]) => [
        address,
        { ...state, ...stood[address] },
      ]),
    );
    const resources: Record<string, PlannedResource> = {};
    const refusals: string[] = [];
    const values: Record<string, ObjectValue> = {};
    for (const address of ordered(stack)) {
      try {
        resources[address] = this.#planOne(stack, address, states[address] ?? null, values);
        values[address] = resources[address].planned ?? {};
      } catch (error) {
        if (!(error instanceof Refusal || error instanceof RefusedBySchema)) throw error;
        refusals.push(error.message);
        values[address] = states[address] ?? {};
      }
    }
    const gone = Object.keys(this.#states).filter((address) => !(address in values));
    for (const address of gone) {
      resources[address] = { action: "destroyed", replaces: [], planned: null };
    }
    return { resources, refusals };
  }

  /** Creates and updates what the stack describes. What is replaced or goes is no matter of these tests. */
  async apply(stack: TerraformJson): Promise<readonly string[]> {
    const states: Record<string, ObjectValue> = { ...this.#states };
    const clients = new Map<string, Client>();
    const refusals: string[] = [];
    for (const address of ordered(stack)) {
      const { json, entry } = this.#resource(stack, address);
      const config = resourceConfig(json, entry.schema.block, this.#lookup(states));
      const prior = states[address] ?? null;
      const journal = new Journal(address, []);
      const { planned } = planChange(entry, prior, config, journal);
      if (prior && equalValues(prior, planned, blockType(entry.schema.block))) continue;
      const client = this.#client(stack, json, clients);
      const context = { ...this.#host, client, warn: () => undefined };
      const applied = await applyChange(entry, { prior, planned, config }, context, journal);
      refusals.push(...said(journal));
      // As Terraform has a state read again before it plans (UpgradeResourceState).
      if (applied) states[address] = withEmptyBlocks(entry.schema.block, applied);
    }
    this.#states = states;
    for (const client of clients.values()) await this.#definition.release(client);
    return refusals;
  }

  #planOne(
    stack: TerraformJson,
    address: string,
    prior: ObjectValue | null,
    values: Readonly<Record<string, ObjectValue>>,
  ): PlannedResource {
    const { json, entry } = this.#resource(stack, address);
    const { block } = entry.schema;
    const wanted = resourceConfig(json, block, this.#lookup(values));
    const config = prior ? withIgnored(wanted, prior, json) : wanted;
    const journal = new Journal(address, []);
    validateConfig(block, entry.resource.behaviour, config).forEach((one) => {
      journal.add(one);
    });
    refuseIfFailed(journal);
    const { planned, replaces } = guarded(journal, () => planChange(entry, prior, config, journal));
    if (!prior) return { action: "create", replaces: [], planned };
    if (equalValues(prior, planned, blockType(block))) {
      return { action: "nothing", replaces: [], planned: prior };
    }
    if (replaces.length === 0) return { action: "in place", replaces: [], planned };
    const paths = replaces.map(dottedPath).filter((path) => path !== "id");
    // Terraform asks again, as for one that is new: what the platform decides is then unknown.
    const renewed = guarded(journal, () => planChange(entry, null, config, journal));
    return { action: "replaced", replaces: [...new Set(paths)], planned: renewed.planned };
  }

  #resource(stack: TerraformJson, address: string) {
    const [type = "", name = ""] = address.split(".");
    const json = stack.resource[type]?.[name];
    const entry = this.#table.get(type);
    if (!json || !entry) throw new Error(`there is no ${address}`);
    return { json, entry };
  }

  #lookup(values: Readonly<Record<string, ObjectValue>>): Lookup {
    return ([first = "", second = "", ...path]) => {
      if (first === "var") return this.#inputs.variables[second] ?? null;
      if (first === "data") return inside(this.#inputs.outputs[path[0] ?? ""] ?? {}, path.slice(2));
      return inside(values[`${first}.${second}`] ?? {}, path);
    };
  }

  #client(stack: TerraformJson, json: object, clients: Map<string, Client>): Client {
    const reference = "provider" in json ? String(json.provider) : "";
    const known = clients.get(reference);
    if (known !== undefined) return known;
    const blocks = Object.values(stack.provider).flat();
    const alias = reference.split(".")[1];
    const block = blocks.find((one) => one.alias === alias) ?? {};
    const own = { ...block };
    Reflect.deleteProperty(own, "alias");
    const config = resourceConfig(own, this.#definition.schema.provider.block, this.#lookup({}));
    const client = this.#definition.configure(config, "1.11.4");
    clients.set(reference, client);
    return client;
  }
}

class Refusal extends Error {}

function said(journal: Journal): string[] {
  return journal
    .messages()
    .filter(({ severity }) => severity === "ERROR")
    .map(({ summary, detail }) => (detail ? `${summary}: ${detail}` : summary));
}

function refuseIfFailed(journal: Journal): void {
  if (journal.failed()) throw new Refusal(said(journal).join("\n"));
}

function guarded<T>(journal: Journal, work: () => T): T {
  const result = journal.guard(work);
  refuseIfFailed(journal);
  if (result === undefined) throw new Error("nothing was planned, and nothing was said");
  return result;
}

/** Addresses of a stack's resources, each behind what it refers to. */
function ordered(stack: TerraformJson): string[] {
  const blocks = Object.entries(stack.resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, json]) => [`${type}.${name}`, json] as const),
  );
  const order: string[] = [];
  const visit = (address: string): void => {
    if (order.includes(address)) return;
    const json = blocks.find(([one]) => one === address)?.[1];
    if (!json) return;
    const after = Array.isArray(json.depends_on) ? (json.depends_on as string[]) : [];
    [...referencesIn(json), ...after].forEach(visit);
    order.push(address);
  };
  blocks.forEach(([address]) => {
    visit(address);
  });
  return order;
}

/** The configuration with what stands, where Terraform is told to ignore changes. */
function withIgnored(wanted: ObjectValue, prior: ObjectValue, json: object): ObjectValue {
  const { lifecycle } = json as { lifecycle?: { ignore_changes?: readonly string[] } };
  return (lifecycle?.ignore_changes ?? []).reduce<ObjectValue>((config, path) => {
    const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
    return replaced(config, prior, steps) as ObjectValue;
  }, wanted);
}

function replaced(wanted: Value, prior: Value, [step, ...rest]: readonly string[]): Value {
  if (step === undefined) return prior;
  if (isSequence(wanted) && isSequence(prior)) {
    return wanted.map((item, at) =>
      at === Number(step) && at < prior.length ? replaced(item, prior[at] ?? null, rest) : item,
    );
  }
  if (!isObject(wanted) || !isObject(prior)) return wanted;
  return { ...wanted, [step]: replaced(wanted[step] ?? null, prior[step] ?? null, rest) };
}
