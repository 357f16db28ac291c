import { publicEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Internet } from "../context/internet.ts";
import { reasonOf } from "../context/reason.ts";

/** How a public endpoint answers. */
export interface EndpointStatus {
  readonly name: string;
  readonly address: string;
  /** HTTP status; undefined when nothing answers. */
  readonly status: number | undefined;
  /** Why nothing answers. */
  readonly reason?: string;
  /** How long the answer took. */
  readonly milliseconds: number;
  /** Whether the app shows its maintenance page, so that no other answer is expected. */
  readonly maintained?: boolean;
}

/** Asks every public endpoint, as a user does. */
export function endpointStatuses(
  internet: Internet,
  config: EnvironmentConfig,
  maintained: boolean,
): Promise<EndpointStatus[]> {
  const endpoints = Object.entries(publicEndpoints(config));
  return Promise.all(
    endpoints.map(async ([name, address]) => {
      const begun = performance.now();
      const answer = await internet.get(address).then(
        ({ status }) => ({ status }),
        (error: unknown) => ({ status: undefined, reason: reasonOf(error) }),
      );
      const milliseconds = Math.round(performance.now() - begun);
      return { name, address, ...answer, milliseconds, ...(maintained ? { maintained } : {}) };
    }),
  );
}
