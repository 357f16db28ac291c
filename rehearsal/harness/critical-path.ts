import { join } from "node:path";

import { type Duration, durations } from "@mam-infra/cloud/durations";

import { writtenResources } from "../../operations/terraform/written-resources.ts";

/** A step of a deployment that others wait for. */
export interface PathStep {
  /** Address of the resource, with its stack. */
  readonly address: string;
  /** Seconds on the real platform. */
  readonly seconds: number;
}

/** The longest chain of resources that wait for each other: how long a first deployment really takes, at least. */
export interface CriticalPath {
  readonly seconds: number;
  /** The steps in their order; those below a second are left out. */
  readonly steps: readonly PathStep[];
}

interface Node extends PathStep {
  readonly waitsFor: readonly string[];
}

/**
 * Finds the critical path of a first deployment from the written Terraform JSON: what a resource refers to or depends
 * on comes first, and the app's stack waits for the other two as a whole.
 */
export function criticalPath(outdir: string, environment: string): CriticalPath {
  const [storage, data, app] = (["storage", "data", "app"] as const).map((kind) =>
    longestChain(nodesOf(outdir, `${environment}-${kind}`)),
  );
  const first = [storage, data].toSorted((one, other) => seconds(other) - seconds(one))[0] ?? [];
  const steps = [...first, ...(app ?? [])];
  return { seconds: seconds(steps), steps: steps.filter((step) => step.seconds >= 1) };
}

function nodesOf(outdir: string, stack: string): ReadonlyMap<string, Node> {
  const nodes = writtenResources({ directory: join(outdir, "stacks", stack) });
  const addresses = nodes.map(({ address }) => address);
  return new Map(
    nodes.map(({ address, type, arguments: block }) => {
      const text = JSON.stringify(block);
      const waitsFor = addresses.filter((other) => other !== address && refersTo(text, other));
      return [
        address,
        { address: `${stack}: ${address}`, seconds: secondsOf(type, block), waitsFor },
      ];
    }),
  );
}

/** Whether a block's text refers to an address: by an expression, or in `depends_on`. */
function refersTo(text: string, address: string): boolean {
  return new RegExp(`\\b${address.replace(".", "\\.")}(?![A-Za-z0-9_-])`).test(text);
}

function longestChain(nodes: ReadonlyMap<string, Node>): readonly PathStep[] {
  const known = new Map<string, readonly PathStep[]>();
  const chainTo = (address: string): readonly PathStep[] => {
    const before = known.get(address);
    if (before) return before;
    const node = nodes.get(address);
    if (!node) return [];
    const longest = node.waitsFor.map(chainTo).reduce(longer, []);
    const chain = [...longest, { address: node.address, seconds: node.seconds }];
    known.set(address, chain);
    return chain;
  };
  return [...nodes.keys()].map(chainTo).reduce(longer, []);
}

function longer(first: readonly PathStep[], second: readonly PathStep[]): readonly PathStep[] {
  return seconds(second) > seconds(first) ? second : first;
}

function seconds(steps: readonly PathStep[] | undefined): number {
  return (steps ?? []).reduce((sum, step) => sum + step.seconds, 0);
}

/** Steps of a deployment of an app, one after the other. */
const deploymentSteps: readonly (keyof typeof durations)[] = [
  "deployment-queued",
  "image-pull",
  "job-run",
  "deployment-built",
  "deploy-initialize",
  "deploy-finalize",
];

function secondsOf(type: string, block: Readonly<Record<string, unknown>>): number {
  if (type === "digitalocean_app") {
    return deploymentSteps.reduce((sum, step) => sum + durations[step].seconds, 0);
  }
  if (type !== "digitalocean_database_cluster") return durations["api-call"].seconds;
  const creation: Readonly<Record<string, Duration>> = durations;
  const nodes = typeof block.node_count === "number" ? block.node_count : 1;
  const create = creation[`database-create-${String(block.engine)}`]?.seconds ?? 0;
  return create + (nodes - 1) * durations["database-standby"].seconds;
}
