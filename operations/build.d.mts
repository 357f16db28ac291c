import type { Dirent } from "node:fs";

/** What build.mjs has for others that build something once for the same sources. */
export const sources: readonly string[];
export function isKept(directory: string): boolean;
export function digestOf(root: string, files: readonly string[]): string;
export function filesIn(
  root: string,
  directory: string,
  isSource: (entry: Dirent) => boolean,
): string[];
export function publish(beside: string, directory: string): void;
export function forgetOld(cache: string, kind: string): void;

/** A program of a checkout, built or not. */
export interface Program {
  readonly id: string;
  readonly root: string;
  readonly directory: string;
  readonly mam: string;
  readonly main: string;
}
export function programOf(root: string): Program;
export function build(program: Program): Promise<void>;
