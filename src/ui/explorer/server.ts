/** An answer of the server's, or why there is none. */
export type Reply<T> =
  | { readonly state: 'ready'; readonly answer: T }
  | { readonly state: 'waiting'; readonly status: Waiting }
  | { readonly state: 'failed'; readonly message: string };

/** How far what was asked for is. */
export interface Waiting {
  readonly state: string;
  readonly stage?: string;
  readonly fraction?: number;
  readonly file?: string;
}

export type Question = Readonly<Record<string, string | number | undefined>>;

const PLACE = 'heapsleuth:token';
const FRAGMENT = /^#token=([\w-]+)$/;

/** Whether the address has one that has not been taken. */
export function hasToken(): boolean {
  return FRAGMENT.test(location.hash);
}

/** From the address, once: then it is kept for this tab alone, and the address is one that can be shown. */
export function takeToken(): string {
  const [, given] = FRAGMENT.exec(location.hash) ?? [];
  if (given !== undefined) {
    sessionStorage.setItem(PLACE, given);
    history.replaceState(null, '', '#/');
  }
  return sessionStorage.getItem(PLACE) ?? '';
}

export class Server {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  /** Never rejects but for an abort. */
  async ask<T>(name: string, question: Question, signal: AbortSignal): Promise<Reply<T>> {
    const given = Object.entries(question).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    );
    const query = new URLSearchParams(given).toString();
    try {
      const response = await fetch(`/api/${name}${query === '' ? '' : `?${query}`}`, {
        headers: { Authorization: `Bearer ${this.#token}` },
        ...{ signal, cache: 'no-store', credentials: 'omit', redirect: 'error' },
      });
      const body = await response.json();
      if (response.status === 200) return { state: 'ready', answer: body as T };
      if (response.status === 202) return { state: 'waiting', status: body as Waiting };
      return { state: 'failed', message: String(body.error?.message ?? response.status) };
    } catch (thrown) {
      signal.throwIfAborted();
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      return { state: 'failed', message: `the server does not answer (${why}): is it still running?` };
    }
  }
}
