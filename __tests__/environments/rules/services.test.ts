import { serviceRules } from "../../../environments/rules/services.ts";
import { componentNames, publicServiceNames } from "../../../environments/schema/environment.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.services.migration = { graceSeconds: 601 }),
    path: "services.migration.graceSeconds",
    value: "601",
    expected: "1 to 600 seconds, the limits of App Platform",
    fix: "set services.migration.graceSeconds: 600",
  },
  {
    change: (draft) => (draft.services.backup = { enabled: false }),
    path: "services.backup.enabled",
    value: "false",
    expected:
      "true: DigitalOcean's own backups go with the cluster, and go back seven days at most",
    fix: "remove it, or write services.backup.disabledReason",
  },
  {
    change: (draft) => (draft.services.backup = { graceSeconds: 0 }),
    path: "services.backup.graceSeconds",
    value: "0",
    expected: "1 to 600 seconds, the limits of App Platform",
    fix: "set services.backup.graceSeconds: 120",
  },
  {
    change: (draft) => Object.assign(draft.services.api, { internalPort: 3000 }),
    path: "services.api.internalPort",
    value: "3000",
    expected: "another port than services.api.port, which the internet reaches",
    fix: "set services.api.internalPort: 3100",
  },
  {
    change: (draft) => (draft.services.api.uploads = { maximumObjectGib: 5120 }),
    path: "services.api.uploads.partSizeMib",
    value: "64",
    expected: "large enough for 5120 GiB in 10 000 parts, the limit of S3",
    fix: "set services.api.uploads.partSizeMib: 525",
  },
  {
    change: (draft) => (draft.services.edgeCache = { enabled: true }),
    path: "services.edgeCache.enabled",
    value: "true",
    expected: "off: a shared cache serves a preview after its signed link has expired",
    fix: "remove it, or write services.edgeCache.enabledReason",
  },
];

const publicServiceRows = publicServiceNames.flatMap((name): BrokenRule[] => [
  {
    change: (draft) => (draft.services[name].instances = { count: 1 }),
    path: `services.${name}.instances`,
    value: '{"count":1}',
    expected:
      "two or more instances of a public service in production: one means an outage at every deployment",
    fix: `set services.${name}.instances.count: 2, or write services.${name}.instances.singleInstanceReason`,
  },
  {
    change: (draft) => (draft.services[name].health = { periodSeconds: 5, timeoutSeconds: 5 }),
    path: `services.${name}.health.timeoutSeconds`,
    value: "5",
    expected: "shorter than periodSeconds: a check must end before the next one starts",
    fix: `lower services.${name}.health.timeoutSeconds, or raise periodSeconds`,
  },
  {
    change: (draft) => (draft.services[name].termination = { drainSeconds: 111 }),
    path: `services.${name}.termination.drainSeconds`,
    value: "111",
    expected: "1 to 110 seconds, the limits of App Platform",
    fix: `set services.${name}.termination.drainSeconds: 30`,
  },
]);

const componentRows = componentNames.flatMap((name): BrokenRule[] => [
  {
    change: (draft) => {
      draft.services[name].size = "apps-d-1vcpu-1gb";
      draft.services[name].instances = { count: 2, autoscaling: { minimum: 2, maximum: 3 } };
    },
    path: `services.${name}.instances`,
    value: '{"count":2,"autoscaling":{"minimum":2,"maximum":3}}',
    expected:
      "either a count or autoscaling: App Platform refuses both, and runs one instance without either",
    fix: `keep one of services.${name}.instances.count and services.${name}.instances.autoscaling`,
  },
  {
    change: (draft) => {
      draft.services[name].size = "apps-s-1vcpu-0.5gb";
      draft.services[name].instances = { count: 2 };
    },
    path: `services.${name}.size`,
    value: '"apps-s-1vcpu-0.5gb"',
    expected: "a size that may have more than one instance",
    fix: `set services.${name}.size: "apps-s-1vcpu-1gb" or larger`,
  },
  {
    change: (draft) => {
      draft.services[name].size = "apps-s-1vcpu-2gb";
      draft.services[name].instances = { autoscaling: { minimum: 2, maximum: 3 } };
    },
    path: `services.${name}.size`,
    value: '"apps-s-1vcpu-2gb"',
    expected: "a dedicated-CPU size: App Platform autoscales no other",
    fix: `set services.${name}.size: "apps-d-1vcpu-1gb" or larger, or replace autoscaling by a count`,
  },
  {
    change: (draft) => {
      draft.services[name].size = "apps-d-1vcpu-1gb";
      draft.services[name].instances = { autoscaling: { minimum: 3, maximum: 3 } };
    },
    path: `services.${name}.instances.autoscaling`,
    value: '{"minimum":3,"maximum":3}',
    expected: "minimum smaller than maximum",
    fix: `raise services.${name}.instances.autoscaling.maximum, or set services.${name}.instances.count`,
  },
  {
    change: (draft) => (draft.services[name].liveness = { periodSeconds: 10, timeoutSeconds: 10 }),
    path: `services.${name}.liveness.timeoutSeconds`,
    value: "10",
    expected: "shorter than periodSeconds: a check must end before the next one starts",
    fix: `lower services.${name}.liveness.timeoutSeconds, or raise periodSeconds`,
  },
  {
    change: (draft) => (draft.services[name].termination = { graceSeconds: 0 }),
    path: `services.${name}.termination.graceSeconds`,
    value: "0",
    expected: "1 to 600 seconds, the limits of App Platform",
    fix: `set services.${name}.termination.graceSeconds: ${name === "worker" ? 600 : 120}`,
  },
]);

itFinds([...rows, ...publicServiceRows, ...componentRows], serviceRules);
