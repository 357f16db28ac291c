import { instanceSizeSlugs } from "../../../environments/platform/instance-sizes.ts";
import {
  type ComponentName,
  type EnvironmentInput,
  componentNames,
} from "../../../environments/schema/environment.ts";
import type { Described, Remark } from "../remark.ts";
import { type Roles, type StandingComponent, componentsOf } from "../roles.ts";
import type { Standing } from "../standing.ts";

type Services = EnvironmentInput["services"];

/**
 * The four components: sizes, numbers, ports, checks and repositories of those that do their work now.
 *
 * @param otherwise what the other environment has: for components that are made anew.
 */
export function describeServices(
  standing: Standing,
  roles: Roles,
  otherwise: Services,
): Described<Services> {
  const components = componentsOf(standing.app);
  const described = componentNames.map((role) => {
    const component = components.find(({ name }) => name === roles[role]);
    return [role, describeComponent(role, component, otherwise[role])] as const;
  });
  const fields = described.map(([role, { fields: own }]) => [role, own] as const);
  const known = Object.values(roles);
  return {
    fields: { ...otherwise, ...Object.fromEntries(fields) },
    remarks: [
      ...described.flatMap(([, { remarks }]) => remarks),
      ...components.filter(({ name }) => !known.includes(name)).map(withoutRole),
      ...otherKinds(standing),
    ],
  };
}

function describeComponent(
  role: ComponentName,
  component: StandingComponent | undefined,
  otherwise: Services[ComponentName],
): Described<Services[ComponentName]> {
  const about = `the component ${component?.name ?? role}`;
  if (!component)
    return { fields: otherwise, remarks: [{ fate: "changed", about, what: "it is made anew" }] };
  const size = instanceSizeSlugs.find((slug) => slug === component.instance_size_slug);
  const unknownSize: Remark = {
    fate: "changed",
    about,
    what: `its size ${component.instance_size_slug ?? "is not said and"} is not sold any more: it gets ${otherwise.size}`,
  };
  const adopted: Remark = {
    fate: component.name === role ? "adopted" : "changed",
    about,
    what:
      component.name === role
        ? `as ${role}`
        : `it is ${role} from then on: whoever called it inside the app calls http://${role}`,
  };
  return {
    fields: {
      ...otherwise,
      ...(size === undefined ? {} : { size }),
      ...instancesOf(role, component),
      ...imageOf(component),
      ...(component.http_port === undefined ? {} : { port: component.http_port }),
      ...healthOf(role, component),
    },
    remarks: [adopted, ...(size === undefined ? [unknownSize] : []), ...sourceOf(component)],
  };
}

function instancesOf(
  role: ComponentName,
  { autoscaling, instance_count: count }: StandingComponent,
) {
  if (autoscaling) {
    const { min_instance_count: minimum, max_instance_count: maximum, metrics } = autoscaling;
    const cpuPercent = metrics?.cpu?.percent ?? 80;
    return { instances: { autoscaling: { minimum, maximum, cpuPercent } } };
  }
  const one = { singleInstanceReason: "It ran on one instance when it was adopted." };
  const instances = { count: count ?? 1, ...((count ?? 1) === 1 && role !== "worker" ? one : {}) };
  return { instances };
}

const imageOf = ({ image }: StandingComponent) =>
  image?.registry_type === "DOCR" && image.repository !== undefined
    ? { repository: image.repository }
    : {};

const healthOf = (role: ComponentName, { health_check: check }: StandingComponent) =>
  check?.http_path === undefined || role === "worker" ? {} : { health: { path: check.http_path } };

function sourceOf({ name, image }: StandingComponent): Remark[] {
  if (image?.registry_type === "DOCR") return [];
  return [
    {
      fate: "changed",
      about: `the source of ${name}`,
      what: "it is not an image of the account's registry: the image of the release takes its place",
      todo: "push an image of it to the registry (docs/images.md), and write its digest into the release file",
    },
  ];
}

const withoutRole = ({ name }: StandingComponent): Remark => ({
  fate: "lost",
  about: `the component ${name}`,
  what: "it has no place among the four: it goes with the first deployment",
  todo: `say what it is, if it is one of them: --component frontend=${name}; otherwise give it an app of its own`,
});

/** Kinds of components that the app has none of. */
function otherKinds({ app: { spec } }: Standing): Remark[] {
  const of = (kind: string, list: readonly { readonly name: string }[] | undefined) =>
    (list ?? []).map(({ name }): Remark => ({
      fate: "lost",
      about: `the ${kind} ${name}`,
      what: `the app has no ${kind}s: it goes with the first deployment`,
      todo: "give it an app of its own",
    }));
  const jobs = (spec.jobs ?? []).filter(({ name }) => name !== "migrate");
  return [
    ...of("static site", spec.static_sites),
    ...of("function", spec.functions),
    ...of("job", jobs),
  ];
}
