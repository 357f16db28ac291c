import type { EffectRow, TypeEffects } from "../effect.ts";

const stays = (argument: string, means: string, always = true): EffectRow => ({
  argument,
  always,
  whole: true,
  kinds: ["removed", "emptied"],
  planned: "nothing",
  means,
});

const means = (argument: string, text: string): EffectRow => ({
  argument,
  kinds: ["removed"],
  planned: "in place",
  means: text,
});

/** The app. Everything in its spec is sent as a whole, and leads to one deployment. */
export const app: TypeEffects = {
  type: "digitalocean_app",
  replaced:
    "the app is deleted first: an outage, then another address and other certificates, and no sealed secret can be read any more",
  destroyed: "the app goes with its address, its certificates and the key of the sealed secrets",
  rows: [
    {
      argument: "project_id",
      planned: "replaced",
      drags: { digitalocean_project_resources: "updated" },
    },
    stays("spec.domain", "the app keeps its hosts"),
    stays("spec.ingress", "the app keeps its routes"),
    stays("spec.service.http_port", "the component keeps its port", false),
    stays("dedicated_ips", "nothing is taken away", false),
    { argument: "spec.features", planned: "nothing" },
    { argument: "spec.service.alert.destinations", planned: "nothing" },
    { argument: "spec.worker.alert.destinations", planned: "nothing" },
    { argument: "spec.service.env", kinds: ["respelled"], planned: "nothing" },
    { argument: "spec.ingress.rule.cors.allow_methods", kinds: ["respelled"], planned: "nothing" },
    { argument: "lifecycle", planned: "nothing" },
    {
      argument: "spec.vpc",
      kinds: ["removed"],
      planned: "in place",
      means: "the app leaves the network: it cannot reach the databases, and its deployment fails",
    },
    means(
      "spec.disable_edge_cache",
      "the CDN caches: a preview can be served after its link expired",
    ),
    means("spec.job.kind", "the job does not run before a deployment any more"),
    means("spec.service.env.scope", "the variable is there while images are built, too"),
    { argument: "*", planned: "in place" },
  ],
};
