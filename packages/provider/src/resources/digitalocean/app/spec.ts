import { appSpec, type AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { blocksOf, textsOf, type Plain, type PlainBlock } from "../../../engine/data.ts";
import {
  always,
  componentCors,
  env,
  functionComponent,
  job,
  many,
  named,
  one,
  oneUnlessEmpty,
  service,
  staticSite,
  worker,
} from "./component-fields.ts";
import { expandBlock, flattenBlock, isJson, type Fields } from "./mapping.ts";

const domainFields: Fields = {
  name: { kind: "value", api: "domain", always: true },
  ...named("type", "wildcard", "zone"),
};

const database = many("databases", {
  name: always,
  ...named("engine", "version", "production", "cluster_name", "db_name", "db_user"),
});

const ingressRule = many("rules", {
  match: oneUnlessEmpty({ path: one({ prefix: always }), authority: one({ exact: always }) }),
  component: oneUnlessEmpty(named("name", "preserve_path_prefix", "rewrite")),
  redirect: oneUnlessEmpty(named("uri", "authority", "port", "scheme", "redirect_code")),
  cors: componentCors,
});

/** The whole specification but its domains, which two attributes share. */
const specFields: Fields = {
  name: always,
  ...named(
    "region",
    "disable_edge_cache",
    "disable_email_obfuscation",
    "enhanced_threat_control_enabled",
    "features",
  ),
  service,
  static_site: staticSite,
  worker,
  job,
  function: functionComponent,
  database,
  env,
  // Where an alert goes to is no part of the specification: it is set, and never read, apart.
  alert: many("alerts", named("rule", "disabled")),
  ingress: oneUnlessEmpty({
    rule: ingressRule,
    secure_header: oneUnlessEmpty(named("key", "value")),
  }),
  egress: oneUnlessEmpty(named("type")),
  maintenance: oneUnlessEmpty(named("enabled", "archive", "offline_page_url")),
  vpc: oneUnlessEmpty(named("id")),
};

function domainsOf(spec: PlainBlock): readonly unknown[] {
  const blocks = blocksOf(spec.domain);
  if (blocks.length > 0) return blocks.map((block) => expandBlock(domainFields, block));
  return textsOf(spec.domains).map((domain) => ({ domain }));
}

/** Turns the `spec` block into an app specification. */
export function expandSpec(block: Plain): AppSpec {
  const [spec = {}] = blocksOf(block);
  const domains = domainsOf(spec);
  return appSpec.parse({
    ...expandBlock(specFields, spec),
    ...(domains.length === 0 ? {} : { domains }),
  });
}

/**
 * Turns an app specification into the `spec` block. The `domain` blocks are only read when some are
 * managed, the deprecated `domains` always.
 */
export function flattenSpec(spec: AppSpec, managesDomainBlocks: boolean): Plain {
  const domains = (spec.domains ?? []).filter(isJson);
  const names = domains.map(({ domain }) => (typeof domain === "string" ? domain : ""));
  return [
    {
      ...flattenBlock(specFields, spec),
      domains: names,
      domain: managesDomainBlocks
        ? domains.map((domain) => flattenBlock(domainFields, domain))
        : [],
    },
  ];
}
