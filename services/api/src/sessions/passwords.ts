import { type ScryptOptions, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

import pLimit from "p-limit";

/**
 * Hashes at a time. Node computes them on its four threads, which also look up host names: with all four busy, opening
 * a connection to the database waits behind a queue of sign-ins, and fails.
 */
const atOnce = pLimit(2);

const compute = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const derive = (...parameters: Parameters<typeof compute>) => atOnce(() => compute(...parameters));

/**
 * Cost of a hash: N = 2^15, r = 8, p = 3, one of the settings that OWASP's password storage cheat sheet calls equal.
 * It takes 32 MiB and about a fifth of a second; with two at a time, sign-ins take 64 MiB at most, which the smallest
 * instance has. The sheet's first choice would take four times that.
 */
const cost = { logN: 15, r: 8, p: 3 };

const keyBytes = 32;

/** Shortest password that is taken, in characters (NIST SP 800-63B asks for 8, and 15 where there is no second factor). */
export const shortestPassword = 12;

function options({ logN, r, p }: typeof cost): ScryptOptions {
  const N = 2 ** logN;
  return { N, r, p, maxmem: 2 * 128 * N * r };
}

/** Hashes a password. The cost stands in the text, so that it can rise later while old hashes go on working. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize("NFC"), salt, keyBytes, options(cost));
  const { logN, r, p } = cost;
  return ["scrypt", logN, r, p, salt.toString("base64"), key.toString("base64")].join("$");
}

/** Hash of nothing that anybody knows: whoever names an unknown account waits as long as with a wrong password. */
const nobody = hashPassword(randomBytes(32).toString("base64"));

/**
 * Whether a password is the one that was hashed.
 *
 * @param hash undefined for an account that does not exist: it takes as long, and the answer is no.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, logN, r, p, salt = "", key = ""] = (hash ?? (await nobody)).split("$");
  const expected = Buffer.from(key, "base64");
  const derived = await derive(
    password.normalize("NFC"),
    Buffer.from(salt, "base64"),
    expected.length,
    options({ logN: Number(logN), r: Number(r), p: Number(p) }),
  );
  return timingSafeEqual(derived, expected) && hash !== undefined;
}
