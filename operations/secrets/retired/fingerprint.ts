import { scrypt } from "node:crypto";

/**
 * Cost of a fingerprint: 2^15 blocks of 8 × 128 bytes, three times over, which takes 32 MiB and about a quarter of a
 * second. Source: OWASP, Password Storage Cheat Sheet, where it is one of the settings of equal strength for scrypt.
 */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 ** 2 };

const bytes = 32;

/**
 * Fingerprint by which a retired value is remembered for good, in git. A plain hash of a short value is found by trying
 * all short values: billions in a second. Here each guess costs what is said above, and the salt lets nobody guess for
 * two environments at once.
 *
 * It is made from the SHA-256 of the value, because that is all that is known of a secret that was sealed: nobody can
 * read the value itself any more.
 *
 * @param digest SHA-256 of the value, as the sealed file has it.
 * @param salt of the environment's file, in hexadecimal digits.
 */
export function retiredFingerprint(digest: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(digest, Buffer.from(salt, "hex"), bytes, cost, (error, key) => {
      if (error) reject(error);
      else resolve(key.toString("hex"));
    });
  });
}
