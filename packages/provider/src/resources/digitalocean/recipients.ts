import type { z } from "zod";
import type { recipients } from "@mam-infra/clients/digitalocean/monitoring";
import { blocksOf, textIn, textsOf, type Plain } from "../../engine/data.ts";

type Recipients = z.infer<typeof recipients>;

/** Turns the one block of recipients into what the API takes: an absent list is null, never empty. */
export function recipientsOf(block: Plain): Recipients {
  const [first = {}] = blocksOf(block);
  const email = textsOf(first.email);
  const slack = blocksOf(first.slack).map((channel) => ({
    url: textIn(channel, "url"),
    channel: textIn(channel, "channel"),
  }));
  return {
    email: email.length === 0 ? null : [...email],
    slack: slack.length === 0 ? null : slack,
  };
}

/** Turns the API's recipients into the one block. */
export function recipientsBlock({ email, slack }: Recipients): Plain {
  return [
    {
      email: (email ?? []).filter((address) => address !== ""),
      slack: (slack ?? []).map(({ url, channel }) => ({ url, channel })),
    },
  ];
}

/** A difference of letters' case only. */
export function differsOnlyInCase(old: string, wanted: string): boolean {
  return old.toLowerCase() === wanted.toLowerCase();
}
