import type { Way } from "./way.ts";

/** A person signs out. */
export async function signOut({
  page,
  context,
  observer,
  statements,
  options,
}: Way): Promise<void> {
  const kept = await context.cookies();
  await statements.by(
    "whoever signs out sees nothing any more, neither by going back nor by loading again",
    async () => {
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Welcome back" }).waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: "Welcome back" }).waitFor();
      await page.goto(options.url);
      await page.getByRole("heading", { name: "Welcome back" }).waitFor();
      if ((await page.locator(".card, video").count()) > 0)
        throw new Error("the library can be seen");
    },
  );

  await statements.by(
    "a session is over once it was signed out, whoever kept its cookie",
    async () => {
      await context.addCookies(kept);
      await page.goto(options.url);
      await page.getByRole("heading", { name: "Welcome back" }).waitFor();
    },
  );
  observer.forgive(/401 .*\/api\/session\/refresh$/);
}
