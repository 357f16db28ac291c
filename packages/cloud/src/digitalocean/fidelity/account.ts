import { type FidelityRow, reading } from "../../fidelity.ts";

const platform = "digitalocean";
const tests = "packages/cloud/__tests__/digitalocean";
const description = "DigitalOcean API description";

/** What is assumed about the API as a whole and about the smaller services. */
export const accountFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour: "A token may make 5000 requests an hour and 250 a minute; more are answered 429.",
    source: `${description}, shared/headers.yml`,
    lastVerified: reading.apiDescription,
    probe: "curl -i https://api.digitalocean.com/v2/account | grep ratelimit",
    test: `${tests}/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "A call needs its scope: without it 403. Fields that the API does not know are refused here; the real API may ignore them.",
    source: "docs.digitalocean.com/reference/api/scopes; strictness is the rehearsal's own",
    lastVerified: "never",
    probe: "curl -X POST .../v2/vpcs with a token that has vpc:read only",
    test: `${tests}/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "The scope is judged before what a call is about: a change of something that does not exist is 403 without it, and 404 with it.",
    source: "assumption",
    lastVerified: "never",
    probe:
      "curl -X PUT .../v2/vpcs/00000000-0000-0000-0000-000000000000 with a token that only reads",
    test: `${tests}/account/account.test.ts`,
  },
  {
    platform,
    behaviour:
      "GET /v2/account says whether the address is verified, and whether the account is active, warned or locked; no call lists the members of a team.",
    source: `${description}, account/models/account.yml`,
    lastVerified: reading.apiDescription,
    probe: "doctl account get",
    test: `${tests}/account/account.test.ts`,
  },
  {
    platform,
    behaviour:
      "What is no longer sold is refused to new resources: sizes and versions leave the lists, regions stay there as closed; an app keeps its region.",
    source: `${description}, apps/models/apps_region.yml (disabled) and regions/models/region.yml (available); that lists are shortened is an assumption`,
    lastVerified: "never",
    probe: "doctl apps tier instance-size list; doctl databases options versions",
    test: `${tests}/withdrawn.test.ts`,
  },
  {
    platform,
    behaviour: "Alerts can be sent to verified mail addresses of the team only.",
    source: `${description}, apps_assign_alertDestinations.yml; that monitoring and uptime do the same is an assumption`,
    lastVerified: "never",
    probe: "doctl monitoring alert create --emails stranger@example.org ...",
    test: `${tests}/monitoring/policy.test.ts`,
  },
  {
    platform,
    behaviour: "An uptime check that is not enabled asks nothing, and its alerts tell nobody.",
    source: `${description}, uptime/models/check.yml (enabled); that its alerts are silent is an assumption`,
    lastVerified: "never",
    probe: "doctl monitoring uptime update $CHECK --enabled=false, and take the target down",
    test: `${tests}/uptime/check.test.ts`,
  },
  {
    platform,
    behaviour:
      "An uptime check asks its target once a minute from each region, follows no redirection, waits ten seconds, and is up when the answer is 200 to 399. Here all regions see the same, and programs are asked once in two seconds at most.",
    source:
      "assumption: docs.digitalocean.com/products/uptime names no interval, no statuses and no patience",
    lastVerified: "never",
    probe:
      "a check of a target that writes down when and from where it is asked, and answers 301, 404, 429 and 503 in turn",
    test: `${tests}/uptime/uptime-timer.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "Checks of all regions ask a target fewer than 60 times a minute together, or from several addresses: service levels answer an address as often as that.",
    source: "assumption: four regions, once a minute each",
    lastVerified: "never",
    probe:
      "doctl apps logs $APP api --type run, and count the lines of /api/service-levels by minute",
    test: `${tests}/uptime/uptime-timer.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "An alert of an uptime check tells whom it names once, when its condition has held for its whole period, and once when a look finds it over; `down` and `down_global` differ by regions alone.",
    source: `${description}, uptime/models/alert.yml: "Period of time the threshold must be exceeded to trigger the alert"; that it does not repeat itself and is over with the first good look is an assumption`,
    lastVerified: "never",
    probe:
      "doctl monitoring uptime alert create $CHECK --type down_global --period 2m ..., and take the target down for an hour",
    test: `${tests}/uptime/judge.test.ts`,
  },
  {
    platform,
    behaviour: "An uptime check without regions is made from all four.",
    source: "assumption, on the strict side: a plan that leaves them out shows a change for ever",
    lastVerified: "never",
    probe: "curl -X POST .../v2/uptime/checks without regions",
    test: `${tests}/uptime/check.test.ts`,
  },
  {
    platform,
    behaviour: "An alert of an uptime check without a period, or with an empty one, is refused.",
    source: `${description}, uptime/models/alert.yml, lists 2m to 1h; that an empty one is refused is an assumption, on the strict side`,
    lastVerified: "never",
    probe: 'curl -X POST .../v2/uptime/checks/$ID/alerts with "period":""',
    test: `${tests}/uptime/check.test.ts`,
  },
  {
    platform,
    behaviour:
      "A record whose name is the whole zone without a final dot is a record below the zone.",
    source: "assumption: the name is stored as it is sent, as provider 2.99.1 sends it",
    lastVerified: "never",
    probe: "doctl compute domain records create example.org --record-name example.org ...",
    test: `${tests}/domains/domain.test.ts`,
  },
  {
    platform,
    behaviour: "A project with resources cannot be deleted: 412; names are unique.",
    source: `${description}, projects/responses/precondition_failed.yml; the 409 of a taken name is an assumption`,
    lastVerified: "never",
    probe: "doctl projects delete $PROJECT",
    test: `${tests}/projects/project.test.ts`,
  },
  {
    platform,
    behaviour:
      "Host names in records are written with a final dot and come back without it; records of one name and type share a TTL.",
    source: "terraform-provider-digitalocean 2.99.1, domain/resource_record.go",
    lastVerified: reading.digitalOceanProvider,
    probe:
      "doctl compute domain records create $ZONE --record-type CNAME --record-name x --record-data y",
    test: `${tests}/domains/domain.test.ts`,
  },
  {
    platform,
    behaviour: "A zone's name is unique, and deleting it deletes all of its records.",
    source: `${description}, domains/domains_delete.yml`,
    lastVerified: reading.apiDescription,
    probe: "doctl compute domain create $ZONE (twice)",
    test: `${tests}/domains/domain.test.ts`,
  },
];
