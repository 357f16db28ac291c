import type { DatabaseCluster } from "../../databases/model.ts";
import type { Store } from "../../store.ts";
import { isSold } from "../../withdrawn.ts";
import { clusterOf } from "../bindables.ts";
import { instanceSize } from "../instance-sizes.ts";
import { componentNames, runningComponents } from "./spec.ts";
import type { AppSpec, DatabaseSpec, RunningComponent } from "./spec.ts";

/** A rule that the platform checks beyond the shape of a specification; each message names the field. */
export type SpecRule = (spec: AppSpec, store: Store) => readonly string[];

type Component = RunningComponent["spec"];

const components = (spec: AppSpec): Component[] => runningComponents(spec).map((one) => one.spec);

const perComponent =
  (check: (component: Component, store: Store) => string | undefined): SpecRule =>
  (spec, store) =>
    components(spec).flatMap((component) => {
      const problem = check(component, store);
      return problem === undefined ? [] : [`component ${component.name}: ${problem}`];
    });

const twice = (names: readonly string[]) =>
  names.filter((name, index) => names.indexOf(name) !== index);

const autoscalingOf = (component: Component) =>
  "autoscaling" in component ? component.autoscaling : undefined;

function sourceProblem({ image, git, github, gitlab, bitbucket }: Component): string | undefined {
  const sources = [image, git, github, gitlab, bitbucket].filter((one) => one !== undefined);
  if (sources.length !== 1)
    return "exactly one source (image, git, github, gitlab, bitbucket) is required";
  if (image?.tag !== undefined && image.digest !== undefined) {
    return "image.tag and image.digest exclude each other";
  }
  return undefined;
}

function imageProblem({ image }: Component): string | undefined {
  if (!image) return undefined;
  const { registry_type: type, registry_credentials: credentials } = image;
  if (type === "DOCR" && credentials !== undefined) {
    return "image.registry_credentials must be empty for DOCR";
  }
  if (!image.deploy_on_push?.enabled) return undefined;
  if (type !== "DOCR") return "image.deploy_on_push is only available for DOCR";
  return image.digest === undefined
    ? undefined
    : "image.deploy_on_push cannot be used with image.digest";
}

function sizeProblem(component: Component, store: Store): string | undefined {
  const { instance_size_slug: slug, instance_count: count = 1 } = component;
  const size = instanceSize(slug);
  if (!size || !isSold(store, size.slug))
    return `instance_size_slug ${slug ?? ""} is not available`;
  if (size.single_instance_only && count > 1) {
    return `instance_size_slug ${size.slug} allows a single instance only`;
  }
  return autoscalingOf(component) && !size.scalable
    ? `autoscaling is not available for instance_size_slug ${size.slug}, which has shared CPUs`
    : undefined;
}

function scalingProblem(component: Component): string | undefined {
  const autoscaling = autoscalingOf(component);
  if (!autoscaling) return undefined;
  if (component.instance_count !== undefined) {
    return "instance_count must not be set if autoscaling is used";
  }
  const { min_instance_count: minimum, max_instance_count: maximum, metrics } = autoscaling;
  if (minimum >= maximum) {
    return "autoscaling.min_instance_count must be less than max_instance_count";
  }
  return Object.keys(metrics).length === 0 ? "autoscaling.metrics must name a metric" : undefined;
}

const ingressRules: SpecRule = (spec) => {
  const routable = [...(spec.services ?? []), ...(spec.static_sites ?? [])].map(({ name }) => name);
  return (spec.ingress?.rules ?? []).flatMap(({ component, redirect }, index) => {
    const field = `ingress.rules[${index}]`;
    if ((component === undefined) === (redirect === undefined)) {
      return [`${field}: exactly one of component and redirect is required`];
    }
    if (!component) return [];
    if (!routable.includes(component.name)) {
      return [`${field}: component ${component.name} does not exist or has no address`];
    }
    return component.preserve_path_prefix && component.rewrite !== undefined
      ? [`${field}: preserve_path_prefix and rewrite exclude each other`]
      : [];
  });
};

const variableKeys: SpecRule = (spec) =>
  [
    ["envs", spec.envs ?? []] as const,
    ...components(spec).map(({ name, envs = [] }) => [`${name}.envs`, envs] as const),
  ].flatMap(([field, envs]) =>
    twice(envs.map(({ key }) => key)).map((key) => `${field}: ${key} is given twice`),
  );

const engineOf: Record<string, readonly string[]> = {
  PG: ["pg", "advanced_pg"],
  VALKEY: ["valkey"],
  OPENSEARCH: ["opensearch"],
};

function databaseProblem(store: Store, spec: DatabaseSpec): string | undefined {
  const cluster = clusterOf(store, spec);
  if (!cluster) return `cluster_name ${spec.cluster_name ?? ""} does not exist`;
  if (!engineOf[spec.engine ?? "UNSET"]?.includes(cluster.engine)) {
    return `engine ${spec.engine ?? "UNSET"} is not that of cluster ${cluster.name}`;
  }
  return memberProblem(cluster, spec);
}

function memberProblem(cluster: DatabaseCluster, spec: DatabaseSpec): string | undefined {
  const { db_user: user, db_name: database } = spec;
  if (user !== undefined && !cluster.users.some(({ name }) => name === user)) {
    return `db_user ${user} does not exist in cluster ${cluster.name}`;
  }
  return database === undefined || cluster.dbs.includes(database)
    ? undefined
    : `db_name ${database} does not exist in cluster ${cluster.name}`;
}

const databases: SpecRule = (spec, store) =>
  (spec.databases ?? []).flatMap((database) => {
    const problem = databaseProblem(store, database);
    return problem === undefined ? [] : [`databases.${database.name}: ${problem}`];
  });

const openSearch: SpecRule = (spec, store) =>
  components(spec).flatMap(({ name, log_destinations: destinations = [] }) =>
    destinations.flatMap(({ open_search: search }) => {
      if (search?.cluster_name === undefined) return [];
      const cluster = store.databases.find((one) => one.name === search.cluster_name);
      const field = `${name}.log_destinations.open_search`;
      if (cluster?.engine !== "opensearch") {
        return [`${field}: cluster ${search.cluster_name} does not exist`];
      }
      return cluster.rules.length > 0
        ? [`${field}: Please disable Trusted Sources of cluster ${cluster.name}`]
        : [];
    }),
  );

/**
 * What the platform refuses with 400. Sources: DigitalOcean API description, `apps/models`;
 * docs.digitalocean.com/products/app-platform/details/limits; terraform-provider-digitalocean issue 1239 (OpenSearch).
 */
export const specRules: readonly SpecRule[] = [
  (spec) => twice(componentNames(spec)).map((name) => `component name ${name} is given twice`),
  (spec) =>
    twice((spec.domains ?? []).map(({ domain }) => domain)).map(
      (name) => `domain ${name} is given twice`,
    ),
  perComponent(sourceProblem),
  perComponent(imageProblem),
  perComponent(sizeProblem),
  perComponent(scalingProblem),
  ingressRules,
  variableKeys,
  databases,
  openSearch,
];
