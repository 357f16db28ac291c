import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { notFound } from "../errors.ts";
import type { HcpStore } from "../model.ts";
import { phaseResource } from "../runs/documents.ts";
import type { Phase, PlanResult, Run } from "../runs/model.ts";

/** The plan or the apply of an id, with its run. @throws HcpError 404 when there is none */
export function phaseById(
  { runs }: HcpStore,
  wanted: string | undefined,
): { readonly run: Run; readonly phase: Phase } {
  for (const run of runs) {
    const phase = [run.plan, run.apply].find(({ id }) => id === wanted);
    if (phase) return { run, phase };
  }
  throw notFound();
}

const read = (type: "plans" | "applies") =>
  endpoint({
    method: "GET",
    path: `/${type}/:id`,
    handle: ({ store, parameters: { id }, origin }) => {
      const { run, phase } = phaseById(store, id);
      return { document: { data: phaseResource(phase, type, run, origin) } };
    },
  });

const result = (name: string, text: (result: PlanResult) => string) =>
  endpoint({
    method: "GET",
    path: `/plans/:id/${name}`,
    handle: ({ store, parameters: { id } }) => {
      const found = phaseById(store, id).run.result;
      if (!found) return { status: 204 };
      return { document: JSON.parse(text(found)) as unknown };
    },
  });

/** Plans and applies of runs, and what a plan says: as it is, and without what is sensitive. */
export const phaseEndpoints: readonly HcpEndpoint[] = [
  read("plans"),
  read("applies"),
  result("json-output", ({ json }) => json),
  result("json-output-redacted", ({ redacted }) => redacted),
];
