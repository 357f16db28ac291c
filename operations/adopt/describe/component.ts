import type { ComponentName, EnvironmentInput } from "../../../environments/schema/environment.ts";
import type { Described, Remark } from "../remark.ts";
import type { StandingComponent } from "../roles.ts";
import { isAllowed } from "./allowed.ts";
import { settingRemarks } from "./component-settings.ts";
import { soldSize } from "./instance-size.ts";

type Services = EnvironmentInput["services"];

/**
 * A component: size, number, port, checks and repository of the one that does its work now.
 *
 * @param otherwise what the other environment has: for one that is made anew.
 */
export function describeComponent(
  role: ComponentName,
  component: StandingComponent | undefined,
  otherwise: Services[ComponentName],
): Described<Services[ComponentName]> {
  const about = `the component ${component?.name ?? role}`;
  if (!component)
    return { fields: otherwise, remarks: [{ fate: "changed", about, what: "it is made anew" }] };
  const size = soldSize(component.instance_size_slug);
  return {
    fields: {
      ...otherwise,
      ...(size === undefined ? {} : { size }),
      ...instancesOf(role, component),
      ...imageOf(component),
      ...portOf(role, component),
      ...healthOf(role, component),
      ...terminationOf(role, component),
    },
    remarks: [
      placeOf(role, component),
      ...sizeRemarks(component, size ?? otherwise.size),
      ...sourceOf(component),
      ...settingRemarks(role, component),
    ],
  };
}

function placeOf(role: ComponentName, { name }: StandingComponent): Remark {
  const about = `the component ${name}`;
  if (name === role) return { fate: "adopted", about, what: `as ${role}` };
  const what = `it is ${role} from then on: whoever called it inside the app calls http://${role}`;
  return { fate: "changed", about, what };
}

function sizeRemarks(
  { name, instance_size_slug: slug }: StandingComponent,
  size: string,
): Remark[] {
  if (slug === undefined || slug === size) return [];
  const what = `its size ${slug} is not sold under this name any more: it gets ${size}`;
  return [{ fate: "changed", about: `the component ${name}`, what }];
}

const singleInstanceReason = "It ran on one instance when it was adopted.";

function instancesOf(
  role: ComponentName,
  { autoscaling, instance_count: count = 1 }: StandingComponent,
) {
  const single = (fewest: number) =>
    fewest === 1 && role !== "worker" ? { singleInstanceReason } : {};
  if (!autoscaling) return { instances: { count, ...single(count) } };
  const { min_instance_count: minimum, max_instance_count: maximum, metrics } = autoscaling;
  const cpuPercent = metrics?.cpu?.percent ?? 80;
  return { instances: { autoscaling: { minimum, maximum, cpuPercent }, ...single(minimum) } };
}

const imageOf = ({ image }: StandingComponent) =>
  image?.registry_type === "DOCR" && image.repository !== undefined
    ? { repository: image.repository }
    : {};

const portOf = (role: ComponentName, { http_port: port }: StandingComponent) =>
  port !== undefined && isAllowed(`services.${role}.port`, port) ? { port } : {};

/** Names of a check's numbers: the API's, and ours. */
const checkNumbers = [
  ["initial_delay_seconds", "initialDelaySeconds"],
  ["period_seconds", "periodSeconds"],
  ["timeout_seconds", "timeoutSeconds"],
  ["success_threshold", "successThreshold"],
  ["failure_threshold", "failureThreshold"],
] as const;

function healthOf(role: ComponentName, { health_check: check }: StandingComponent) {
  const path = check?.http_path;
  if (path === undefined || role === "worker") return {};
  const numbers = checkNumbers.flatMap(([theirs, ours]) => {
    const value = check?.[theirs];
    return value !== undefined && isAllowed(`services.${role}.health.${ours}`, value)
      ? [[ours, value] as const]
      : [];
  });
  const { timeoutSeconds = 3, periodSeconds = 10, ...rest } = Object.fromEntries(numbers);
  // Of checks that overlap, which the platform allows, the environment knows nothing.
  const times = timeoutSeconds < periodSeconds ? Object.fromEntries(numbers) : rest;
  return { health: { path: path.startsWith("/") ? path : `/${path}`, ...times } };
}

function terminationOf(role: ComponentName, { termination }: StandingComponent) {
  const { drain_seconds: drainSeconds, grace_period_seconds: graceSeconds } = termination ?? {};
  const times = {
    ...(drainSeconds === undefined || role === "worker" ? {} : { drainSeconds }),
    ...(graceSeconds === undefined ? {} : { graceSeconds }),
  };
  return Object.keys(times).length === 0 ? {} : { termination: times };
}

function sourceOf({ name, image }: StandingComponent): Remark[] {
  if (image?.registry_type === "DOCR") return [];
  return [
    {
      fate: "lost",
      about: `the source of ${name}`,
      what: "it is not an image of the account's registry: what runs now goes, and the image of the release takes its place",
      todo: "push an image of it to the registry (docs/images.md), and name it before the first deployment: mam release <environment> <component>=<tag>",
    },
  ];
}
