import { z } from "zod";

/** The part of a state that tells one from another (Terraform's state format 4). */
const stateSchema = z.looseObject({
  version: z.literal(4),
  terraform_version: z.string(),
  serial: z.number(),
  lineage: z.string(),
  resources: z.array(
    z.looseObject({
      mode: z.string(),
      module: z.string().optional(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.looseObject({ index_key: z.union([z.string(), z.number()]).optional() }),
      ),
    }),
  ),
});

/** What is said of a state: none of it is secret. */
export interface StateSummary {
  /** Goes up with every write. */
  readonly serial: number;
  /** One for a state's whole life. */
  readonly lineage: string;
  /** Version of Terraform that wrote it. */
  readonly terraform: string;
  /** Addresses of everything that it manages, in order; data sources are not among them. */
  readonly resources: readonly string[];
}

/** Reads a state. @throws Error when it is none of format 4 */
export function summarise(text: string): StateSummary {
  const state = stateSchema.parse(JSON.parse(text));
  const managed = state.resources.filter(({ mode }) => mode === "managed");
  const resources = managed.flatMap(({ module, type, name, instances }) => {
    const address = `${module === undefined ? "" : `${module}.`}${type}.${name}`;
    return instances.map(({ index_key: key }) =>
      key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
    );
  });
  const { serial, lineage, terraform_version: terraform } = state;
  return { serial, lineage, terraform, resources: resources.sort() };
}

/** A state as the next one after `serial`: the same in everything else. */
export function withSerial(text: string, serial: number): string {
  return `${JSON.stringify({ ...(JSON.parse(text) as object), serial }, null, 2)}\n`;
}
