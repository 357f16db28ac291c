import { UptimeAlert } from "@cdktf/provider-digitalocean/lib/uptime-alert/index.js";
import { UptimeCheck } from "@cdktf/provider-digitalocean/lib/uptime-check/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { resourceName } from "../naming.ts";
import { pinLogicalId } from "../stateful.ts";
import { type WantedCheck, wantedChecks } from "./uptime-checks.ts";

/** Inputs of {@link UptimeMonitoring}. */
export interface UptimeMonitoringProps {
  readonly config: EnvironmentConfig;
  /** What is watched. Checks change after it: none is awake while the app goes into maintenance, or comes out of it. */
  readonly app: ITerraformDependable;
}

/**
 * Checks from outside: the frontend, the API and media, each through its public host, so that DNS, certificate, ingress
 * and instances are all part of what is checked, and the service levels of each. Alerts are left out when the environment is muted; the checks stay. They
 * are switched off while the app shows its maintenance page, which is no outage that anybody has to be woken for.
 *
 * Their names in the state are pinned: a check under another name is another check, and an alert cannot follow it there.
 */
export class UptimeMonitoring extends Construct {
  constructor(scope: Construct, id: string, { config, app }: UptimeMonitoringProps) {
    super(scope, id);
    for (const wanted of wantedChecks(config)) {
      const check = new UptimeCheck(this, wanted.noun, {
        name: resourceName(config, wanted.noun),
        target: wanted.target,
        type: "https",
        // Left out, the platform's default would be a change on every plan.
        regions: [...config.alerting.uptimeRegions],
        enabled: !config.services.maintenancePage.enabled,
        dependsOn: [app],
      });
      pinLogicalId(check, idOf(wanted));
      this.addAlerts(wanted, check, config);
    }
  }

  private addAlerts(wanted: WantedCheck, check: UptimeCheck, config: EnvironmentConfig): void {
    const { recipients } = config.alerting;
    if (recipients.length === 0) return;
    for (const alert of wanted.alerts) {
      const made = new UptimeAlert(this, `${wanted.noun}-${alert.type}`, {
        ...alert,
        checkId: check.id,
        name: resourceName(config, `${wanted.noun}-${alert.type.replaceAll("_", "-")}`),
        notifications: [{ email: [...recipients] }],
      });
      pinLogicalId(made, `${idOf(wanted)}_${alert.type}`);
    }
  }
}

const idOf = ({ noun }: WantedCheck) => `uptime_${noun.replaceAll("-", "_")}`;
