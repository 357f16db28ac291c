import { defaultedGroup, field, wholeNumber } from "./field.ts";

/** Most GiB that a field accepts: a pebibyte. */
const pebibyte = 1_048_576;

const gib = (value: number, meaning: string) =>
  field(wholeNumber(0, pebibyte).default(value), { meaning, unit: "GiB" });

const share = (value: number, meaning: string) =>
  field(wholeNumber(0, 1000).default(value), { meaning, unit: "percent of masters" });

const assumptionsSchema = defaultedGroup(
  "How much the platform is used. Nothing but the estimate depends on it: put your own numbers here.",
  {
    mastersGib: gib(1024, "Masters that are stored, each in its newest version."),
    olderVersionsPercent: share(
      5,
      "Older versions of masters beside them, which are never deleted by themselves.",
    ),
    previewsPercent: share(10, "Previews, against the masters that they are made from."),
    uploadedGibMonth: gib(100, "Uploads in a month."),
    playedGibMonth: gib(
      200,
      "Previews that people play in a month: they leave Wasabi, and then App Platform.",
    ),
    dumpGib: gib(
      1,
      "Size of a database dump. One is made every night where `services.backup` is on.",
    ),
  },
);

/** What `mam cost` reckons with. */
export const costSchema = defaultedGroup("What the estimate of a month's cost reckons with.", {
  assumptions: assumptionsSchema,
});
