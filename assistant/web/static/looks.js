// Light or dark, and the size of the text: set before anything is drawn, which is why this is no module.

/** @param {string} name what is remembered of the looks: "theme" or "size" */
const look = (name) => {
  try {
    return localStorage.getItem(`dateline-${name}`) ?? "";
  } catch {
    return ""; // a browser that remembers nothing
  }
};

for (const name of ["theme", "size"]) if (look(name)) document.documentElement.dataset[name] = look(name);
