import type { z } from "zod";
import { accounts } from "./account.ts";
import { apps } from "./apps.ts";
import { catalogue } from "./catalogue.ts";
import { databaseParts } from "./database-parts.ts";
import { databases } from "./databases.ts";
import { deployments } from "./deployments.ts";
import { droplets } from "./droplets.ts";
import { insights } from "./insights/endpoints.ts";
import { lists } from "./lists.ts";
import { monitoring } from "./monitoring.ts";
import { network } from "./network.ts";
import { projects } from "./projects.ts";
import { registries } from "./registries.ts";

/**
 * Every call of the DigitalOcean API that this project makes, by name: the one table.
 *
 * Names and fields are the API's own (developers.digitalocean.com, v2). A missing call is one row in
 * the file of its area.
 */
export const endpoints = {
  ...accounts,
  ...catalogue,
  ...apps,
  ...deployments,
  ...databases,
  ...databaseParts,
  ...monitoring,
  ...network,
  ...projects,
  ...lists,
  ...registries,
  ...insights,
  ...droplets,
};

/** The name of a call. */
export type EndpointName = keyof typeof endpoints;

type ParametersIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never;

/** The parameters in a call's path. */
export type PathParameters<Name extends EndpointName> = Readonly<
  Record<ParametersIn<(typeof endpoints)[Name]["path"]>, string | number>
>;

/** What a call answers. */
export type Answer<Name extends EndpointName> = z.output<(typeof endpoints)[Name]["response"]>;

/** The body that a call takes; never where it takes none. */
export type Body<Name extends EndpointName> = (typeof endpoints)[Name] extends {
  readonly request: infer Request extends z.ZodType;
}
  ? z.input<Request>
  : never;
