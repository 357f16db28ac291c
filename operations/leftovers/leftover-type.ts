import type { Clients } from "../context/clients.ts";
import type { Platforms } from "./platforms.ts";

/** Something that stands on a platform under the name of a declared resource. */
export interface FoundResource {
  /** What people call it. */
  readonly name: string;
  /** What Terraform knows it by: the `id` of the state. */
  readonly id: string;
  /** What `terraform import` takes; the id without it. */
  readonly importId?: string;
}

/**
 * Arguments of a declared resource, as text.
 *
 * @returns undefined for one that is not there, or refers to what does not stand.
 */
export type ReadArgument = (name: string) => Promise<string | undefined>;

/** How what stands of a resource type is found, and what becomes of it when no state knows it. */
export interface LeftoverType {
  readonly type: string;
  /** What people call it: `VPC`. */
  readonly noun: string;
  /** Everything that stands under the name of a declared resource, the one to keep first. */
  readonly find: (platforms: Platforms, read: ReadArgument) => Promise<readonly FoundResource[]>;
  /** Whether `terraform import` makes it known to the state, so that the next plan leaves it as it is. */
  readonly importable: boolean;
  /**
   * Whether the platform lets several stand under one name: a create whose answer got lost is tried again and made twice, and the
   * state knows one of both. Default: no, it refuses the second.
   */
  readonly severalUnderOneName?: boolean;
  /** Deletes one, where a name does not say which is meant, or where a state cannot know it any more. */
  readonly remove?: (
    connections: Clients,
    standing: FoundResource,
    read: ReadArgument,
  ) => Promise<void>;
}
