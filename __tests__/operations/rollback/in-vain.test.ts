import { unlessInVain } from "../../../operations/rollback/in-vain.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";
import { entryOf, imagesOf } from "../ledger/entries.ts";

const session = aSession({ environment: anEnvironment(), project: "/", clients: {} });

const good = entryOf("1", { images: imagesOf("a"), settings: "a" });
const sameImages = entryOf("2", { result: "failed", images: imagesOf("a"), settings: "b" });

test("a rollback after a failure that no image is to blame for is refused, with what to take back", async () => {
  await expect(unlessInVain(session, [good, sameImages])).rejects.toThrow(
    /^Release 2 failed\. The images are those of release 1, [^]*then: mam deploy production\nOlder images all the same: mam rollback production <release>, of mam rollback production --list$/,
  );
});

test.each([
  ["nothing was released", []],
  ["what was released last runs", [sameImages, good]],
  ["an image is to blame", [good, { ...sameImages, images: imagesOf("b") }]],
  ["nothing ever ran", [sameImages]],
])("a rollback is not refused when %s", async (_, entries) => {
  await expect(unlessInVain(session, entries)).resolves.toBeUndefined();
});
