import { operationNamed } from "../../../conformance/attempts.ts";
import { fieldsIn } from "../../../conformance/mutations.ts";
import { validRequests } from "../../../conformance/requests.ts";
import type { Sensible } from "./edits.ts";

/** Values by the end of a field's name, where neither the description nor a valid request has one that fits what stands. */
const written: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [
    /instance_size_slug$/,
    ["apps-d-1vcpu-1gb", "apps-d-1vcpu-2gb", "apps-d-2vcpu-4gb", "apps-s-1vcpu-2gb"],
  ],
  [/^spec\.(services|workers|jobs)\[\]\.name$/, ["renamed"]],
  [/component\.name$/, ["api", "frontend"]],
  [/^(user|db)$/, ["doadmin", "defaultdb"]],
  [/^tag$/, ["issuewild"]],
  [/^flags$/, [128]],
  [/^spec\.region$/, ["ams"]],
  [/^size$/, ["db-s-2vcpu-4gb", "db-s-1vcpu-2gb", "gd-4vcpu-16gb"]],
  [/^num_nodes$/, [2, 3]],
  [/^storage_size_mib$/, [61_440, 122_880, 204_800]],
  [/^version$/, ["18", "9"]],
  [/^region$/, ["nyc1", "nyc3"]],
  [/^hour$/, ["14:00"]],
  [/^day$/, ["tuesday", "wednesday"]],
  [/registry_type$/, ["GHCR"]],
  [/\.http_path$/, ["/other"]],
  [/max_age$/, ["2h", "10s"]],
  [/minimum_tls_version$/, ["1.3", "1.2"]],
  [/^data$/, ["203.0.113.9", "ns9.example.com.", "letsencrypt.org.", "other.example.com."]],
  [/^target$/, ["https://other.example.com/"]],
  [/exact$/, ["https://other.example.com"]],
  [/redirect_code$/, [307]],
  [
    /alerts\[\]$/,
    [
      { rule: "DEPLOYMENT_LIVE" },
      { rule: "CPU_UTILIZATION", operator: "GREATER_THAN", value: 50, window: "FIVE_MINUTES" },
    ],
  ],
  [/envs\[\]$/, [{ key: "ADDED_BY_HAND", value: "1", scope: "RUN_TIME", type: "GENERAL" }]],
  [/^rules\[\]$/, [{ type: "ip_addr", value: "203.0.113.7", description: "office" }]],
  [/email(\[\])?$/, ["owner@rehearsal.example", ["owner@rehearsal.example"]]],
  [/slack\[\]$/, [{ url: "https://hooks.slack.com/services/T/B/x", channel: "alerts" }]],
];

/** Values that make sense in the fields of an operation: those of valid requests, and those that are written here. */
export function sensibleIn(operation: string): Sensible {
  const known = valuesOf(operation);
  return (pattern) => [
    ...written.flatMap(([end, values]) => (end.test(pattern) ? values : [])),
    ...(known.get(pattern) ?? []),
  ];
}

/** Where the valid requests of an operation are, when they are another one's: a specification is tried where it is sent first. */
const sameFields: Readonly<Record<string, string>> = { "PUT /v2/apps/{id}": "POST /v2/apps" };

function valuesOf(operation: string): ReadonlyMap<string, readonly unknown[]> {
  const values = new Map<string, unknown[]>();
  for (const request of validRequests) {
    const name = operationNamed(request);
    if (name !== operation && name !== sameFields[operation]) continue;
    for (const [field, value] of fieldsIn(request.body)) {
      // What names another world's resources is of no use here.
      if (JSON.stringify(value ?? null).includes("{") && /"\{\w+\}"/.test(JSON.stringify(value)))
        continue;
      const pattern = field.replace(/^\./, "");
      values.set(pattern, [...(values.get(pattern) ?? []), value]);
    }
  }
  return values;
}
