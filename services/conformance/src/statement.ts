import type { Need } from "./target.ts";
import type { World } from "./world.ts";

/**
 * What a statement is about. `reference api` is the protocol of our own API (services/api/README.md), which the contract
 * asks of nobody: what the contract demands of an API is reached through it.
 */
export const groups = [
  "edge",
  "frontend",
  "api",
  "worker",
  "reference api",
  "processes",
  "logs",
] as const;

/** Name of a group. */
export type Group = (typeof groups)[number];

/** What a check comes to: what contradicts the statement; nothing means that it holds. */
export type Objections = readonly (string | false | undefined)[];

/** Something that every image has to do, and how it is seen. */
export interface Statement {
  /** Name in lists, such as `edge-range`. */
  readonly id: string;
  readonly group: Group;
  /** What holds, in words. */
  readonly statement: string;
  /** Page of the contract, from the project's root. */
  readonly page: string;
  /** The words of the page that this holds images to, exactly. */
  readonly words: string;
  /** What the suite has to be told for it. */
  readonly needs: readonly Need[];
  /** Checks it. What it throws contradicts the statement too. */
  readonly check: (world: World) => Promise<Objections>;
}

/** Writes statements of one group and page. */
export const statementsOf =
  (group: Group, page: string, common: readonly Need[]) =>
  (
    statement: Omit<Statement, "group" | "page" | "needs"> & { needs?: readonly Need[] },
  ): Statement => ({
    ...statement,
    group,
    page,
    needs: [...common, ...(statement.needs ?? [])],
  });
