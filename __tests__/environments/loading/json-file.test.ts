import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { readJsonFile } from "../../../environments/loading/json-file.ts";

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-json-"));
  file = join(directory, "staging.release.json");
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const schema = z.strictObject({
  images: z.record(z.string(), z.string()),
  list: z.array(z.looseObject({})).optional(),
});
const expected = "images";
const fix = "restore the file from git";
const read = (text: string, confidential = false) => {
  writeFileSync(file, text);
  return readJsonFile(file, { schema, expected, fix, confidential });
};

test("a byte order mark, which editors of Windows write, is no mistake", () => {
  expect(read('\uFEFF{ "images": { "api": "a" } }')).toEqual({
    value: { images: { api: "a" } },
    findings: [],
  });
});

test("a field that is there twice is named with its line, because only the last would count", () => {
  const text = '{\n  "images": {\n    "api": "a",\n    "edge": "b",\n    "api": "secret"\n  }\n}\n';

  for (const confidential of [false, true]) {
    expect(read(text, confidential)).toEqual({
      findings: [
        {
          file: `${file}:5:5`,
          path: "images.api",
          value: "there a second time",
          expected: "each field once",
          fix: "remove the one that is wrong; of two only the last would count",
        },
      ],
    });
  }
});

test("fields of several objects may have one name, and every duplicate is found at once", () => {
  const fine = '{ "images": { "list": "a" }, "list": [{ "a": 1 }, { "a": 2 }] }';
  const twice = '{ "images": {}, "images": {}, "list": [{ "a": 1, "b": 1, "a": 2 }] }';

  expect(read(fine)?.findings).toEqual([]);
  expect(read(twice)?.findings.map(({ path }) => path)).toEqual(["images", "list.0.a"]);
});

test.each(["<<<<<<< HEAD", "<<<<<<<"])(
  "a merge that nobody finished is named with its line, and the lines that take one side as a whole",
  (begin) => {
    const sides = '    "api": "a"\n||||||| base\n=======\n    "api": "b"\n>>>>>>> theirs';

    expect(read(`{\n  "images": {\n${begin}\n${sides}\n  }\n}\n`, true)).toEqual({
      findings: [
        {
          file: `${file}:3:1`,
          path: "",
          value: "a merge of git that was not finished",
          expected,
          fix: expect.stringContaining(`git checkout --ours -- ${file} or --theirs`),
        },
      ],
    });
  },
);

test.each(["", "\uFEFF", " \r\n"])("a file with nothing in it is empty: %j", (text) => {
  expect(read(text)?.findings).toEqual([{ file, path: "", value: "empty", expected, fix }]);
});

test("what cannot be read is a finding with the reason of the system, and no file is none", () => {
  expect(readJsonFile(file, { schema, expected, fix, confidential: false })).toBeUndefined();
  mkdirSync(file);

  expect(readJsonFile(file, { schema, expected, fix, confidential: false })?.findings).toEqual([
    {
      file,
      path: "",
      value: "not readable: EISDIR",
      expected,
      fix: `it is a directory: mv ${file} ${file}.directory, then git checkout -- ${file}`,
    },
  ]);
});
