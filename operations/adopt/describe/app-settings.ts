import { z } from "zod";

import type { Remark } from "../remark.ts";
import type { Standing } from "../standing.ts";

const specSettings = z.looseObject({
  egress: z.looseObject({ type: z.string().optional() }).optional(),
  disable_edge_cache: z.boolean().optional(),
  enhanced_threat_control_enabled: z.boolean().optional(),
  alerts: z.array(z.looseObject({ rule: z.string() })).optional(),
  domains: z
    .array(z.looseObject({ domain: z.string(), minimum_tls_version: z.string().optional() }))
    .optional(),
});

/** What becomes of settings of the whole app that the environment has no field for, or another value. */
export function appSettings({ app, slackChannels }: Standing): Remark[] {
  const spec = specSettings.parse(app.spec);
  const changed = (what: string, todo?: string): Remark => ({
    fate: "changed",
    about: `the app ${app.spec.name}`,
    what,
    ...(todo === undefined ? {} : { todo }),
  });
  const minimum = (spec.domains ?? []).find(({ minimum_tls_version: version }) => version);
  return [
    ...(spec.egress?.type === "DEDICATED_IP" ? [addresses] : []),
    ...(spec.disable_edge_cache === true ? [] : [changed(cdn, cdnFix)]),
    ...(spec.enhanced_threat_control_enabled === true ? [changed(threats)] : []),
    ...(minimum ? [changed(tls)] : []),
    ...(slackChannels.length === 0
      ? []
      : [changed(`its alerts are told to ${slackChannels.join(", ")} no more`, slackFix)]),
  ];
}

const addresses: Remark = {
  fate: "lost",
  about: "the dedicated egress addresses",
  what: "the environment has none: the app gives them back with the first deployment, and whoever knows it by them refuses it",
  todo: "let whoever knows the app by its address know it by something else first",
};

const cdn = "App Platform's CDN serves nothing of it any more";
const cdnFix =
  "services.edgeCache.enabled with a reason keeps it; a preview may then outlive its link";
const threats = "its enhanced threat control goes: the provider keeps it for nobody";
const tls = "its minimum TLS version goes: the provider cannot say it";
const slackFix =
  "alerting.recipients says who gets mail, mam dashboard deploy who is told by Insights (docs/alerts.md)";
