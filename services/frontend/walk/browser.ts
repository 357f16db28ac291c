import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { type Browser, type LaunchOptions, chromium } from "playwright-core";

/** Names under which Chromium is installed. */
const names = ["chromium", "chromium-browser", "google-chrome"];

/** No browser on this machine; the message has the line that brings one. */
export class NoBrowser extends Error {
  override readonly name = "NoBrowser";
}

/**
 * Finds Chromium: where `CHROMIUM_PATH` says, or on the PATH.
 *
 * @throws NoBrowser when there is none.
 */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): string {
  const directories = (environment.PATH ?? "").split(delimiter);
  const candidates = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  const found = [environment.CHROMIUM_PATH ?? "", ...candidates].find(isProgram);
  if (found === undefined)
    throw new NoBrowser(
      "Chromium is not on the PATH: apt-get install chromium, or set CHROMIUM_PATH",
    );
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== "";
  } catch {
    return false;
  }
}

/** How Chromium is started: without a window, and without any conversation with its maker. */
export function settingsOf(program: string): LaunchOptions & { readonly args: readonly string[] } {
  return {
    executablePath: program,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

/**
 * Starts Chromium on a network of its own.
 *
 * @param proxy through which everything goes, also to this machine.
 */
export async function startBrowser(program: string, proxy: string): Promise<Browser> {
  const settings = settingsOf(program);
  const through = [`--proxy-server=${proxy}`, "--proxy-bypass-list=<-loopback>"];
  return await chromium.launch({ ...settings, args: [...settings.args, ...through] });
}
