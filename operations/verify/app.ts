import type { z } from "zod";

import { environmentContract } from "../../constructs/app/contract.ts";
import { type ContractVariable, isSecret } from "../../constructs/app/contract/variable.ts";
import type { Environment } from "../../environments/load.ts";
import { type EnvironmentConfig, componentNames } from "../../environments/schema.ts";
import type { appComponent } from "../clients/digitalocean/app-spec.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import type { Survey } from "./survey.ts";

type Component = z.output<typeof appComponent>;

/** The app: its components, who is told when something fails, and what it may not contain. */
export function appComparisons({ config }: Environment, survey: Survey): Comparison[] {
  const components = componentsOf(survey);
  return [
    {
      resource: "the app's hosts",
      expected: inOrder([config.domain.appHost, config.domain.mediaHost]),
      found: inOrder(survey.app?.spec.domains?.map(({ domain }) => domain) ?? []),
    },
    {
      resource: "the app's components",
      expected: inOrder([...componentNames, "migrate"]),
      found: inOrder(components.map(({ name }) => name)),
    },
    ...components.flatMap((component) => variableComparisons(component)),
    ...alertComparisons(config, survey),
  ];
}

/** Images that run, by component: what a release came to, whatever Terraform thinks. */
export function runningDigests({
  app,
}: Pick<Survey, "app">): Readonly<Record<string, string | undefined>> {
  const spec = app?.active_deployment?.spec;
  const components = [...(spec?.services ?? []), ...(spec?.workers ?? [])];
  return Object.fromEntries(components.map(({ name, image }) => [name, image?.digest]));
}

/** Whether the release is what runs: the digests of the active deployment, and no deployment under way or pinned. */
export function releaseComparisons({ release }: Environment, survey: Survey): Comparison[] {
  const { app } = survey;
  return [
    {
      resource: "the running images",
      expected: { ...release.images },
      found: inNameOrder(runningDigests(survey)),
    },
    {
      resource: "the active deployment's phase",
      expected: "ACTIVE",
      found: app?.active_deployment?.phase,
    },
    {
      resource: "deployments under way",
      expected: 0,
      found: [app?.in_progress_deployment, app?.pending_deployment].filter(Boolean).length,
    },
  ];
}

function inNameOrder(digests: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(componentNames.map((name) => [name, digests[name]]));
}

function componentsOf({ app }: Survey): Component[] {
  const { services = [], workers = [], jobs = [] } = app?.spec ?? {};
  return [...services, ...workers, ...jobs];
}

/** Every variable of the contract is there, and secret ones are ciphertext to whoever reads the spec. */
function variableComparisons({ name, envs = [] }: Component): Comparison[] {
  const wanted = environmentContract.filter(({ holders }) =>
    holders.some((holder) => holder === name),
  );
  const described = (variable: ContractVariable) =>
    `${variable.name} ${isSecret(variable) ? "encrypted" : "plain"}`;
  return [
    {
      resource: `the variables of ${name}`,
      expected: inOrder(wanted.map(described)),
      found: inOrder(
        envs.map(({ key, value }) => `${key} ${value?.startsWith("EV[") ? "encrypted" : "plain"}`),
      ),
    },
  ];
}

function alertComparisons({ alerting }: EnvironmentConfig, { appAlerts }: Survey): Comparison[] {
  const silent = appAlerts.filter(
    ({ emails }) => inOrder(emails ?? []).join() !== inOrder(alerting.recipients).join(),
  );
  return [
    {
      resource: "alerts of the app",
      expected: alerting.recipients.length > 0,
      found: appAlerts.length > 0,
    },
    {
      resource: "alerts of the app with other recipients",
      expected: [],
      found: silent.map(({ component_name, spec }) => `${component_name ?? "app"} ${spec.rule}`),
    },
  ];
}
