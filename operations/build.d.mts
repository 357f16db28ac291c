import type { Dirent } from "node:fs";

/** What build.mjs has for others that build something once for the same sources. */
export const sources: readonly string[];
export const asked: readonly string[];
export function isKept(directory: string): boolean;
export function digestOf(root: string, files: readonly string[]): string;
export function filesIn(
  root: string,
  directory: string,
  isSource: (entry: Dirent) => boolean,
): string[];
export function publish(beside: string, directory: string): void;
