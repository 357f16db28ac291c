import type { Environment } from "../../environments/loading/load.ts";
import type { Release } from "../../environments/schema/release.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { CheckSkipped } from "../context/check.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { History } from "../ledger/history.ts";
import type { RegistryImage } from "../platform/registry.ts";

/** What the environment runs that a release is promoted from. */
export interface Runs {
  /** Id of its active deployment. */
  readonly deployment: string;
  /** What that deployment was made from, as the platform gives it. */
  readonly spec: AppSpec;
}

/** The history of the environment that a release is promoted from, or why nobody can read it. */
export type KnownHistory = History | { readonly unreadable: string };

/** All that is known of a promotion before its checks judge it. No field holds a secret. */
export interface Promotion {
  readonly from: Environment;
  readonly to: Environment;
  /** Release of the history that was asked for by its id; the newest one without it. */
  readonly named: string | undefined;
  readonly history: KnownHistory;
  /** Undefined when nothing runs. */
  readonly runs: Runs | undefined;
  /** Images of each repository of the target, newest first; undefined for a repository that no registry has. */
  readonly registry: ReadonlyMap<string, readonly RegistryImage[] | undefined>;
  /** Secrets of the target that are supplied, by their name in the contract. */
  readonly supplied: Readonly<Record<string, string>>;
  /** Files that stacks are made from and that differ from the release's revision; undefined when nobody can say. */
  readonly differing: readonly string[] | undefined;
}

/** The release that is promoted; undefined when the history has none, or cannot be read. */
export function chosenRelease({
  named,
  history,
}: Pick<Promotion, "named" | "history">): LedgerEntry | undefined {
  if ("unreadable" in history) return undefined;
  return named === undefined
    ? history.entries.at(-1)
    : history.entries.find(({ id }) => id === named);
}

/** The release that is promoted. @throws CheckSkipped when there is none, which other checks report. */
export function releaseOf(promotion: Promotion): LedgerEntry {
  const chosen = chosenRelease(promotion);
  if (!chosen) throw new CheckSkipped("there is no release to promote");
  return chosen;
}

/** The target as it would be: its configuration with the promoted images. */
export function targetOf(promotion: Promotion): Environment & { readonly release: Release } {
  return { ...promotion.to, release: { images: releaseOf(promotion).images } };
}
