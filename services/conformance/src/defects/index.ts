import { apiDefects } from "./api.ts";
import type { Defect } from "./defect.ts";
import { edgeDefects } from "./edge.ts";
import { frontendDefects } from "./frontend.ts";
import { workerDefects } from "./worker.ts";

/** Every defect that the suite is tried with, by service. */
export const defects: readonly Defect[] = [
  ...edgeDefects,
  ...frontendDefects,
  ...apiDefects,
  ...workerDefects,
];
