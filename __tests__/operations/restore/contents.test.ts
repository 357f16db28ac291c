import { ownContents } from "../../../operations/restore/database/contents.ts";

const own = [
  "; Archive created at 2026-11-29 00:00:03 UTC",
  "218; 1259 16386 TABLE public assets doadmin",
  "3412; 0 16386 TABLE DATA public assets doadmin",
  "3260; 2606 16395 FK CONSTRAINT public assets assets_id_fkey doadmin",
  "2; 3079 16390 EXTENSION - unaccent ",
  "3301; 0 0 ACL public TABLE assets doadmin",
  "3302; 0 0 COMMENT - EXTENSION unaccent ",
  "3303; 0 0 COMMENT public TABLE publication doadmin",
];
const platforms = [
  "3; 3079 16400 EXTENSION - pg_stat_statements ",
  "3420; 0 0 COMMENT - EXTENSION pg_stat_statements ",
  "3205; 3466 16420 EVENT TRIGGER - guard postgres",
  "3206; 6104 16421 PUBLICATION - everything postgres",
  "3207; 6106 16422 PUBLICATION TABLE public everything assets postgres",
  "3421; 0 0 COMMENT - PUBLICATION everything postgres",
  "3422; 0 0 COMMENT - EVENT TRIGGER guard postgres",
  "3423; 0 0 SECURITY LABEL - SUBSCRIPTION theirs postgres",
];

test("what the platform owns is left out of a restore, and said; everything else is restored", () => {
  expect(ownContents([...own, ...platforms].join("\n"))).toEqual({
    list: own.join("\n"),
    left: platforms,
  });
});
