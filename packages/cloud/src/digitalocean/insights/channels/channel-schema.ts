import { z } from "zod";

const secret = z.string().min(1).exactOptional();

/** Headers that a webhook may not set. Source: pydo 0.44.0. */
const reserved = /^(?:host|content-type|proxy-.*)$/i;
const mostHeaders = 20;

const isHttps = (value: string) => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return protocol === "https:" && username === "" && password === "";
};
const https = z.string().refine(isHttps, "must be an https URL without user information");

const emailSchema = z.strictObject({ to: z.string().min(1) });
const slackSchema = z.strictObject({
  channel: z.string().min(1),
  webhook_url: https.exactOptional(),
});
const webhookSchema = z
  .strictObject({
    url: https,
    basic_auth: z.strictObject({ username: z.string().min(1), password: secret }).exactOptional(),
    bearer_token: z.strictObject({ token: secret }).exactOptional(),
    headers: z
      .record(z.string(), z.string())
      .refine((all) => Object.keys(all).length <= mostHeaders, `at most ${mostHeaders} headers`)
      .refine(
        (all) => !Object.keys(all).some((name) => reserved.test(name)),
        "a header is reserved",
      )
      .exactOptional(),
    signature: z.strictObject({ secret }).exactOptional(),
  })
  .refine(({ basic_auth: basic, bearer_token: bearer }) => !basic || !bearer, {
    message: "basic_auth and bearer_token exclude each other",
  });

/** A notification channel as it is sent. Sources: godo 1.239.0, pydo 0.44.0. */
export const channelSchema = z
  .strictObject({
    name: z.string().min(1),
    email: emailSchema.exactOptional(),
    slack: slackSchema.exactOptional(),
    webhook: webhookSchema.exactOptional(),
  })
  .refine(
    ({ email, slack, webhook }) => [email, slack, webhook].filter(Boolean).length === 1,
    "exactly one of email, slack and webhook is needed",
  );

/** A notification channel as it is sent. */
export type SentChannel = z.infer<typeof channelSchema>;

/** Where a channel leads; one of the three. */
export type ChannelConfig = Omit<SentChannel, "name">;
