import type { ComponentName } from "../../../environments/schema/environment.ts";
import type { Remark } from "../remark.ts";
import type { StandingComponent } from "../roles.ts";
import { isAllowed } from "./allowed.ts";

/** Settings of a component that the environment has no field for, or decides for all components at once. */
const settings: readonly (readonly [field: string, words: string])[] = [
  ["internal_ports", "internal ports"],
  ["protocol", "HTTP/2"],
  ["cors", "CORS"],
  ["liveness_health_check", "liveness check"],
  ["alerts", "alerts (those of alerting.components)"],
  ["log_destinations", "where its log goes (logs.destination)"],
];

/** What the first deployment makes of what somebody set for a component. No value is in a sentence: some are secrets. */
export function settingRemarks(role: ComponentName, component: StandingComponent): Remark[] {
  const own = settings.filter(([field]) => !isEmpty(Reflect.get(component, field)));
  const changed = (what: string, todo?: string): Remark => ({
    fate: "changed",
    about: `the component ${component.name}`,
    what,
    ...(todo === undefined ? {} : { todo }),
  });
  const words = own.map(([, one]) => one).join(", ");
  const pushes = component.image?.deploy_on_push?.enabled === true;
  return [
    ...(own.length === 0 ? [] : [changed(`the environment decides from then on: ${words}`)]),
    ...(isEmpty(component.run_command)
      ? []
      : [changed("its run command goes: the image's own command runs", commandFix)]),
    ...(pushes ? [changed("a push deploys it no more: a release does", "docs/releasing.md")] : []),
    ...portRemarks(role, component).map((what) => changed(what)),
    ...scalingRemarks(component).map((what) => changed(what)),
    ...checkRemarks(role, component).map((what) => changed(what)),
  ];
}

const commandFix = "make it the command of the image: CMD in its Dockerfile (docs/images.md)";

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === "" || value === "HTTP") return true;
  return Array.isArray(value) && value.length === 0;
}

function portRemarks(role: ComponentName, { http_port: port }: StandingComponent): string[] {
  if (port === undefined || isAllowed(`services.${role}.port`, port)) return [];
  return [`it listens on another port than ${port} from then on, which PORT tells it`];
}

function scalingRemarks({ autoscaling }: StandingComponent): string[] {
  if (!autoscaling) return [];
  const others = Object.entries(autoscaling.metrics ?? {})
    .filter(([metric, value]) => metric !== "cpu" && value !== undefined)
    .map(([metric]) => metric);
  if (others.length === 0) return [];
  return [`it scales by CPU alone from then on, no more by ${others.join(", ")}`];
}

function checkRemarks(role: ComponentName, { health_check: check }: StandingComponent): string[] {
  if (role === "worker") return [];
  if (check?.http_path === undefined)
    return [
      `it had no HTTP check: from then on an instance is ready when it answers services.${role}.health.path with 200`,
    ];
  return check.port === undefined
    ? []
    : ["its check asks the port that visitors come to, no more one of its own"];
}
