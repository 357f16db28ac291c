import type { Variables } from "../../../../operations/context/variables.ts";
import type { TestPlatform } from "../../../support/platform.ts";
import type { World } from "./world.ts";

/** One way in which something of a healthy platform breaks, and what the check has to say about it. */
export interface Breakage {
  /** The check that has to fail. */
  readonly id: string;
  readonly what: string;
  readonly breaks?: (world: World) => unknown;
  /** Variables of a command that sees something else than what stands. */
  readonly variables?: (platform: TestPlatform) => Variables;
  readonly resource: RegExp | string;
  readonly expected: RegExp | string;
  readonly found: RegExp | string;
  readonly fix: RegExp;
}

/** A time so many days ago. */
export const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** Fixes that many checks share: a deployment, or keeping what somebody did. */
export const deploy = /mam deploy <environment>/;
export const keepIt = /mam deploy <environment>.*environment file/;
