// Signing in: a name and a password, and what the server says of them.

const SESSION = "/api/session";
const form = document.querySelector("form");
const said = form.querySelector(".dl-error");

const dark = matchMedia("(prefers-color-scheme: dark)");
const coloured = () => document.documentElement.classList.toggle("dark", dark.matches);
dark.addEventListener("change", coloured);
coloured();

const enter = () => location.replace("/");

// A link from another site brings no cookie: who is signed in need not do so again.
const look = async () => {
  const { user, required } = await (await fetch(SESSION)).json();
  if (user !== null || !required) enter();
};

const signIn = async () => {
  const { user, password } = Object.fromEntries(new FormData(form));
  const body = JSON.stringify({ user, password });
  const reply = await fetch(SESSION, { method: "PUT", headers: { "Content-Type": "application/json" }, body });
  const document = await reply.json();
  if (!reply.ok) throw new Error(document.error);
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  said.hidden = true;
  try {
    await signIn();
    enter();
  } catch (error) {
    const line = error instanceof TypeError || error instanceof SyntaxError ? "the server cannot be reached; try again." : error.message;
    said.textContent = line.charAt(0).toUpperCase() + line.slice(1);
    said.hidden = false;
    form.elements.password.select();
  } finally {
    button.disabled = false;
  }
});

look().catch(() => {}); // the form is there, and says what is wrong when it is used
