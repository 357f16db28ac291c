import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { CheckSkipped } from "../context/check.ts";

/** Whoever manages a zone. */
type Manager = EnvironmentConfig["domain"]["zoneManagedBy"];

/** @throws CheckSkipped where somebody else manages the environment's zone. */
export function mustBeManagedBy({ domain }: EnvironmentConfig, manager: Manager): void {
  if (domain.zoneManagedBy === manager) return;
  throw new CheckSkipped(`domain.zoneManagedBy is ${domain.zoneManagedBy}`);
}
