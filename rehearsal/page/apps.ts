import type { App, Deployment } from "@mam-infra/cloud/digitalocean/apps/model";
import type { Manifest } from "@mam-infra/cloud/digitalocean/registry/model";
import type { Store } from "@mam-infra/cloud/digitalocean/store";
import { type Html, lines, section, state } from "./html.ts";

/** Deployments that the page shows of an app. */
const newest = 10;

/** The apps: what runs, under which names. */
export function appsSection({ apps, registries }: Store): Html {
  const tags = new Map(
    registries.flatMap(({ repositories }) =>
      repositories.flatMap(({ manifests }) =>
        manifests.map((manifest) => [manifest.digest, manifest.tags] as const),
      ),
    ),
  );
  const rows = apps.map((app) => {
    const active = app.deployments.find(({ id }) => id === app.active_deployment);
    return [
      app.spec.name,
      lines([
        ...app.domains.map(({ spec, phase }) => `${spec.domain} (${phase})`),
        app.default_ingress,
      ]),
      active ? lines(imagesOf(active, tags)) : "nothing runs",
      app.pinned_deployment === undefined ? "no" : state("yes", "bad"),
    ];
  });
  const columns = ["App", "Hosts", "Images that run", "Pinned"];
  return section("Apps", columns, rows, "No app yet: mam deploy makes one.");
}

function imagesOf({ digests }: Deployment, tags: ReadonlyMap<string, readonly string[]>): string[] {
  return Object.entries(digests).map(([component, digest]) => {
    const names = tags.get(digest) ?? [];
    const tagged = names.length > 0 ? ` (${names.join(", ")})` : "";
    return `${component}: ${digest.replace("sha256:", "").slice(0, 12)}${tagged}`;
  });
}

/** The newest deployments of every app. */
export function deploymentsSection({ apps }: Store): Html {
  const rows = apps.flatMap((app) =>
    app.deployments
      .slice(-newest)
      .reverse()
      .map((deployment) => deploymentRow(app, deployment)),
  );
  const columns = ["App", "Deployment", "Cause", "Phase", "Begun"];
  return section("Deployments", columns, rows, "No deployment yet.");
}

function deploymentRow(app: App, { id, cause, phase, created_at }: Deployment) {
  return [
    app.spec.name,
    `${id.slice(0, 8)}${id === app.active_deployment ? " (active)" : ""}`,
    cause,
    state(phase, phaseKind(phase)),
    created_at,
  ];
}

function phaseKind(phase: Deployment["phase"]): "good" | "bad" | "busy" {
  if (phase === "ACTIVE" || phase === "SUPERSEDED") return "good";
  return phase === "ERROR" || phase === "CANCELED" ? "bad" : "busy";
}

/** Images that a release can name. */
export function imagesSection({ registries }: Store): Html {
  const rows = registries.flatMap(({ repositories }) =>
    repositories.flatMap(({ name, manifests }) =>
      manifests.map((manifest) => [
        name,
        manifest.tags.join(", "),
        manifest.digest,
        behaviourOf(manifest),
      ]),
    ),
  );
  const columns = ["Repository", "Tags", "Digest", "Behaviour"];
  return section("Images", columns, rows, "The registry is empty.");
}

function behaviourOf({ healthy, migration }: Manifest): Html {
  if (migration === "fails") return state("its migration fails", "bad");
  return healthy ? state("starts", "good") : state("never gets healthy", "bad");
}
