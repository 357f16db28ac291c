import { costSchema } from "../../environments/schema/cost.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { NotConfigured } from "../context/credentials.ts";

/**
 * The environment with other assumptions, for one estimate.
 *
 * @param given assumptions as typed, each `name=number`.
 * @throws NotConfigured for one that there is not, or a number that it does not take.
 */
export function withUsage(config: EnvironmentConfig, given: readonly string[]): EnvironmentConfig {
  const assumptions = given.reduce(withOne, config.cost.assumptions);
  return { ...config, cost: { ...config.cost, assumptions } };
}

type Assumptions = EnvironmentConfig["cost"]["assumptions"];

function withOne(assumptions: Assumptions, typed: string): Assumptions {
  const [name = "", value = ""] = typed.split("=");
  if (!Object.hasOwn(assumptions, name)) {
    const names = Object.keys(assumptions).join(", ");
    throw new NotConfigured(`--usage ${typed}: expected name=number, with a name of ${names}`);
  }
  const given = { ...assumptions, [name]: value.trim() === "" ? Number.NaN : Number(value) };
  const { data } = costSchema.safeParse({ assumptions: given });
  if (data) return data.assumptions;
  throw new NotConfigured(
    `--usage ${typed}: expected a whole number, 0 or more, as docs/configuration.md says of cost.assumptions.${name}`,
  );
}
