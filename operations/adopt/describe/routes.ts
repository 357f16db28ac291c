import type { PublicServiceName } from "../../../environments/schema/environment.ts";
import { answererOf } from "../../../constructs/app/answerer.ts";
import type { Remark } from "../remark.ts";
import { type Roles, type StandingRoute, componentsOf, routesOf } from "../roles.ts";
import type { Standing } from "../standing.ts";

/** Hosts that the environment has. */
interface Hosts {
  readonly appHost: string;
  readonly mediaHost: string;
}

/**
 * What becomes of the routes of an app: of each that another component answers from then on, and of prefixes that
 * components did not see.
 */
export function routeRemarks({ app }: Standing, roles: Roles, hosts: Hosts): Remark[] {
  const images = imagesOf(app);
  return routesOf(app)
    .filter(({ host }) => isKept(host, hosts))
    .flatMap((route) => {
      if (isLost(route, roles, hosts, images)) return [lostRoute(route)];
      return route.isWhole || route.prefix === "/" ? [] : [wholePath(route)];
    });
}

/** Images of the registry, by component. */
const imagesOf = (app: Standing["app"]): ReadonlyMap<string, string> =>
  new Map(
    componentsOf(app).flatMap(({ name, image }) =>
      image?.registry_type === "DOCR" && image.repository !== undefined
        ? [[name, image.repository] as const]
        : [],
    ),
  );

/** Routes of a host that goes are said with the host. */
const isKept = (host: string | undefined, { appHost, mediaHost }: Hosts) =>
  host === undefined || host === appHost || host === mediaHost;

/** Whether another component answers a route, with another image: of one image for all, any component may. */
function isLost(
  { prefix, host, component }: StandingRoute,
  roles: Roles,
  { mediaHost }: Hosts,
  images: ReadonlyMap<string, string>,
) {
  if (component === undefined) return true;
  // A component without a place is said to go, with all of its routes.
  if (!Object.values(roles).includes(component)) return false;
  const next = roles[answererOf(prefix, host === mediaHost)];
  if (next === component) return false;
  return images.get(component) === undefined || images.get(component) !== images.get(next ?? "");
}

const newName: Readonly<Record<PublicServiceName, string>> = {
  frontend: "the page",
  api: "the API",
  edge: "the edge",
};

const lostRoute = ({ prefix, host = "", component }: StandingRoute): Remark => ({
  fate: "lost",
  about:
    component === undefined
      ? `the redirect of ${host}${prefix}`
      : `the route ${host}${prefix} of ${component}`,
  what: `from the first deployment on ${newName[answererOf(prefix, false)]} answers it: an environment has the routes /, /api and a host for media`,
  todo:
    component === undefined
      ? "redirect it in the page"
      : "let it answer under /api, or give it an app of its own",
});

const wholePath = ({ prefix, component }: StandingRoute): Remark => ({
  fate: "changed",
  about: `the route ${prefix} of ${component ?? ""}`,
  what: `paths reach it with ${prefix} from then on, which was cut off until now`,
  todo: `let it answer ${prefix}/… as well before the first deployment`,
});
