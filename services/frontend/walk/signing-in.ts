import type { Way } from "./way.ts";

/** A person comes to the page, mistypes the password, and signs in by keyboard. */
export async function signIn({ page, observer, statements, options }: Way): Promise<void> {
  await statements.by(
    "whoever is not signed in is asked who they are, and sees nothing else",
    async () => {
      await page.goto(options.url);
      await page.getByRole("heading", { name: "Welcome back" }).waitFor();
      if ((await page.locator(".card").count()) > 0) throw new Error("the library can be seen");
    },
  );
  await observer.examine(page, "sign in");

  await statements.by("a wrong password is refused in words", async () => {
    await page.getByLabel("Email").fill(options.email);
    await page.getByLabel("Password").fill(`${options.password}-mistyped`);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "do not belong together" }).waitFor();
  });
  observer.forgive(/401 .*\/api\/session$/);

  await statements.by("a person signs in by keyboard alone", async () => {
    await page.reload();
    await page.getByLabel("Email").waitFor();
    await page.keyboard.type(options.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(options.password);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sign out" }).waitFor();
  });
}
