import type { ValidRequest } from "../valid-request.ts";
import { aRecord, policyOf, uptimeAlert } from "../world.ts";

const lists: readonly string[] = [
  "GET /v2/domains",
  "GET /v2/firewalls",
  "GET /v2/monitoring/alerts",
  "GET /v2/projects",
  "GET /v2/projects/{project}/resources",
  "GET /v2/regions",
  "GET /v2/sizes",
  "GET /v2/tags",
  "GET /v2/vpcs",
  "GET /v2/uptime/checks",
  "GET /v2/uptime/checks/{check}/alerts",
  "GET /v2/registries/rehearsal/repositories/api/tags",
  "GET /v2/registries/rehearsal/repositories/api/digests",
  "GET /v2/registry/rehearsal/repositories/api/tags",
  "GET /v2/registry/rehearsal/repositories/api/digests",
];

/** One request of each that takes nothing. */
const plain: readonly string[] = [
  "GET /v2/account",
  "GET /v2/domains/{domain}",
  "GET /v2/droplets/{droplet}",
  "DELETE /v2/droplets/{droplet}",
  "GET /v2/firewalls/{firewall}",
  "DELETE /v2/firewalls/{firewall}",
  "DELETE /v2/domains/{domain}",
  "GET /v2/domains/{domain}/records/{record}",
  "DELETE /v2/domains/{domain}/records/{record}",
  "GET /v2/monitoring/alerts/{policy}",
  "DELETE /v2/monitoring/alerts/{policy}",
  "GET /v2/projects/default",
  "GET /v2/projects/{project}",
  "DELETE /v2/projects/{project}",
  "GET /v2/registries",
  "GET /v2/registries/rehearsal",
  "DELETE /v2/registries/rehearsal",
  "GET /v2/registries/subscription",
  "GET /v2/tags/{tag}",
  "DELETE /v2/tags/{tag}",
  "GET /v2/vpcs/{vpc}",
  "DELETE /v2/vpcs/{emptyVpc}",
  "GET /v2/uptime/checks/{check}",
  "DELETE /v2/uptime/checks/{check}",
  "GET /v2/uptime/checks/{check}/state",
  "GET /v2/uptime/checks/{check}/alerts/{checkAlert}",
  "DELETE /v2/uptime/checks/{check}/alerts/{checkAlert}",
];

const page = { page: 1, per_page: 20 };

const records: readonly object[] = [
  { ...aRecord, name: "a" },
  { type: "AAAA", name: "aaaa", data: "2001:db8::7", ttl: 300 },
  { type: "CAA", name: "@", data: "letsencrypt.org.", flags: 0, tag: "issue", ttl: 300 },
  { type: "CNAME", name: "www", data: "example.com.", ttl: 300 },
  { type: "MX", name: "@", data: "mail.example.com.", priority: 10, ttl: 300 },
  { type: "NS", name: "sub", data: "ns1.digitalocean.com.", ttl: 300 },
  {
    type: "SRV",
    name: "_sip._tcp",
    data: "sip.example.com.",
    priority: 10,
    port: 5060,
    weight: 1,
    ttl: 300,
  },
  { type: "TXT", name: "@", data: "v=spf1 -all", ttl: 300 },
];

const check = {
  name: "media",
  type: "https",
  target: "https://media.example.com/health",
  regions: ["us_east", "eu_west"],
  enabled: true,
};

const project = {
  name: "media",
  description: "films",
  purpose: "Web Application",
  environment: "Staging",
};

const resources = {
  resources: [{ resource_id: "{pg}", resource_type: "database" }],
};

const machine = {
  name: "mam-gpu-2",
  region: "nyc1",
  size: "s-1vcpu-1gb",
  image: "ubuntu-24-04-x64",
  ssh_keys: [],
  backups: false,
  ipv6: false,
  private_networking: false,
  monitoring: true,
  tags: ["media"],
  user_data: "#cloud-config",
  vpc_uuid: "{vpc}",
};

