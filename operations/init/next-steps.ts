import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/** Something that is left to do for a new environment, in its order. */
export interface NextStep {
  readonly what: string;
  readonly command?: string;
}

/** What no command can do, or should not do unasked: docs/environments.md explains each. */
export function nextSteps(name: string, { domain, state }: EnvironmentConfig): readonly NextStep[] {
  const isOurs = domain.zoneManagedBy === "digitalocean";
  return [
    { what: "Read the file: sizes, hosts, who is alerted, how long backups are kept." },
    { what: "Write its pages, and the policy of its deployer on Wasabi:", command: "npm run docs" },
    {
      what: "Look at what would be made; every rule is asked:",
      command: `npm run synth -- ${name}`,
    },
    { what: "Try all of it without an account:", command: `npm run rehearse -- ${name}` },
    isOurs
      ? {
          what: "Delegate its zone to ns1, ns2 and ns3.digitalocean.com, where the domain is registered.",
        }
      : {
          what: "Let whoever keeps its zone know the hosts: mam deploy says which records are needed.",
        },
    ...(state.backend.kind === "spaces"
      ? [
          {
            what: `Give the deployer access to ${state.backend.bucket}, or name another bucket (docs/state.md).`,
          },
        ]
      : []),
    ...(state.backend.kind === "hcp"
      ? [
          {
            what: "Make its workspaces in HCP Terraform:",
            command: `npx mam state bootstrap ${name}`,
          },
        ]
      : []),
    {
      what: "Make its deployer on Wasabi (docs/deployer-access.md) and its secrets (docs/secrets.md).",
    },
    { what: "Ask what stands in the way, then deploy:", command: `npx mam doctor ${name}` },
  ];
}
