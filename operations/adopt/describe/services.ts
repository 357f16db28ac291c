import { type EnvironmentInput, componentNames } from "../../../environments/schema/environment.ts";
import type { Described, Remark } from "../remark.ts";
import { type Roles, type StandingComponent, componentsOf } from "../roles.ts";
import type { Standing } from "../standing.ts";
import { isAllowed } from "./allowed.ts";
import { describeComponent } from "./component.ts";
import { describeMigration } from "./migration.ts";

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
  const migration = describeMigration(standing, roles, otherwise.migration);
  return {
    fields: {
      ...otherwise,
      ...Object.fromEntries(fields),
      ...migration.fields,
      ...maintenanceOf(standing),
    },
    remarks: [
      ...described.flatMap(([, { remarks }]) => remarks),
      ...components.filter(({ name }) => !known.includes(name)).map(withoutRole),
      ...otherKinds(standing),
      ...migration.remarks,
    ],
  };
}

/** A maintenance page stays as it is: without it visitors would come to an app that is not for them yet. */
function maintenanceOf({ app: { spec } }: Standing): Pick<Services, "maintenancePage"> {
  const { enabled, offline_page_url: page } = spec.maintenance ?? {};
  if (enabled !== true) return {};
  const isTaken = typeof page === "string" && isAllowed(`${maintenancePath}.offlinePageUrl`, page);
  return { maintenancePage: { enabled, ...(isTaken ? { offlinePageUrl: page } : {}) } };
}

const maintenancePath = "services.maintenancePage";

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
  return [...of("static site", spec.static_sites), ...of("function", spec.functions)];
}
