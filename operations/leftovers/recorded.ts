import { z } from "zod";

const state = z.looseObject({
  resources: z
    .array(
      z.looseObject({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(
          z.looseObject({ attributes: z.looseObject({ id: z.string().nullish() }).nullish() }),
        ),
      }),
    )
    .default([]),
});

/** A resource that a state knows. */
export interface RecordedResource {
  readonly type: string;
  readonly address: string;
  /** What Terraform knows it by; undefined for one that was never made. */
  readonly id: string | undefined;
}

/**
 * The resources that states know.
 *
 * @param texts the whole states.
 */
export function recordedIn(texts: readonly string[]): RecordedResource[] {
  return texts
    .flatMap((text) => state.parse(JSON.parse(text)).resources)
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ attributes }) => ({
        type,
        address: `${type}.${name}`,
        id: attributes?.id ?? undefined,
      })),
    );
}
