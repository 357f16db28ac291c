import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import { ApiError, wordsOf } from "../api/errors.ts";
import { Mark } from "../shell/icons.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { usePlatform } from "../shell/platform.ts";

/** What a refused sign-in is told. */
function refusalWords(error: unknown): string {
  if (error instanceof ApiError && error.status === 401)
    return "This address and this password do not belong together.";
  if (error instanceof ApiError && error.status === 429) {
    const seconds = error.retryAfterSeconds;
    return `Too many attempts. Try again ${seconds === undefined ? "in a minute" : `in ${seconds} s`}.`;
  }
  return wordsOf(error);
}

/** Lets a person sign in. */
export function SignInPage({ hasEnded }: { readonly hasEnded: boolean }) {
  usePageTitle("Sign in");
  return (
    <main class="sign-in">
      <SignInForm>
        <Mark />
        <h1 id="sign-in-title">{hasEnded ? "Your session has ended" : "Welcome back"}</h1>
        <p>
          {hasEnded
            ? "Sign in again. Uploads go on where they are."
            : "Sign in to the media library."}
        </p>
      </SignInForm>
    </main>
  );
}

function SignInForm({ children }: { readonly children: ComponentChildren }) {
  const { client } = usePlatform();
  const failure = useSignal<string | undefined>(undefined);
  const isAsking = useSignal(false);
  const submit = async (form: HTMLFormElement) => {
    const [email, password] = ["email", "password"].map((name) => new FormData(form).get(name));
    if (typeof email !== "string" || typeof password !== "string") return;
    isAsking.value = true;
    failure.value = undefined;
    try {
      await client.signIn(email, password);
    } catch (error) {
      failure.value = refusalWords(error);
    } finally {
      isAsking.value = false;
    }
  };
  return (
    <form
      class="sign-in-card"
      aria-labelledby="sign-in-title"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {children}
      <Field label="Email">
        <input class="input" name="email" type="email" autocomplete="username" required autofocus />
      </Field>
      <Field label="Password">
        <input
          class="input"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
      </Field>
      <p class="field-error" role="alert">
        {failure}
      </p>
      <button class="button button-primary button-wide" disabled={isAsking.value}>
        {isAsking.value ? "Signing in" : "Sign in"}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

function Field({ label, children }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      {children}
    </label>
  );
}
