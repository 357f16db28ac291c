import { imageByDigest } from "../../../constructs/app/image.ts";
import { production } from "../../../environments/production.ts";
import { anAppContext } from "../../support/app-context.ts";
import { changed } from "../../support/environments.ts";

const digest = `sha256:${"1".repeat(64)}`;

test("of an app that was made by hand no push deploys anything: the platform refuses that beside a digest", () => {
  const adopted = changed((draft) => {
    draft.state.adopted = { app: "web-shop" };
  }, production);

  expect(imageByDigest(anAppContext(adopted), "mam-api", digest)).toEqual({
    ...{ registryType: "DOCR", repository: "mam-api", digest },
    deployOnPush: [{ enabled: false }],
  });
  expect(imageByDigest(anAppContext(), "mam-api", digest)).not.toHaveProperty("deployOnPush");
});
