import { App } from "@cdktf/provider-digitalocean/lib/app/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { publicServiceNames } from "../../environments/schema/environment.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";
import { ignoredDestinations } from "./alerts.ts";
import { appSpec } from "./app-spec.ts";
import { backupImage } from "./backup-image.ts";
import { type AppContext, backupName } from "./context.ts";
import { livenessCheck } from "./health-checks.ts";

/** Inputs of {@link MediaApp}. */
export interface MediaAppProps {
  readonly context: AppContext;
  /** The zone that App Platform creates the hosts' records in; absent when the zone is managed elsewhere. */
  readonly zone?: string | undefined;
}

/**
 * The app: four components, the migration job, and what ties them to hosts, databases and the VPC.
 *
 * This resource is stateful: with the app go its default address, its certificates and the key that its sealed secrets
 * are encrypted with.
 */
export class MediaApp extends Construct {
  /** What comes after the app names it. */
  readonly resource: ITerraformDependable;
  readonly id: string;
  readonly urn: string;
  readonly defaultIngress: string;

  constructor(scope: Construct, id: string, props: MediaAppProps) {
    super(scope, id);
    const app = this.createApp(props);
    this.addLivenessChecks(app, props.context);
    this.resource = app;
    this.id = app.id;
    this.urn = app.urn;
    this.defaultIngress = app.defaultIngress;
  }

  private createApp({ context, zone }: MediaAppProps): App {
    const spec = appSpec(context, zone);
    const app = new App(this, "app", {
      spec,
      // Also the limit of an update. A deployment that takes longer is stuck; the provider would wait for it blindly.
      timeouts: { create: "20m" },
      lifecycle: {
        ...statefulLifecycle(context.config),
        ignoreChanges: ignoredDestinations(context.config, {
          services: publicServiceNames,
          workers: ["worker", ...(backupImage(context) === undefined ? [] : [backupName])],
        }),
        precondition: context.secrets.preconditions,
      },
    });
    pinLogicalId(app, "app");
    return app;
  }

  /**
   * The bindings (provider 2.71.0) do not know liveness checks, which came with 2.91.0. An override addresses a
   * component by its position in the spec.
   */
  private addLivenessChecks(app: App, { config: { services } }: AppContext): void {
    for (const [index, name] of publicServiceNames.entries()) {
      app.addOverride(`spec.service.${index}.liveness_health_check`, livenessCheck(services[name]));
    }
    app.addOverride("spec.worker.0.liveness_health_check", livenessCheck(services.worker));
  }
}
