import { spacesPlace } from "../../../operations/state-place/spaces-place.ts";
import { openBucket } from "../../support/recorded/bucket.ts";

const state = '{"version":4,"serial":3,"lineage":"a"}';

/** A bucket in memory, with a state of another's in it. */
function placeWith(standing?: string) {
  const journal = { file: "", note: () => undefined, lines: () => [] };
  const bucket = openBucket(journal as never, () => "");
  if (standing !== undefined) bucket.objects.set("staging-app.tfstate", standing);
  const place = spacesPlace(() => bucket.client(new AbortController().signal), "states");
  return { place, objects: bucket.objects };
}

test("a state is written where there is none, and one that stands is left as it is", async () => {
  const { place, objects } = placeWith();
  await place.create("staging-app", state);
  expect(objects.get("staging-app.tfstate")).toBe(state);

  const theirs = placeWith("theirs");
  await expect(theirs.place.create("staging-app", state)).rejects.toThrow(
    "the Spaces bucket states has a state of staging-app by now, which was left as it is: somebody else writes there\n  fix: see who works there, then the same line again; mam state show <environment> lists what is there",
  );
  expect(theirs.objects.get("staging-app.tfstate")).toBe("theirs");
});

test("what is written over is what was looked at, and nothing that came since", async () => {
  const { place, objects } = placeWith("spoiled");
  await expect(place.overwrite("staging-app", state, "spoiled before")).rejects.toThrow(
    "the Spaces bucket states has a state of staging-app by now, which was left as it is",
  );
  expect(objects.get("staging-app.tfstate")).toBe("spoiled");

  await place.overwrite("staging-app", state, "spoiled");
  expect(objects.get("staging-app.tfstate")).toBe(state);
});
