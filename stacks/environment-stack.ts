import { type TerraformElement, TerraformStack } from "cdktf";
import { type Construct, Node } from "constructs";

import type { Environment } from "../environments/loading/load.ts";
import type { Endpoints } from "./endpoints.ts";
import { useStateBackend } from "./state-backend.ts";
import { requiredTerraform } from "./versions.ts";

/** The parts of an environment, cut by lifecycle and by what may fail without the others. */
type StackPart = "storage" | "data" | "app" | "gpu";

/** What every stack is made from. */
export interface EnvironmentStackProps {
  readonly environment: Environment;
  readonly endpoints: Endpoints;
}

/** Name of a stack: unique over all environments, since a second stack of the same name would overwrite the first. */
function stackName(environment: string, part: StackPart): string {
  return `${environment}-${part}`;
}

/** A stack of an environment: pinned Terraform version, state backend, and readable logical ids. */
export abstract class EnvironmentStack extends TerraformStack {
  readonly #logicalIds = new Set<string>();
  /** Whether it is given resources of other stacks, from whose states it reads. */
  protected readonly readsOthers: boolean = false;

  constructor(
    scope: Construct,
    part: StackPart,
    { environment, endpoints }: EnvironmentStackProps,
  ) {
    const name = stackName(environment.config.name, part);
    super(scope, name);
    this.addOverride("terraform.required_version", requiredTerraform);
    useStateBackend(this, name, environment.config, endpoints);
    // Machines hold nothing, so none that was made by hand is taken over.
    this.importStanding(part === "gpu" ? {} : (environment.imports?.[part] ?? {}));
  }

  /**
   * Blocks by which Terraform takes over what was made by hand. They change nothing where the state knows it already. An
   * override, because the bindings want the block beside each resource (`importFrom`), and what stands is known by address.
   */
  private importStanding(ids: Readonly<Record<string, string>>): void {
    const blocks = Object.entries(ids).map(([to, id]) => ({ to, id }));
    if (blocks.length > 0) this.addOverride("import", blocks);
  }

  /** Looks for references to other stacks, which takes as long as writing a stack: only where there may be some. */
  override prepareStack(): void {
    if (this.readsOthers) super.prepareStack();
  }

  /**
   * Names an element by its construct path, so that a plan reads `digitalocean_uptime_check.uptime_api`.
   *
   * @throws Error when two elements come to the same name: Terraform JSON would merge them into one.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = element instanceof Node ? element : element.node;
    const path = node.path.slice(this.node.path.length + 1);
    const logicalId = path.replaceAll(/[^A-Za-z0-9]+/g, "_");
    if (this.#logicalIds.has(logicalId)) {
      throw new Error(`two elements of ${this.node.id} are called ${logicalId}: rename ${path}`);
    }
    this.#logicalIds.add(logicalId);
    return logicalId;
  }
}
