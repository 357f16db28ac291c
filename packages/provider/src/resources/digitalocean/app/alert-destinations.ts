import type { z } from "zod";
import type { appAlert } from "@mam-infra/clients/digitalocean/apps";
import {
  blocksOf,
  textIn,
  textsOf,
  type PlainBlock,
  type ResourceData,
} from "../../../engine/data.ts";
import { attempt } from "../../../engine/failure.ts";
import type { DigitalOceanContext } from "../calls.ts";

type Alert = z.infer<typeof appAlert>;

/** Where the alerts of a rule are to go. */
interface Destination {
  readonly rule: string;
  readonly emails: readonly string[] | null;
  readonly slack_webhooks: readonly { readonly channel: string; readonly url: string }[] | null;
}

const COMPONENTS = ["service", "worker", "job", "function"];

function destinationOf(alert: PlainBlock): Destination {
  const blocks = blocksOf(alert.destinations);
  const emails = blocks.flatMap((block) => textsOf(block.emails));
  const slack = blocks.flatMap((block) =>
    blocksOf(block.slack_webhooks).map((webhook) => ({
      channel: textIn(webhook, "channel"),
      url: textIn(webhook, "url"),
    })),
  );
  return {
    rule: textIn(alert, "rule"),
    emails: emails.length === 0 ? null : emails,
    slack_webhooks: slack.length === 0 ? null : slack,
  };
}

function hasTarget({ emails, slack_webhooks: slack }: Destination): boolean {
  return emails !== null || slack !== null;
}

function appDestinations(spec: PlainBlock): readonly Destination[] {
  return blocksOf(spec.alert).map((alert) => {
    const destination = destinationOf(alert);
    // An alert of the app without destinations is cleared as soon as the first one has some.
    return hasTarget(destination)
      ? destination
      : { ...destination, emails: [], slack_webhooks: [] };
  });
}

function componentDestinations(spec: PlainBlock): readonly Destination[] {
  return COMPONENTS.flatMap((kind) => blocksOf(spec[kind]))
    .flatMap((component) => blocksOf(component.alert))
    .map(destinationOf)
    .filter(hasTarget);
}

function firstHasTarget([first]: readonly Destination[]): boolean {
  const count = (first?.emails ?? []).length + (first?.slack_webhooks ?? []).length;
  return count > 0;
}

/**
 * Sets where an app's alerts go to, as the provider does (2.99.1, app/resource_app.go,
 * syncAppAlertDestinations): only when the first alert of the app, or any of a component, has
 * destinations; and by rule alone, so that the last component's CPU destination is everyone's.
 */
export async function setAlertDestinations(
  data: ResourceData,
  { client }: DigitalOceanContext,
  appId: string,
): Promise<void> {
  const [spec = {}] = data.blocks("spec");
  const wanted = [appDestinations(spec), componentDestinations(spec)].filter(firstHasTarget).flat();
  if (wanted.length === 0) return;
  const doing = "Error updating alert destination";
  const { alerts } = await attempt(doing, () => client.call("listAppAlerts", { app_id: appId }));
  const pairs = wanted.flatMap((destination) =>
    (alerts ?? [])
      .filter((alert: Alert) => alert.spec.rule === destination.rule)
      .map((alert) => ({ alert, destination })),
  );
  for (const { alert, destination } of pairs) {
    const { emails, slack_webhooks: slack } = destination;
    const body = { emails: emails && [...emails], slack_webhooks: slack && [...slack] };
    await attempt(doing, () =>
      client.call("updateAppAlertDestinations", { app_id: appId, alert_id: alert.id }, { body }),
    );
  }
}
