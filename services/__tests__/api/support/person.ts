import { account, pageOrigin } from "../../../local/api-variables.ts";

/** An answer of the api. */
export interface Answer<Body = never> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** How a request is sent. */
export interface Sending {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the signed-in token. */
  readonly token?: string;
}

/** A person with a browser: a cookie, a token, and the page's origin. */
export class Person {
  /** Base of the instance that is called; it may change, as a load balancer does. */
  url: string;
  token = "";
  /** The refresh cookie as `name=value`. */
  cookie = "";

  constructor(url: string) {
    this.url = url;
  }

  /** Signs in with the tests' account, or another password. */
  async signIn(password = account.password): Promise<Answer<{ accessToken: string }>> {
    return this.#keep(
      await this.call("POST", "/api/session", { body: { email: account.email, password } }),
    );
  }

  /** Refreshes the session by the cookie. */
  async refresh(): Promise<Answer<{ accessToken: string }>> {
    return this.#keep(await this.call("POST", "/api/session/refresh"));
  }

  /** Calls the api as the page does. */
  async call<Body>(method: string, path: string, sending: Sending = {}): Promise<Answer<Body>> {
    const { body, headers = {}, token = this.token } = sending;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        origin: pageOrigin,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text ? JSON.parse(text) : undefined) as Body,
    };
  }

  #keep<Body extends { accessToken: string }>(answer: Answer<Body>): Answer<Body> {
    const [cookie] = answer.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(";")[0] ?? "";
    if (answer.status === 200) this.token = answer.body.accessToken;
    return answer;
  }
}

/** Signs a person in at an instance. */
export async function signedIn(url: string): Promise<Person> {
  const person = new Person(url);
  await person.signIn();
  return person;
}
