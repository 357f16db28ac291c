import { defaultedGroup, field, wholeNumber } from "./field.ts";

/** How long tokens live. Never a secret: values come from sealed files or TF_VAR_*, active slots from the rotation file. */
export const secretsSchema = defaultedGroup(
  "How long tokens live. Secret values never stand in a configuration.",
  {
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
