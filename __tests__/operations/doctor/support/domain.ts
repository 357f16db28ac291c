import type { Session } from "../../../../operations/context/session.ts";
import type { TestPlatform } from "../../../support/platform.ts";
import { type Breakage, withConfig } from "./breakage.ts";

const zone = "staging.northlight.example";
const foreignAddress = "203.0.113.7";

const storeOf = ({ cloud }: TestPlatform) => cloud.digitalOcean.store;

/** The deployed app's own host. */
const ingressOf = (platform: TestPlatform) =>
  new URL(storeOf(platform).apps[0]!.default_ingress).host;

/** The zone's records as the account has them. */
const recordsOf = (platform: TestPlatform) => storeOf(platform).domains[0]!.records;

function managedElsewhere(session: Session): Session {
  return withConfig(session, ({ domain }) => {
    domain.zoneManagedBy = "elsewhere";
    domain.zone = "elsewhere.example";
    domain.appHost = "mam.elsewhere.example";
    domain.mediaHost = "elsewhere.example";
  });
}

/** Who the zone is delegated to, for as long as a breakage lasts. */
function delegatedTo(platform: TestPlatform, ...servers: string[]) {
  const { delegations } = storeOf(platform);
  const before = delegations[zone]!;
  delegations[zone] = servers;
  return () => (delegations[zone] = before);
}

/** Another app of the account with a host and its record, for as long as a breakage lasts. */
export function servedByAnother(platform: TestPlatform, host: string) {
  const { apps } = storeOf(platform);
  const records = recordsOf(platform);
  const [own] = records.filter(({ type }) => type === "CNAME");
  const [app] = apps;
  const id = "7d1b6c5e-0c5f-4a51-9d43-5a1f7c0a8e11";
  const spec = { ...app!.spec, name: "another-site", domains: [{ domain: host }] };
  apps.push({ ...app!, id, spec });
  const name = host.replace(`.${zone}`, "");
  records.push({ ...own!, id: 43, name, data: "another-site-ab12c.ondigitalocean.app" });
  return () => {
    apps.pop();
    records.pop();
  };
}

