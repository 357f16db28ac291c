import { z } from "zod";

import type { BlockSchema, ProviderSchema } from "@mam-infra/provider/schemas/index";

/** A place where two things may differ, and whether they do. */
export interface Comparison {
  /** `digitalocean_app spec.service.port`. */
  readonly what: string;
  /** What each side says where they differ; undefined where they agree. */
  readonly difference: string | undefined;
}

interface PrintedBlock {
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly block_types?: Readonly<Record<string, PrintedNested>> | undefined;
}

interface PrintedNested {
  readonly block: PrintedBlock;
  readonly [flag: string]: unknown;
}

const printedBlock: z.ZodType<PrintedBlock> = z.lazy(() =>
  z.looseObject({
    attributes: z.record(z.string(), z.unknown()).optional(),
    block_types: z.record(z.string(), z.looseObject({ block: printedBlock })).optional(),
  }),
);

const printed = z.looseObject({ version: z.int().default(0), block: printedBlock });

/** One provider, as `terraform providers schema -json` prints it. */
export const printedProvider = z.looseObject({
  provider: printed,
  resource_schemas: z.record(z.string(), printed),
});

/**
 * Every attribute and block that a provider of this project declares, beside the real one's: type, required, optional, computed,
 * sensitive, deprecated, nesting and how often; and the version of the state.
 */
export function compareFields(
  ours: ProviderSchema,
  theirs: z.infer<typeof printedProvider>,
): Comparison[] {
  const types = Object.entries(ours.resource_schemas).flatMap(([type, { version, block }]) => {
    const real = theirs.resource_schemas[type];
    return [
      compared(`${type} version of the state`, version, real?.version),
      ...compareBlocks(`${type} `, block, real?.block),
    ];
  });
  return [...compareBlocks("provider ", ours.provider.block, theirs.provider.block), ...types];
}

function compareBlocks(path: string, ours: BlockSchema, theirs: PrintedBlock = {}): Comparison[] {
  const [real, blocks] = [theirs.attributes ?? {}, theirs.block_types ?? {}];
  const attributes = namesOf(ours.attributes, real).map((name) =>
    compared(`${path}${name}`, flagsOf(ours.attributes[name]), flagsOf(real[name])),
  );
  const nested = namesOf(ours.block_types, blocks).flatMap((name) => {
    const [own, other] = [ours.block_types[name], blocks[name]];
    const itself = compared(`${path}${name}`, flagsOf(own), flagsOf(other));
    return own ? [itself, ...compareBlocks(`${path}${name}.`, own.block, other?.block)] : [itself];
  });
  return [...attributes, ...nested];
}

const namesOf = (one: object, other: object) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();

/** What a schema says besides what is inside: descriptions are no part of it, and false is what is not said. */
function flagsOf(one: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof one !== "object" || one === null) return undefined;
  const left = ["block", "description", "description_kind"];
  return Object.fromEntries(
    Object.entries(one)
      .filter(([name, value]) => !left.includes(name) && value !== false && value !== undefined)
      .sort(([a], [b]) => a.localeCompare(b, "en")),
  );
}

/** Compares two values as JSON. */
export function compared(what: string, ours: unknown, theirs: unknown): Comparison {
  const [own, real] = [inWords(ours), inWords(theirs)];
  const difference = own === real ? undefined : `${own} here, ${real} there`;
  return { what, difference };
}

const inWords = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
