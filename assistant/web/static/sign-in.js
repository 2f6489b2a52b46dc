// Signing in: a name and a password, and what the server says of them.

import { findButton, findField, find } from "./dom.js";

const SESSION = "/api/session";
const form = /** @type {HTMLFormElement} */ (find("form"));
const said = find(".dl-error");
const password = findField("[name=password]");

const enter = () => location.replace("/");

// A link from another site brings no cookie: who is signed in need not do so again.
const look = async () => {
  const { user, required } = await (await fetch(SESSION)).json();
  if (user !== null || !required) enter();
};

/** What is wrong, or null for somebody who is signed in. */
const signIn = async () => {
  const body = JSON.stringify({ user: findField("[name=user]").value, password: password.value });
  try {
    const reply = await fetch(SESSION, { method: "PUT", headers: { "Content-Type": "application/json" }, body });
    return reply.ok ? null : String((await reply.json()).error);
  } catch {
    return "the server cannot be reached; try again.";
  }
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = findButton("[type=submit]");
  button.disabled = true;
  said.hidden = true;
  const wrong = await signIn();
  button.disabled = false;
  if (wrong === null) return enter();
  said.textContent = wrong.charAt(0).toUpperCase() + wrong.slice(1);
  said.hidden = false;
  password.select();
});

look().catch(() => {}); // the form is there, and says what is wrong when it is used
