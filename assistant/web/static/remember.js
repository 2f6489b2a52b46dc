// What is remembered in the browser: for good (localStorage) or as long as the tab (sessionStorage). One that keeps
// nothing is no fault: then it lasts as long as the page.

/**
 * What is remembered under a name; if nothing is, what `make` gives, which is then remembered.
 * @param {() => Storage} store a function, as a browser may refuse even to name it
 * @param {string} name
 * @param {() => string} make
 */
export const remembered = (store, name, make) => {
  const found = recall(store, name);
  if (found !== null) return found;
  const made = make();
  remember(store, name, made);
  return made;
};

/** @param {() => Storage} store @param {string} name */
export const recall = (store, name) => {
  try {
    return store().getItem(name);
  } catch {
    return null;
  }
};

/** @param {() => Storage} store @param {string} name @param {string | null} value null forgets it */
export const remember = (store, name, value) => {
  try {
    if (value === null) store().removeItem(name);
    else store().setItem(name, value);
  } catch {
    // as above
  }
};
