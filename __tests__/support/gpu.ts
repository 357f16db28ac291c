import { production } from "../../environments/production.ts";
import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { changed } from "./environments.ts";

/** Production where cards are sold, with two machines that have one. */
export function withGpu(
  gpu: { readonly size?: string; readonly count?: number } = {},
): EnvironmentInput {
  return changed((draft) => {
    draft.network.region = "tor";
    draft.services.worker.gpu = {
      size: "gpu-4000adax1-20gb",
      count: 2,
      reason: "Films of the archive are converted until the end of the year.",
      ...gpu,
    };
  }, production);
}
