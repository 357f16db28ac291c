import fc from "fast-check";
import { formatNumber, parseNumber, sameNumber } from "../../src/values/number.ts";
import { Decimal } from "../../src/values/value.ts";

test.each([
  ["42", 42],
  ["-0", 0],
  ["1.50", 1.5],
  ["9007199254740992", 9007199254740992n],
  ["9007199254740993", 9007199254740993n],
  ["1e+3", 1000],
  ["1.25e-3", 0.00125],
  ["1e30", 10n ** 30n],
  ["0.12345678901234567890123", new Decimal("0.12345678901234567890123")],
])("%s is read without losing a digit", (text, expected) => {
  expect(parseNumber(text)).toEqual(expected);
});

test("an integer of any size comes back as it was written", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (whole) => {
      expect(formatNumber(parseNumber(String(whole)))).toBe(String(whole));
    }),
  );
});

test("a fraction comes back as it was written, however small", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (fraction) => {
      const written = formatNumber(parseNumber(String(fraction)));
      expect(written).not.toMatch(/e/);
      expect(Number(written)).toBe(fraction === 0 ? 0 : fraction);
    }),
  );
});

test("numbers are equal by value, whichever way they are held", () => {
  expect(sameNumber(1.5, parseNumber("1.500"))).toBe(true);
  expect(sameNumber(9007199254740992n, parseNumber("9007199254740993"))).toBe(false);
});
