import type { Finding } from "../../../../operations/context/finding.ts";
import type { TestPlatform } from "../../../support/platform.ts";
import type { Shell } from "../../../support/shell.ts";
import type { World } from "../../verify/support/world.ts";

/** Where remedies are played. */
export interface Scene {
  readonly platform: TestPlatform;
  readonly shell: Shell;
  readonly world: World;
}

/** Something that breaks, and the finding of one check that has to be closed by its own fix. */
export interface Remedy {
  /** The check that has to notice it. */
  readonly id: string;
  /** How it breaks. */
  readonly breaks: (scene: Scene) => unknown;
  /**
   * Does what a fix says that is no command: waiting, or setting something in a control panel. Commands that the fix
   * prints are typed as they stand.
   */
  readonly follow?: (scene: Scene, findings: readonly Finding[]) => unknown;
}

/** What breaks together and does not interact, so that one deployment may mend all of it. */
export interface Round {
  readonly what: string;
  readonly remedies: readonly Remedy[];
}

/** Programs whose lines are typed as they are printed. */
const programs = ["mam", "doctl", "aws", "terraform", "npm", "npx", "rm", "export"];

const isCommand = (text: string) =>
  programs.includes(text.replace(/^(?:[A-Z_]+=\S+ )+/, "").split(" ")[0] ?? "");

/** The lines that a fix tells a person to type, in order: between backticks, or the fix itself, or what is behind its colon. */
export function linesOf({ fix }: Pick<Finding, "fix">): string[] {
  const quoted = [...fix.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text).filter(isCommand);
  const plain = [fix, fix.split(": ").at(-1) ?? ""].filter(isCommand).slice(0, 1);
  return fix.includes("`") ? quoted : plain;
}
