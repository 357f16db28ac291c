import { format, resolveConfig } from "prettier";

import { environments } from "../../../environments/index.ts";
import { environmentText } from "../../../operations/adopt/source-text.ts";

test.each(Object.entries(environments))(
  "the file of %s is written as prettier writes it",
  async (name, input) => {
    const text = environmentText({ ...input, name }, "Taken over from web-shop.");
    const options = await resolveConfig("environments/index.ts");

    expect(await format(text, { ...options, parser: "typescript" })).toBe(text);
    expect(text).toContain(`export const ${name}: EnvironmentInput = {`);
  },
);
