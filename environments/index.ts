import { production } from "./production.ts";
import type { EnvironmentInput } from "./schema/environment.ts";
import { staging } from "./staging.ts";

/** Every environment by name: adding one is a file and a line here. */
export const environments: Readonly<Record<string, EnvironmentInput>> = { production, staging };