const firewall = {
  name: "media",
  inbound_rules: [
    { protocol: "tcp", ports: "22", sources: { addresses: ["10.0.0.0/8"], tags: ["{tag}"] } },
  ],
  outbound_rules: [
    { protocol: "tcp", ports: "443", destinations: { addresses: ["0.0.0.0/0", "::/0"] } },
    { protocol: "udp", ports: "8000-9000", destinations: { addresses: ["203.0.113.0/24"] } },
  ],
  droplet_ids: [],
  tags: ["{tag}"],
};

/** Everything but apps and databases. */
export const otherRequests: readonly ValidRequest[] = [
  ...lists.map((call) => ({ call, query: page })),
  ...plain.map((call) => ({ call })),
  {
    call: "GET /v2/registries/rehearsal/repositoriesV2",
    query: { ...page, page_token: "token" },
  },
  { call: "GET /v2/registry/rehearsal/repositoriesV2", query: { ...page, page_token: "token" } },
  ...["registries", "registry"].map((base) => ({
    call: `DELETE /v2/${base}/rehearsal/repositories/api/digests/sha256:${"1".repeat(64)}`,
  })),
  {
    call: "POST /v2/registries",
    body: { name: "second", subscription_tier_slug: "professional", region: "fra1" },
  },
  { call: "POST /v2/registries/validate-name", body: { name: "second" } },
  {
    call: "GET /v2/domains/{domain}/records",
    query: { ...page, name: "other.example.com", type: "A" },
  },
  { call: "POST /v2/domains", body: { name: "example.org", ip_address: "203.0.113.7" } },
  ...records.map((body) => ({ call: "POST /v2/domains/{domain}/records", body })),
  ...["PUT", "PATCH"].map((method) => ({
    call: `${method} /v2/domains/{domain}/records/{record}`,
    body: { ...aRecord, data: "203.0.113.8" },
  })),
  { call: "POST /v2/monitoring/alerts", body: policyOf("{pg}") },
  { call: "PUT /v2/monitoring/alerts/{policy}", body: policyOf("{pg}") },
  {
    call: "GET /v2/monitoring/metrics/apps/restart_count",
    query: { app_id: "{app}", app_component: "api", start: "1795392000", end: "1795395600" },
  },
  { call: "POST /v2/projects", body: project },
  ...["PUT", "PATCH"].map((method) => ({
    call: `${method} /v2/projects/{project}`,
    body: { ...project, is_default: false },
  })),
  {
    call: "POST /v2/projects/{project}/resources",
    body: { resources: ["do:dbaas:{pg}"] },
  },
  { call: "POST /v2/droplets", body: machine },
  { call: "GET /v2/droplets", query: { ...page, tag_name: "{tag}" } },
  { call: "GET /v2/droplets", query: { ...page, name: "mam-gpu", type: "gpus" } },
  { call: "POST /v2/droplets/{droplet}/actions", body: { type: "shutdown" } },
  { call: "POST /v2/firewalls", body: firewall },
  { call: "PUT /v2/firewalls/{firewall}", body: { ...firewall, name: "other" } },
  {
    call: "GET /v2/registries/rehearsal/docker-credentials",
    query: { expiry_seconds: 3600, read_write: false },
  },
  { call: "POST /v2/tags", body: { name: "media" } },
  { call: "POST /v2/tags/{tag}/resources", body: resources },
  {
    call: "DELETE /v2/tags/{tag}/resources",
    body: resources,
    after: [{ call: "POST /v2/tags/{tag}/resources", body: resources }],
  },
  {
    call: "POST /v2/vpcs",
    body: { name: "media", region: "fra1", description: "films", ip_range: "10.77.0.0/20" },
  },
  ...["PUT", "PATCH"].map((method) => ({
    call: `${method} /v2/vpcs/{vpc}`,
    body: { name: "media", description: "films", default: true },
  })),
  { call: "GET /v2/vpcs/{vpc}/members", query: { ...page, resource_type: "dbaas" } },
  { call: "POST /v2/uptime/checks", body: check },
  { call: "PUT /v2/uptime/checks/{check}", body: check },
  { call: "POST /v2/uptime/checks/{check}/alerts", body: { ...uptimeAlert, name: "slower" } },
  { call: "PUT /v2/uptime/checks/{check}/alerts/{checkAlert}", body: uptimeAlert },
];
