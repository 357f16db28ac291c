import { z } from "zod";

import { defaultedGroup, field, wholeNumber } from "./field.ts";

const activeSlot = (key: string) =>
  field(z.enum(["A", "B"]).default("A"), {
    meaning: `Slot of the ${key} that new tokens are signed with. Both slots are accepted, so switching refuses nobody.`,
    unit: "slot",
  });

/** Which key slots are active, and how long tokens live. Never a secret: values come from sealed files or TF_VAR_*. */
export const secretsSchema = defaultedGroup(
  "Which key slots are active and how long tokens live. Secret values never stand in a configuration.",
  {
    active: defaultedGroup("Active slot of each signing key.", {
      edgeSigningKey: activeSlot("HMAC key of playback and share links"),
      jwtSecret: activeSlot("key of session tokens"),
      cookieSecret: activeSlot("key of signed cookies"),
    }),
    lifetimes: defaultedGroup("How long each kind of token is valid.", {
      accessTokenMinutes: field(wholeNumber(1, 120).default(15), {
        meaning: "Access token: how long a stolen one is useful.",
        unit: "minutes",
      }),
      refreshTokenDays: field(wholeNumber(1, 90).default(30), {
        meaning:
          "Refresh token: how long a person stays signed in, and how long an old key slot has to be kept.",
        unit: "days",
      }),
      shareLinkMinutes: field(wholeNumber(1, 1440).default(10), {
        meaning: "Playback and share links.",
        unit: "minutes",
      }),
      clockSkewSeconds: field(wholeNumber(0, 300).default(60), {
        meaning: "Tolerance for clocks that differ.",
        unit: "seconds",
      }),
      uploadUrlSeconds: field(wholeNumber(60, 3600).default(900), {
        meaning: "Presigned upload URLs: each part of an upload has to start within it.",
        unit: "seconds",
      }),
    }),
  },
);