/** What can be wrong with names. */
export const domainBreakages: readonly Breakage[] = [
  {
    id: "zone-delegation",
    name: "a zone that somebody else's name servers have",
    breaks: (platform) => ({
      session: platform.session(),
      mend: delegatedTo(platform, "ns1.other.example", "ns2.other.example"),
    }),
    finds: [
      {
        resource: `the zone ${zone}`,
        expected: "ns1.digitalocean.com, ns2.digitalocean.com, ns3.digitalocean.com",
        found: "ns1.other.example, ns2.other.example",
        fix: "set the name servers ns1.digitalocean.com, ns2.digitalocean.com, ns3.digitalocean.com at the registrar, or in the zone above",
      },
    ],
  },
  {
    id: "zone-delegation",
    name: "a zone that is not delegated",
    breaks: (platform) => ({
      session: withConfig(platform.session(), ({ domain }) => (domain.zone = "nowhere.example")),
    }),
    finds: [{ resource: "the zone nowhere.example", found: "none: it is not delegated" }],
  },
  {
    id: "zone-delegation",
    name: "a zone that is to be managed elsewhere, and still is DigitalOcean's",
    breaks: (platform) => ({
      session: withConfig(platform.session(), ({ domain }) => (domain.zoneManagedBy = "elsewhere")),
    }),
    finds: [
      {
        resource: `the zone ${zone}`,
        expected: "other name servers, as domain.zoneManagedBy is elsewhere",
        found: "ns1.digitalocean.com, ns2.digitalocean.com, ns3.digitalocean.com",
        fix: expect.stringMatching(/A zone that moves elsewhere$/),
      },
    ],
  },
  {
    id: "host-records",
    name: "a record that somebody deleted, in a zone of the account",
    breaks: (platform) => {
      const records = recordsOf(platform);
      const position = records.findIndex(({ name, type }) => name === "mam" && type === "CNAME");
      const [record] = records.splice(position, 1);
      return { session: platform.session(), mend: () => records.push(record!) };
    },
    finds: [
      {
        resource: `the record of mam.${zone}`,
        expected: expect.stringMatching(/^CNAME mam-staging-.*\.ondigitalocean\.app$/),
        found: "missing",
        fix: expect.stringMatching(/^`doctl compute domain records create .*--record-name mam /),
      },
    ],
  },
  {
    id: "host-records",
    name: "hosts that lead elsewhere and nowhere, in a zone that is managed elsewhere",
    breaks: (platform) => {
      const { externalRecords, externalAddresses } = storeOf(platform);
      externalRecords["mam.elsewhere.example"] = "old.elsewhere.example";
      externalAddresses["elsewhere.example"] = [foreignAddress];
      return {
        session: managedElsewhere(platform.session()),
        mend: () => {
          delete externalRecords["mam.elsewhere.example"];
          delete externalAddresses["elsewhere.example"];
        },
      };
    },
    finds: [
      {
        resource: "mam.elsewhere.example",
        expected: expect.stringMatching(/^CNAME mam-staging-.*\.ondigitalocean\.app$/),
        found: "CNAME old.elsewhere.example",
        fix: expect.stringMatching(/^create the record mam\.elsewhere\.example CNAME mam-staging-/),
      },
      { resource: "elsewhere.example", expected: "A 162.159.140.98", found: "A 203.0.113.7" },
      { resource: "elsewhere.example", expected: "A 172.66.0.96" },
    ],
  },
  {
    id: "leftover-records",
    name: "an address of the server that was there before",
    breaks: (platform) => {
      const records = recordsOf(platform);
      const [own] = records.filter(({ name, type }) => name === "media" && type === "CNAME");
      records.push({ ...own!, id: 42, type: "A", data: foreignAddress });
      return { session: platform.session(), mend: () => records.pop() };
    },
    finds: [
      {
        resource: `media.${zone} A`,
        expected: "App Platform's own record",
        found: foreignAddress,
        fix: `\`doctl compute domain records delete ${zone} 42\``,
      },
    ],
  },
  {
    id: "hosts-free",
    name: "a host that another app of the account serves",
    breaks: (platform) => {
      const mend = servedByAnother(platform, `live.${zone}`);
      const session = withConfig(platform.session(), ({ domain }) => {
        domain.appHost = `live.${zone}`;
      });
      return { session, mend };
    },
    finds: [
      {
        resource: `live.${zone}`,
        expected: "a host that no other app has",
        found: "the app another-site (7d1b6c5e-0c5f-4a51-9d43-5a1f7c0a8e11) has it",
        fix: "choose another host; or take it from another-site first: https://cloud.digitalocean.com/apps/7d1b6c5e-0c5f-4a51-9d43-5a1f7c0a8e11/settings",
      },
    ],
  },
  {
    id: "certificate-authorities",
    name: "a host that allows one authority only, in a zone that allows both",
    breaks: (platform) => {
      const records = recordsOf(platform);
      const [authority] = records.filter(({ data }) => data === "letsencrypt.org");
      records.push({ ...authority!, id: 43, name: "mam" });
      return { session: platform.session(), mend: () => records.pop() };
    },
    finds: [
      {
        resource: `mam.${zone}`,
        expected: 'CAA 0 issue "pki.goog"',
        found: "only letsencrypt.org may",
        fix: `create the record mam.${zone} CAA 0 issue "pki.goog"`,
      },
    ],
  },
  {
    id: "certificate-authorities",
    name: "a zone elsewhere that allows neither authority",
    breaks: (platform) => {
      const { externalAuthorities, externalRecords } = storeOf(platform);
      externalAuthorities["elsewhere.example"] = ["digicert.com"];
      externalRecords["mam.elsewhere.example"] = ingressOf(platform);
      return {
        session: withConfig(
          managedElsewhere(platform.session()),
          ({ domain }) => (domain.mediaHost = "media.elsewhere.example"),
        ),
        mend: () => {
          delete externalAuthorities["elsewhere.example"];
          delete externalRecords["mam.elsewhere.example"];
        },
      };
    },
    finds: ["mam", "mam", "media", "media"].map((host) => ({
      resource: `${host}.elsewhere.example`,
      found: "only digicert.com may",
    })),
  },
];
