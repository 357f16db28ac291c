import {
  type EnvironmentConfig,
  componentNames,
} from "../../../environments/schema/environment.ts";
import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";
import { lookAtAppRegion, lookAtDatacentre } from "../places.ts";

const fix = "choose another in the environment file";

/** Whether App Platform and the datacentre still sell what the environment asks for. */
export const offerChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "app-region",
    severity: "error",
    what: "App Platform takes new apps in the environment's region.",
    why: "The app would be refused after databases and storage have been made.",
    fix: "choose another `network.region` before the first deployment",
    run: lookAtAppRegion,
  },
  {
    id: "datacentre",
    severity: "error",
    what: "The datacentre of the region takes new VPCs and databases.",
    why: "The first resource of a deployment would be refused.",
    fix: "choose another `network.region` before the first deployment",
    run: lookAtDatacentre,
  },
  {
    id: "instance-sizes",
    severity: "error",
    what: "Every instance size of the app is sold.",
    why: "App Platform refuses the whole app for one size that it does not know.",
    fix,
    run: async (context) => {
      const sold = await sizesBySlug(context);
      return componentsOf(context.session.environment.config)
        .filter(({ size }) => !sold.has(size))
        .map(({ name, size }) => ({
          resource: `the instance size of ${name}`,
          expected: `one of ${[...sold.keys()].join(", ")}`,
          found: size,
          fix: `change services.${name}.size in the environment file`,
        }));
    },
  },
  {
    id: "instance-sizes-scale",
    severity: "error",
    what: "Every instance size allows as many instances as are asked for.",
    why: "App Platform refuses to autoscale a size with shared CPUs, and a second instance of the smallest ones.",
    fix,
    run: lookAtScaling,
  },
]);

interface SizedComponent {
  readonly name: string;
  readonly size: string;
  readonly count: number;
  readonly isAutoscaled: boolean;
}

/** Everything in the app that has an instance size. */
function componentsOf({ services }: EnvironmentConfig): SizedComponent[] {
  const components = componentNames.map((name) => {
    const { size, instances } = services[name];
    const { count = 1, autoscaling } = instances;
    return { name, size, count, isAutoscaled: autoscaling !== undefined };
  });
  return [
    ...components,
    ...(services.backup.enabled
      ? [{ name: "backup", size: services.backup.size, count: 1, isAutoscaled: false }]
      : []),
    { name: "migration", size: services.migration.size, count: 1, isAutoscaled: false },
  ];
}

async function sizesBySlug({ instanceSizes }: DoctorContext) {
  const { instance_sizes: sizes } = await instanceSizes();
  return new Map((sizes ?? []).map((size) => [size.slug, size]));
}

async function lookAtScaling(context: DoctorContext): Promise<Violation[]> {
  const sold = await sizesBySlug(context);
  if ([...sold.values()].every(({ scalable }) => scalable !== true)) {
    throw new CheckSkipped("the API does not say which sizes can autoscale");
  }
  return componentsOf(context.session.environment.config).flatMap(
    ({ name, size, count, isAutoscaled }) => {
      const found = sold.get(size);
      const resource = `the instance size of ${name}`;
      if (isAutoscaled && found?.scalable !== true) {
        const expected = "a size that can autoscale, such as apps-d-1vcpu-2gb";
        return [{ resource, expected, found: size, fix: `change services.${name}.size` }];
      }
      if (count > 1 && found?.single_instance_only === true) {
        const expected = `a size that allows ${count} instances, such as apps-s-1vcpu-1gb`;
        return [{ resource, expected, found: size, fix: `change services.${name}.size` }];
      }
      return [];
    },
  );
}
