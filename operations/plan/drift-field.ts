import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/** Turns what the platform says into what the configuration would say. */
export type Convert = (value: unknown, config: EnvironmentConfig) => unknown;

/** Where a Terraform attribute comes from. */
export interface DriftField {
  /** Address of the resource; `*` stands for any name. */
  readonly address: string;
  /** Path of the attribute; `*` stands for any name, such as that of a component. */
  readonly attribute: string;
  /** Field of the configuration; `*` stands for what the last one of the attribute stood for. */
  readonly field: string;
  readonly convert?: Convert;
}

/** An attribute, the field that it comes from, and how its value is turned back. */
export type Row = readonly [attribute: string, field: string, convert?: Convert];

/** Fields of the attributes of one resource, or of several with a `*` in the address. */
export const of = (address: string, rows: readonly Row[]): DriftField[] =>
  rows.map(([attribute, field, convert]) => ({
    address,
    attribute,
    field,
    ...(convert ? { convert } : {}),
  }));
