import type { Environment } from "../../environments/load.ts";
import { componentNames } from "../../environments/schema.ts";
import type { Comparison } from "./comparison.ts";
import type { Survey } from "./survey.ts";

/** Images that run, by component: what a release came to, whatever Terraform thinks. */
export function runningDigests({
  app,
}: Pick<Survey, "app">): Readonly<Record<string, string | undefined>> {
  const spec = app?.active_deployment?.spec;
  const components = [...(spec?.services ?? []), ...(spec?.workers ?? [])];
  return Object.fromEntries(components.map(({ name, image }) => [name, image?.digest]));
}

/** Whether the release is what runs: the digests of the active deployment, and no deployment under way or pinned. */
export function releaseComparisons(environment: Environment, survey: Survey): Comparison[] {
  return [...imageComparisons(environment, survey), ...deploymentComparisons(survey)];
}

/** The image of each component in the active deployment, beside the release file. */
export function imageComparisons(
  { release: { images } }: Environment,
  survey: Pick<Survey, "app">,
): Comparison[] {
  const running = runningDigests(survey);
  return componentNames.map((name) => ({
    resource: `the running image of ${name}`,
    expected: images[name],
    found: running[name],
  }));
}

/** Whether the active deployment is active, and nothing is on its way to take its place. */
export function deploymentComparisons({ app }: Pick<Survey, "app">): Comparison[] {
  const coming = [app?.in_progress_deployment, app?.pending_deployment].filter((one) => !!one);
  return [
    {
      resource: "the active deployment's phase",
      expected: "ACTIVE",
      found: app?.active_deployment?.phase ?? undefined,
    },
    {
      resource: "deployments under way",
      expected: [],
      found: coming.map(({ id, phase }) => `${id} ${phase ?? ""}`.trim()),
      fix: "wait until it has ended; what becomes of it is in `mam status`",
    },
  ];
}
