import { instanceSizes } from "../platform/instance-sizes.ts";
import type { Rule } from "./rule.ts";
import {
  type ComponentName,
  type EnvironmentConfig,
  componentNames,
  publicServiceNames,
} from "../schema/environment.ts";

const sizeOf = (environment: EnvironmentConfig, name: ComponentName) =>
  instanceSizes[environment.services[name].size];

const fewestInstances = ({ services }: EnvironmentConfig, name: ComponentName) =>
  services[name].instances.autoscaling?.minimum ?? services[name].instances.count ?? 0;

const mostInstances = ({ services }: EnvironmentConfig, name: ComponentName) =>
  services[name].instances.autoscaling?.maximum ?? services[name].instances.count ?? 0;

const availabilityRules = (name: (typeof publicServiceNames)[number]): Rule[] => [
  {
    path: `services.${name}.instances`,
    fails: (environment) =>
      environment.tier === "production" &&
      fewestInstances(environment, name) < 2 &&
      environment.services[name].instances.singleInstanceReason === undefined,
    expected:
      "two or more instances of a public service in production: one means an outage at every deployment",
    fix: `set services.${name}.instances.count: 2, or write services.${name}.instances.singleInstanceReason`,
  },
  {
    path: `services.${name}.health.timeoutSeconds`,
    fails: ({ services }) =>
      services[name].health.timeoutSeconds >= services[name].health.periodSeconds,
    expected: "shorter than periodSeconds: a check must end before the next one starts",
    fix: `lower services.${name}.health.timeoutSeconds, or raise periodSeconds`,
  },
  {
    path: `services.${name}.termination.drainSeconds`,
    fails: ({ services }) => outside(services[name].termination.drainSeconds, 1, 110),
    expected: "1 to 110 seconds, the limits of App Platform",
    fix: `set services.${name}.termination.drainSeconds: 30`,
  },
];

const componentRules = (name: ComponentName): Rule[] => [
  {
    path: `services.${name}.instances`,
    fails: ({ services: { [name]: component } }) =>
      (component.instances.count === undefined) === (component.instances.autoscaling === undefined),
    expected:
      "either a count or autoscaling: App Platform refuses both, and runs one instance without either",
    fix: `keep one of services.${name}.instances.count and services.${name}.instances.autoscaling`,
  },
  {
    path: `services.${name}.size`,
    fails: (environment) =>
      mostInstances(environment, name) > 1 && sizeOf(environment, name).singleInstance,
    expected: "a size that may have more than one instance",
    fix: `set services.${name}.size: "apps-s-1vcpu-1gb" or larger`,
  },
  {
    path: `services.${name}.size`,
    fails: (environment) =>
      environment.services[name].instances.autoscaling !== undefined &&
      !sizeOf(environment, name).dedicated,
    expected: "a dedicated-CPU size: App Platform autoscales no other",
    fix: `set services.${name}.size: "apps-d-1vcpu-1gb" or larger, or replace autoscaling by a count`,
  },
  {
    path: `services.${name}.instances.autoscaling`,
    fails: ({ services }) => {
      const { autoscaling } = services[name].instances;
      return autoscaling !== undefined && autoscaling.minimum >= autoscaling.maximum;
    },
    expected: "minimum smaller than maximum",
    fix: `raise services.${name}.instances.autoscaling.maximum, or set services.${name}.instances.count`,
  },
  {
    path: `services.${name}.liveness.timeoutSeconds`,
    fails: ({ services }) =>
      services[name].liveness.timeoutSeconds >= services[name].liveness.periodSeconds,
    expected: "shorter than periodSeconds: a check must end before the next one starts",
    fix: `lower services.${name}.liveness.timeoutSeconds, or raise periodSeconds`,
  },
  {
    path: `services.${name}.termination.graceSeconds`,
    fails: ({ services }) => outside(services[name].termination.graceSeconds, 1, 600),
    expected: "1 to 600 seconds, the limits of App Platform",
    fix: `set services.${name}.termination.graceSeconds: ${name === "worker" ? 600 : 120}`,
  },
];

/** Rules about the components: what App Platform allows, and what keeps a release free of downtime. */
export const serviceRules: readonly Rule[] = [
  ...publicServiceNames.flatMap(availabilityRules),
  ...componentNames.flatMap(componentRules),
  {
    path: "services.migration.graceSeconds",
    fails: ({ services }) => outside(services.migration.graceSeconds, 1, 600),
    expected: "1 to 600 seconds, the limits of App Platform",
    fix: "set services.migration.graceSeconds: 600",
  },
  {
    path: "services.backup.enabled",
    fails: ({ tier, services: { backup } }) =>
      tier === "production" && !backup.enabled && backup.disabledReason === undefined,
    expected:
      "true: DigitalOcean's own backups go with the cluster, and go back seven days at most",
    fix: "remove it, or write services.backup.disabledReason",
  },
  {
    path: "services.backup.graceSeconds",
    fails: ({ services }) => outside(services.backup.graceSeconds, 1, 600),
    expected: "1 to 600 seconds, the limits of App Platform",
    fix: "set services.backup.graceSeconds: 120",
  },
  {
    path: "services.api.uploads.partSizeMib",
    fails: ({ services: { api } }) =>
      api.uploads.partSizeMib * 10_000 < api.uploads.maximumObjectGib * 1024,
    expected: ({ services: { api } }) =>
      `large enough for ${api.uploads.maximumObjectGib} GiB in 10 000 parts, the limit of S3`,
    fix: ({ services: { api } }) =>
      `set services.api.uploads.partSizeMib: ${Math.ceil((api.uploads.maximumObjectGib * 1024) / 10_000)}`,
  },
  {
    path: "services.api.internalPort",
    fails: ({ services: { api } }) => api.internalPort === api.port,
    expected: "another port than services.api.port, which the internet reaches",
    fix: ({ services: { api } }) =>
      `set services.api.internalPort: ${api.port === 3100 ? 3101 : 3100}`,
  },
  {
    path: "services.edgeCache.enabled",
    fails: ({ services: { edgeCache } }) =>
      edgeCache.enabled && edgeCache.enabledReason === undefined,
    expected: "off: a shared cache serves a preview after its signed link has expired",
    fix: "remove it, or write services.edgeCache.enabledReason",
  },
];

function outside(value: number, minimum: number, maximum: number): boolean {
  return value < minimum || value > maximum;
}
