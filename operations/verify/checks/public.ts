import { publicEndpoints } from "../../../constructs/monitoring/public-endpoints.ts";
import type { Check, Violation } from "../../context/check.ts";
import type { VerifyContext } from "../context.ts";
import { hostPhases, reachableHosts, servingHosts } from "../hosts.ts";
import { reasonOf } from "../../context/reason.ts";

const severity = "error";
const day = 86_400_000;

/** What does not answer as expected, for each of several things that are asked side by side. */
async function objections<T>(
  things: readonly T[],
  ask: (thing: T) => Promise<Violation | undefined>,
): Promise<Violation[]> {
  const found = await Promise.all(things.map(ask));
  return found.filter((one) => one !== undefined);
}

/** What a person does about records that App Platform cannot make. */
function whereRecordsAreMade({ session }: VerifyContext): Partial<Violation> {
  if (session.environment.config.domain.zoneManagedBy === "digitalocean") return {};
  const fix = "create the records where the zone is managed, mam doctor names them, then wait";
  return { fix };
}

/** Whether users reach the platform, as they do. */
export const publicChecks: readonly Check<VerifyContext>[] = [
  {
    id: "domains-active",
    severity,
    what: "App Platform has both hosts' records and certificates.",
    why: "A host without a certificate answers nobody.",
    fix: "wait: records and certificates take some minutes; an error is explained in the control panel under Settings, Domains",
    run: async (context) =>
      (await hostPhases(context))
        .filter(({ phase }) => phase !== "ACTIVE")
        .map(({ host, phase, step }) => ({
          resource: `the domain ${host}`,
          expected: "ACTIVE",
          found: [phase, step].filter(Boolean).join(": "),
          ...whereRecordsAreMade(context),
        })),
  },
  {
    id: "public-health",
    severity,
    what: "Every public endpoint answers 200 over HTTPS.",
    why: "What answers no health check answers no user.",
    fix: "`mam rollback <environment>` if a release broke it; the component's log in the control panel says why",
    run: async (context) => {
      await servingHosts(context);
      const { clients, environment } = context.session;
      const endpoints = Object.entries(publicEndpoints(environment.config));
      return objections(endpoints, async ([name, address]) => {
        const found = await clients
          .internet()
          .get(address)
          .then(({ status }) => String(status), reasonOf);
        return found === "200"
          ? undefined
          : { resource: `${name}, ${address}`, expected: "200", found };
      });
    },
  },
  {
    id: "certificates",
    severity,
    what: "A browser believes the certificates of both hosts.",
    why: "A certificate that is expired, or of an authority that nobody trusts, shuts every user out.",
    fix: "look at the domain in the control panel; its CAA records must allow letsencrypt.org and pki.goog",
    run: async (context) => {
      const { clients } = context.session;
      return objections(await reachableHosts(context), async (host) => {
        const found = await clients
          .internet()
          .certificate(host)
          .then(({ distrusted }) => distrusted, reasonOf);
        return found === undefined
          ? undefined
          : { resource: `the certificate of ${host}`, expected: "trusted", found };
      });
    },
  },
  {
    id: "certificate-days",
    severity: "warning",
    what: "The certificates of both hosts are valid for longer than `alerting.uptime.certificateDays`.",
    why: "App Platform renews a month before the end, so a certificate that is nearer to it is stuck.",
    fix: "look at the domain in the control panel, and remove records of the host that App Platform did not make",
    run: async (context) => {
      const { clients, environment } = context.session;
      const { certificateDays } = environment.config.alerting.uptime;
      return objections(await reachableHosts(context), async (host) => {
        const { expires } = await clients.internet().certificate(host);
        const days = Math.floor((expires.getTime() - context.now.getTime()) / day);
        return days >= certificateDays
          ? undefined
          : {
              resource: `the certificate of ${host}`,
              expected: `valid for ${certificateDays} days or more`,
              found: `${days} days`,
            };
      });
    },
  },
  {
    id: "https-redirects",
    severity,
    what: "Plain HTTP leads to HTTPS on both hosts.",
    why: "What is sent over plain HTTP is read by everybody in between.",
    fix: "App Platform redirects by itself: look for a proxy or another owner of the host in front of it",
    run: async (context) => {
      const { clients } = context.session;
      return objections(await reachableHosts(context), async (host) => {
        const answer = await clients.internet().get(`http://${host}/`);
        const leads = answer.location?.startsWith(`https://${host}`) ?? false;
        if (answer.status >= 300 && answer.status < 400 && leads) return undefined;
        return {
          resource: `http://${host}/`,
          expected: `a redirection to https://${host}/`,
          found: `${answer.status} ${answer.location ?? "without a location"}`,
        };
      });
    },
  },
];
