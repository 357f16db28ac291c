import { readRange } from "../../src/s3/ranges.ts";

test.each([
  ["bytes=0-4", { first: 0, last: 4 }],
  ["bytes=5-", { first: 5, last: 9 }],
  ["bytes=8-100", { first: 8, last: 9 }],
  ["bytes=-3", { first: 7, last: 9 }],
  ["bytes=-30", { first: 0, last: 9 }],
])("%s of ten bytes", (header, range) => {
  expect(readRange(header, 10)).toEqual(range);
});

test.each([undefined, "bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b"])(
  "%s means the whole",
  (header) => {
    expect(readRange(header, 10)).toBeUndefined();
  },
);

test.each(["bytes=10-", "bytes=10-12", "bytes=-0"])(
  "%s of ten bytes cannot be satisfied",
  (header) => {
    expect(() => readRange(header, 10)).toThrow("The requested range is not satisfiable");
  },
);
