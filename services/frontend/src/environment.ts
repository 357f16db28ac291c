import { baseAddress, port, processVariables } from "@mam-services/common/environment";
import { requestObjectives } from "@mam-services/common/service-levels/objectives";

/** What the frontend is told: who it is, and the three hosts that its page speaks to. */
export const frontendVariables = {
  ...processVariables,
  PORT: port,
  NEXT_PUBLIC_API_BASE: baseAddress,
  NEXT_PUBLIC_EDGE_BASE: baseAddress,
  WASABI_ENDPOINT: baseAddress,
  ...requestObjectives,
  SERVICE_LEVELS_BASE: baseAddress.optional(),
};
