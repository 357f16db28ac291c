import fc from "fast-check";

import { type Page, compareNames, listPage } from "../../src/s3/listing.ts";

const names = (...keys: string[]) => keys.sort(compareNames);
const all = { prefix: "", delimiter: "", after: "", maxKeys: 1000 };

test("names are ordered by their bytes in UTF-8", () => {
  expect(names("\u{1F600}", "\uFFFD", "b", "B", "a/", "a")).toEqual([
    "B",
    "a",
    "a/",
    "b",
    "\uFFFD",
    "\u{1F600}",
  ]);
});

test("a delimiter groups what is below it", () => {
  const page = listPage(names("a/1", "a/2", "b", "c/d/1"), (name) => name, {
    ...all,
    delimiter: "/",
  });
  expect(page).toEqual({ items: ["b"], commonPrefixes: ["a/", "c/"], next: undefined });
});

test("a prefix looks below itself", () => {
  const page = listPage(names("a/", "a/1/x", "a/2", "b"), (name) => name, {
    ...all,
    prefix: "a/",
    delimiter: "/",
  });
  expect(page).toEqual({ items: ["a/", "a/2"], commonPrefixes: ["a/1/"], next: undefined });
});

test("a page of no names is empty and the last one", () => {
  expect(listPage(["a"], (name) => name, { ...all, maxKeys: 0 })).toEqual({
    items: [],
    commonPrefixes: [],
    next: undefined,
  });
});

test("the pages together are the whole listing, whatever their size", () => {
  const key = fc.string({ unit: fc.constantFrom("a", "b", "/"), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 30 }),
      fc.constantFrom("", "/"),
      fc.constantFrom("", "a", "a/"),
      fc.integer({ min: 1, max: 5 }),
      (keys, delimiter, prefix, maxKeys) => {
        const options = { ...all, delimiter, prefix };
        const sorted = names(...keys);
        const whole = listPage(sorted, (name) => name, options);
        const items: string[] = [];
        const prefixes: string[] = [];
        let after: string | undefined = "";
        while (after !== undefined) {
          const page: Page<string> = listPage(sorted, (name) => name, {
            ...options,
            after,
            maxKeys,
          });
          expect(page.items.length + page.commonPrefixes.length).toBeLessThanOrEqual(maxKeys);
          items.push(...page.items);
          prefixes.push(...page.commonPrefixes);
          after = page.next?.name;
        }
        expect(items).toEqual(whole.items);
        expect(prefixes).toEqual(whole.commonPrefixes);
      },
    ),
  );
});
