import { columns } from "../context/columns.ts";
import type { Comparison, Deviation } from "./comparison.ts";

/** Where a plan is more than what was reviewed: a line for each field. */
export function renderMore(environment: string, { more }: Comparison): string {
  return [
    "The plan is not the one that was reviewed.",
    ...lines(more),
    "  fix       look at this plan: in CI run the deployment workflow by hand, which plans anew and waits for approval;",
    `            here: mam plan ${environment} --review review, then the same command again`,
    "",
  ].join("\n");
}

/** What was reviewed and is done already; nothing where there is none. */
export function renderLess({ less }: Comparison): string {
  if (less.length === 0) return "";
  return ["Reviewed, and no more to be done:", ...lines(less), ""].join("\n");
}

function lines(deviations: readonly Deviation[]): string[] {
  return deviations.flatMap(({ what, address, path, reviewed, planned }) => [
    `  ${what} (${address})${path === "" ? "" : `  ${path}`}`,
    ...columns([
      ["    reviewed", reviewed],
      ["    planned", planned],
    ]),
  ]);
}
