import { spawn } from "node:child_process";

import { withoutSecrets } from "../../context/redaction.ts";
import type { Variables } from "../../context/variables.ts";

/** The program that opens an address in a person's browser, by the kind of machine. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  linux: ["xdg-open"],
  win32: ["explorer.exe"],
};

/** Whether a person sits in front of this machine, as far as it tells: not in CI, and on Linux not without a screen. */
function hasScreen({ CI, DISPLAY, WAYLAND_DISPLAY }: Variables): boolean {
  if (CI) return false;
  return process.platform !== "linux" || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
}

/**
 * Opens an address in the person's browser, if there is one.
 *
 * @param address what other users of this machine may see in the list of processes.
 * @returns whether it was tried. A browser that does not start is no failure: the address is printed, too.
 */
export function openInBrowser(address: string, variables: Variables): boolean {
  const [program, ...rest] = openers[process.platform] ?? [];
  if (program === undefined || !hasScreen(variables)) return false;
  const child = spawn(program, [...rest, address], {
    stdio: "ignore",
    detached: true,
    // Tokens stay in this process.
    env: withoutSecrets(variables),
  });
  child.on("error", () => undefined);
  child.unref();
  return true;
}
