/* Whose device this is just now: a signed-in page says it, the shell remembers it. */

const NAME = "lien-hoan-user";

export const pageUser = () => document.documentElement.dataset.user ?? "";

export function currentUser() {
  if (pageUser()) return pageUser();
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return ""; // storage is blocked: nothing is kept here either
  }
}

export function remember(user) {
  try {
    if (user) localStorage.setItem(NAME, user);
    else localStorage.removeItem(NAME);
  } catch {
    // without storage nobody asks later
  }
}
