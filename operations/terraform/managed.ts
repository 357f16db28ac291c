import { z } from "zod";

const attributes = z.looseObject({ id: z.string().nullish() });

const state = z.looseObject({
  resources: z
    .array(
      z.looseObject({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(z.looseObject({ attributes: attributes.nullish() })),
      }),
    )
    .default([]),
});

/** A resource that Terraform manages, as its state has it. */
export interface ManagedResource {
  readonly type: string;
  readonly address: string;
  /** Attributes of each instance; none of one that was never made. Some are secret. */
  readonly instances: readonly z.output<typeof attributes>[];
}

/** What a state manages; data sources are not among it. @param text the whole state. */
export function managedIn(text: string): ManagedResource[] {
  return state
    .parse(JSON.parse(text))
    .resources.filter(({ mode }) => mode === "managed")
    .map(({ type, name, instances }) => ({
      type,
      address: `${type}.${name}`,
      instances: instances.map((instance) => instance.attributes ?? {}),
    }));
}
