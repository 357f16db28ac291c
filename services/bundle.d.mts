import type { Plugin } from "esbuild";

/** Entry points of each service. */
export const services: Readonly<Record<"api" | "worker" | "edge" | "frontend", readonly string[]>>;

/** Bundles a service into a directory. */
export function bundleService(
  service: "api" | "worker" | "edge" | "frontend",
  outdir: string,
  plugins?: readonly Plugin[],
): Promise<void>;
