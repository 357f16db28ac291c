import { z } from "zod";

/** Slack destinations of an alert; `null` means none. */
export const slackSchema = z
  .array(z.strictObject({ channel: z.string().min(1), url: z.url({ protocol: /^https$/ }) }))
  .nullable()
  .transform((list) => list ?? []);
