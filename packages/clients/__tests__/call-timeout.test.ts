import { WaitedTooLong, withTimeout } from "../src/call-timeout.ts";
import { AbortError } from "../src/abort.ts";

const never = () => new Promise<never>(() => undefined);

test("what is not answered names the platform, the call, and how long it was waited for", async () => {
  const waiting = withTimeout("Wasabi IAM: GetUser", { limitSeconds: 0.01 }, never);

  await expect(waiting).rejects.toThrow(WaitedTooLong);
  await expect(waiting).rejects.toThrow(
    "Wasabi IAM: GetUser got no answer within 0.01 seconds, which is as long as it is waited for",
  );
});

test("an interruption ends the wait, tells the call, and begins no further one", async () => {
  const controller = new AbortController();
  let given: AbortSignal | undefined;
  const options = { interruption: controller.signal };
  const waiting = withTimeout("Spaces: GetObject", options, (signal) => {
    given = signal;
    return never();
  });
  controller.abort();

  await expect(waiting).rejects.toThrow(AbortError);
  expect(given?.aborted).toBe(true);
  await expect(withTimeout("Spaces: PutObject", options, never)).rejects.toThrow(
    "interrupted: Spaces: PutObject was no longer waited for",
  );
});

test("an answer, and a refusal, are what the call came to", async () => {
  await expect(withTimeout("a", {}, () => Promise.resolve(1))).resolves.toBe(1);
  await expect(withTimeout("a", {}, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});
