import { blockType, emptyBlock } from "../values/block-type.ts";
import { isObject, type ObjectValue } from "../values/value.ts";
import { applyDisagreements, pathList, planDisagreements } from "./consistency.ts";
import { ResourceData } from "./data.ts";
import { isCrash, ProviderFailure } from "./failure.ts";
import type { Journal } from "./journal.ts";
import { restorePlanned } from "./normalise.ts";
import { checkPlan } from "./plan-check.ts";
import { planResource, type Plan } from "./plan.ts";
import type { ResourceEntry } from "./resource-table.ts";
import type { Operation, ResourceContext } from "./resource.ts";

/** A change of a resource: what is stored (null while creating), planned and configured. */
export interface Change {
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue;
  readonly config: ObjectValue;
}

function dataOf<Client>(
  { schema, resource }: ResourceEntry<Client>,
  prior: ObjectValue | null,
  planned: ObjectValue,
): ResourceData {
  return new ResourceData({ block: schema.block, behaviour: resource.behaviour, prior, planned });
}

/** Plans a change, and checks that the plan is what the configuration says. */
export function planChange<Client>(
  { schema, resource: { behaviour } }: ResourceEntry<Client>,
  prior: ObjectValue | null,
  config: ObjectValue,
  journal: Journal,
): Plan {
  const plan = planResource(schema.block, behaviour, prior, config);
  checkPlan(behaviour, prior, config, plan.planned);
  const wrong = planDisagreements(schema.block, behaviour, config, plan.planned);
  if (wrong.length > 0) journal.mistake(`the plan is not what is configured at ${pathList(wrong)}`);
  return plan;
}

function operationOf<Client>(
  { resource }: ResourceEntry<Client>,
  prior: ObjectValue | null,
): Operation<Client> {
  if (prior === null) return resource.create;
  if (resource.update !== undefined) return resource.update;
  throw new ProviderFailure("doesn't support update");
}

/**
 * Creates or updates an object and returns what goes to the state, also after a failure: an object
 * whose creation failed half-way is kept (and tainted by Terraform), a failed update stores what was
 * planned, as the SDK does unless the resource asks for the contrary.
 */
export async function applyChange<Client>(
  entry: ResourceEntry<Client>,
  change: Change,
  context: ResourceContext<Client>,
  journal: Journal,
): Promise<ObjectValue | null> {
  const { block } = entry.schema;
  const data = dataOf(entry, change.prior, change.planned);
  const failure = await journal.failureOf(async () => {
    await operationOf(entry, change.prior)(data, context);
  });
  if (isCrash(failure)) return change.prior;
  const state = data.state();
  if (state === null) return null;
  const restored = restorePlanned(state, change.planned, blockType(block));
  const applied = isObject(restored) ? restored : state;
  if (journal.failed()) return applied;
  const wrong = applyDisagreements(block, entry.resource.behaviour, change, applied);
  if (wrong.length > 0) journal.mistake(`what was applied is not the plan at ${pathList(wrong)}`);
  return applied;
}

/** Deletes an object. */
export async function destroyObject<Client>(
  entry: ResourceEntry<Client>,
  stored: ObjectValue,
  context: ResourceContext<Client>,
): Promise<void> {
  await entry.resource.delete(dataOf(entry, stored, stored), context);
}

/** Reads an object again; null when it is gone. */
export async function readObject<Client>(
  entry: ResourceEntry<Client>,
  stored: ObjectValue,
  context: ResourceContext<Client>,
): Promise<ObjectValue | null> {
  const data = dataOf(entry, stored, stored);
  await entry.resource.read(data, context);
  return data.state();
}

/**
 * Makes the stub of an imported object, which Terraform then reads.
 *
 * @throws ProviderFailure when the real provider cannot import the resource type.
 */
export async function importObject<Client>(
  entry: ResourceEntry<Client>,
  id: string,
  context: ResourceContext<Client>,
): Promise<ObjectValue | null> {
  const { importId, type } = entry.resource;
  if (importId === undefined) throw new ProviderFailure(`resource ${type} doesn't support import`);
  const data = dataOf(entry, null, emptyBlock(entry.schema.block));
  await importId(id, data, context);
  return data.state();
}
