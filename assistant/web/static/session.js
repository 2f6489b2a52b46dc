// Who is signed in, signing out, and what the page does when its session has ended.

import { make } from "./dom.js";

const SESSION = new URL("../api/session", import.meta.url);
const SIGN_IN = new URL("../sign-in", import.meta.url);

const leave = () => location.replace(SIGN_IN);

// Goes to the form, if the server no longer knows who this is.
export const leaveIfSignedOut = async () => {
  try {
    const { user, required } = await (await fetch(SESSION)).json();
    if (required && user === null) leave();
  } catch {
    // the server cannot be reached; whoever called says so
  }
};

export const account = async (root, { fail }) => {
  // A page that the browser kept, and shows again after its user signed out.
  addEventListener("pageshow", ({ persisted }) => persisted && leaveIfSignedOut());
  const { user, session } = await (await fetch(SESSION)).json();
  if (user === null) return;
  const signOut = async () => {
    try {
      const reply = await fetch(SESSION, { method: "DELETE" });
      if (!reply.ok) throw new Error("Signing out failed; try again.");
      leave();
    } catch (error) {
      fail(error);
    }
  };
  const place = root.querySelector(".dl-account");
  place.append(make("bdi", { class: "dl-account-name", text: user }));
  if (session) place.append(make("button", { type: "button", class: "dl-quiet-button dl-sign-out", text: "Sign out", on: { click: signOut } }));
  place.hidden = false;
};
