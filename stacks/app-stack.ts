import { Fn, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

import { MediaApp } from "../constructs/app/media-app.ts";
import { DnsZone } from "../constructs/domain/dns-zone.ts";
import { forgetZone } from "../constructs/domain/forgotten-zone.ts";
import { requiredRecords } from "../constructs/domain/required-records.ts";
import { publicEndpoints } from "../constructs/monitoring/public-endpoints.ts";
import { UptimeMonitoring } from "../constructs/monitoring/uptime.ts";
import { ProjectResources } from "../constructs/network/project.ts";
import { AppSecrets } from "../constructs/secrets/app-secrets.ts";
import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import type { DataStack } from "./data-stack.ts";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack.ts";
import { useDigitalOcean } from "./providers.ts";
import type { StorageStack } from "./storage-stack.ts";

/** Inputs of {@link AppStack}. */
export interface AppStackProps extends EnvironmentStackProps {
  readonly data: DataStack;
  readonly storage: StorageStack;
}

/** The app and what makes it reachable and watched. The only stack that a release touches. */
export class AppStack extends EnvironmentStack {
  protected override readonly readsOthers = true;

  constructor(scope: Construct, props: AppStackProps) {
    super(scope, "app", props);
    const { environment, endpoints, data, storage } = props;
    const { config, release, rotation, sealed } = environment;
    useDigitalOcean(this, endpoints);
    const secrets = new AppSecrets(this, "secrets", { sealed });
    const zone =
      config.domain.zoneManagedBy === "digitalocean"
        ? new DnsZone(this, "dns", { config })
        : undefined;
    if (!zone) forgetZone(this);
    const app = new MediaApp(this, "media", {
      context: {
        config,
        release,
        rotation,
        data: data.wiring,
        storageKeys: storage.storageKeys,
        secrets,
      },
      zone: zone?.name,
    });
    new ProjectResources(this, "app", {
      projectId: data.projectId,
      urns: [app.urn, ...(zone ? [zone.urn] : [])],
    });
    new UptimeMonitoring(this, "uptime", { config, app: app.resource });
    this.writeOutputs(app, config);
  }

  private writeOutputs(app: MediaApp, config: EnvironmentConfig): void {
    new TerraformOutput(this, "urls", {
      description: "Public address of each service.",
      value: publicEndpoints(config),
    });
    new TerraformOutput(this, "app_id", { description: "Id of the app.", value: app.id });
    new TerraformOutput(this, "default_ingress", {
      description: "Address of the app that works before DNS does.",
      value: app.defaultIngress,
    });
    new TerraformOutput(this, "app_console", {
      description: "The app in the control panel.",
      value: `https://cloud.digitalocean.com/apps/${app.id}`,
    });
    if (config.domain.zoneManagedBy === "elsewhere") {
      new TerraformOutput(this, "dns_records", {
        description: "Records to create where the zone is managed.",
        value: requiredRecords(config, Fn.trimprefix(app.defaultIngress, "https://")),
      });
    }
  }
}
