import { skipWithout } from "../../../local/engines.ts";

/** What tests against a whole platform need of this machine. */
export const needs = { skip: skipWithout("postgres", "pgbouncer", "valkey") };
