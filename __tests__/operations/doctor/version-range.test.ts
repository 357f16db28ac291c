import { isWithin } from "../../../operations/doctor/version-range.ts";

test.each([
  ["20.19.0", true],
  ["20.20.2", true],
  ["22.9.0", true],
  ["20.9.0", false],
  ["18.20.4", false],
  ["23.0.0", false],
  ["24.1.0", false],
])("Node.js %s lies in >=20.19 <23: %s", (version, expected) => {
  expect(isWithin(version, ">=20.19 <23")).toBe(expected);
});

test("a range of another form is refused, because it would count as fulfilled", () => {
  expect(() => isWithin("20.0.0", "^20.19")).toThrow(/\^20\.19: only >= and < are read/);
});
