import { production } from "../../../../environments/production.ts";
import { pictureOf } from "../../../../operations/runbook/picture/picture.ts";
import { svgOf } from "../../../../operations/runbook/picture/svg.ts";
import { checked } from "../../../support/environments.ts";

test("an arrow to a box that there is not is no picture", () => {
  const picture = pictureOf(checked(production));
  const [arrow] = picture.arrows;

  expect(svgOf(picture)).toContain("<svg");
  expect(() => svgOf({ ...picture, arrows: [{ ...arrow!, to: "nowhere" }] })).toThrow(
    "the picture has no box nowhere",
  );
});
