// Who is signed in, signing out, and what the page does when its session has ended.

import { find, make } from "./dom.js";

const SESSION = "/api/session";

const leave = () => location.replace("/sign-in");

const session = async () => (await fetch(SESSION)).json();

/** Goes to the form, if the server no longer knows who this is. */
export const leaveIfSignedOut = async () => {
  try {
    const { user, required } = await session();
    if (required && user === null) leave();
  } catch {
    // the server cannot be reached; whoever called says so
  }
};

/**
 * Shows who is signed in, with a way to sign out.
 * @param {(error: unknown) => void} fail
 */
export const account = async (fail) => {
  // A page that the browser kept, and shows again after its user signed out.
  addEventListener("pageshow", ({ persisted }) => persisted && leaveIfSignedOut());
  const { user, session: isSession } = await session();
  if (user === null) return;
  const signOut = async () => {
    const reply = await fetch(SESSION, { method: "DELETE" }).catch(() => null);
    if (reply?.ok) leave();
    else fail(new Error("Signing out failed; try again."));
  };
  const place = find(".dl-account");
  place.append(make("bdi", { class: "dl-account-name", text: user }));
  if (isSession) place.append(make("button", { type: "button", class: "dl-quiet-button dl-sign-out", text: "Sign out", on: { click: signOut } }));
  place.hidden = false;
};
