import type { HcpRuns, HcpVariable, NewVariable } from "@mam-infra/clients/hcp/runs";
import { NotConfigured } from "../../context/credentials.ts";
import type { Session } from "../../context/session.ts";
import type { StackNeeds } from "../stack-needs.ts";
import { openRunsOf } from "./open-runs.ts";

/** By which a variable is known again that a command of `mam` made, and takes away when it ends. */
const mark = "set by mam for one command";

/**
 * Gives the runs of a workspace the secrets that this command was given: as sensitive variables, whose values nobody can
 * read any more, and never with a run, which tells them to whoever may see it. A credential that the workspace has of its
 * own stands.
 *
 * What is set is among the session's open runs from then on, so that it is taken away however the command ends.
 *
 * @param assumed names of secrets of which no value is known: they are not set.
 * @throws NotConfigured when the workspace has a secret of its own that this command was given as well.
 */
export async function setVariables(
  session: Session,
  runs: HcpRuns,
  workspace: { readonly id: string; readonly name: string },
  needs: StackNeeds,
  assumed: readonly string[],
): Promise<void> {
  const there = await runs.variables(workspace.id);
  const wanted = givenVariables(session, needs, assumed);
  refuseOwnSecrets(session, workspace.name, wanted, there);
  const set = openRunsOf(session).variables;
  for (const one of wanted) {
    const known = there.find((other) => other.key === one.key && other.category === one.category);
    if (known && known.description !== mark) continue;
    if (known) await runs.updateVariable(workspace.id, known.id, one.value);
    set.set(known?.id ?? (await runs.createVariable(workspace.id, one)).id, workspace.id);
  }
}

/** What this command was given of what a stack needs. */
function givenVariables(
  { variables }: Session,
  { variables: declared, providers }: StackNeeds,
  assumed: readonly string[],
): NewVariable[] {
  const unknown = new Set(assumed.map((name) => name.toLowerCase()));
  const ofTerraform = declared
    .filter((key) => !unknown.has(key.toLowerCase()))
    .map((key) => ({ key, value: variables[`TF_VAR_${key}`], category: "terraform" as const }));
  const token = { key: "DIGITALOCEAN_TOKEN", category: "env" as const };
  const ofProcess = providers.includes("digitalocean")
    ? [{ ...token, value: variables[token.key] }]
    : [];
  return [...ofTerraform, ...ofProcess].flatMap(({ key, value, category }) =>
    value === undefined || value === "" ? [] : [{ key, value, category, description: mark }],
  );
}

/** A secret of the app that stands in two places: which of the two is meant, nobody can tell. */
function refuseOwnSecrets(
  { supplied, environment }: Session,
  workspace: string,
  wanted: readonly NewVariable[],
  there: readonly HcpVariable[],
): void {
  const secrets = new Set(Object.keys(supplied).map((name) => name.toLowerCase()));
  const twice = wanted.filter(
    ({ key }) =>
      secrets.has(key) && there.some((one) => one.key === key && one.description !== mark),
  );
  if (twice.length === 0) return;
  const names = twice.map(({ key }) => key).join(", ");
  const unset = twice.map(({ key }) => `TF_VAR_${key}`).join(" ");
  throw new NotConfigured(
    [
      `The workspace ${workspace} has values of its own for secrets that were supplied as well: ${names}. Nothing was run.`,
      `  fix: remove them there, since mam takes its own away after each run: https://app.terraform.io/app/${organizationOf(environment.config)}/workspaces/${workspace}/variables; or unset ${unset}`,
    ].join("\n"),
  );
}

const organizationOf = ({ state: { backend } }: Session["environment"]["config"]) =>
  backend.kind === "hcp" ? backend.organization : "";
