import type { DeclaredResource } from "./declared.ts";
import type { LeftoverType, ReadArgument, FoundResource } from "./leftover-type.ts";
import type { Platforms } from "./platforms.ts";
import type { RecordedResource } from "./recorded.ts";
import { leftoverTypes } from "./types.ts";

/** Something that stands under the name of a declared resource, and that no state knows. */
export interface Leftover {
  readonly type: LeftoverType;
  readonly resource: DeclaredResource;
  readonly standing: FoundResource;
  readonly read: ReadArgument;
  /** Whether it becomes the declared resource; what stands beside that one is deleted. */
  readonly way: "import" | "remove";
}

/** From what left-overs are told. */
export interface LeftoverSources {
  readonly declared: readonly DeclaredResource[];
  readonly recorded: readonly RecordedResource[];
  readonly platforms: Platforms;
  /** How what stands is found; by its name without it. */
  readonly types?: readonly LeftoverType[];
}

/**
 * What stands and no state knows: what a deployment that was killed has left, and the other one of what was made twice. Where
 * the platform lets nothing stand twice, it is asked only about resources that the states lack.
 */
export async function findLeftovers(sources: LeftoverSources): Promise<Leftover[]> {
  const { declared, recorded, types = leftoverTypes } = sources;
  const known = new Set(recorded.map(({ address }) => address));
  const claimed = new Set(recorded.map(({ type, id }) => `${type} ${id}`));
  const found = await Promise.all(
    declared
      .map((resource) => ({ resource, type: typeOf(types, resource) }))
      .filter(
        ({ resource, type }) => type.severalUnderOneName === true || !known.has(resource.address),
      )
      .map(async (one) => ({ ...one, ...(await standingOf(sources, one.resource)) })),
  );
  return found.flatMap(({ resource, type, standing, read }) => {
    const free = standing.filter(({ id }) => !claimed.has(`${resource.type} ${id}`));
    for (const { id } of free) claimed.add(`${resource.type} ${id}`);
    return free.map((one, index) => {
      const isFree = type.importable && !resource.isStray && !known.has(resource.address);
      const way = isFree && index === 0 ? "import" : "remove";
      return { type, resource, standing: one, read, way } as const;
    });
  });
}

/** What stands under the name of a declared resource, known or not. */
async function standingOf(sources: LeftoverSources, resource: DeclaredResource) {
  const read = reader(sources, resource);
  const { types = leftoverTypes } = sources;
  return { read, standing: await typeOf(types, resource).find(sources.platforms, read) };
}

function typeOf(types: readonly LeftoverType[], { type }: DeclaredResource): LeftoverType {
  return types.find((one) => one.type === type) ?? unknownType(type);
}

/** A type of which nothing can be left over: a deployment writes it over. */
function unknownType(type: string): LeftoverType {
  return { type, noun: type, importable: false, find: () => Promise.resolve([]) };
}

const reference = /^\$\{([\w-]+\.[\w-]+)\.(\w+)\}$/;

/** Reads arguments of a resource, through references to others. A dot leads into a block. */
function reader(sources: LeftoverSources, resource: DeclaredResource): ReadArgument {
  return async (name) => {
    const value = name
      .split(".")
      .reduce<unknown>((at, key) => Reflect.get(Object(at), key), resource.arguments);
    if (typeof value !== "string") return undefined;
    const [, address, attribute = ""] = reference.exec(value) ?? [];
    if (address === undefined) return value;
    const other = sources.declared.find((one) => one.address === address);
    if (!other) return undefined;
    return attribute === "id" ? identify(sources, other) : reader(sources, other)(attribute);
  };
}

/** Id of a declared resource: from its state, or of what stands in its place. */
async function identify(
  sources: LeftoverSources,
  resource: DeclaredResource,
): Promise<string | undefined> {
  const known = sources.recorded.find(({ address }) => address === resource.address);
  if (known) return known.id;
  const { standing } = await standingOf(sources, resource);
  return standing[0]?.id;
}
