// Viewing as somebody else: a token of this tab alone, beside the session that stays in the cookie.
const KEY = "huiliu.view";

/** The token of the view that this tab is in; "" when it is in none. */
export function viewToken(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** From now on this tab works as the other person; everything is loaded anew. */
export function beginView(token: string): void {
  sessionStorage.setItem(KEY, token);
  window.location.assign("/");
}

/** Back to oneself. */
export function endView(): void {
  try {
    sessionStorage.removeItem(KEY);
  } finally {
    window.location.assign("/users");
  }
}
