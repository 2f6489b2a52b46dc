// node --test tests/page
import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "../../assistant/web/static/markup.js";

const styles = (text, how) => pieces(text, { markdown: true, ...how }).map(({ text: part, styles: names }) => [part, names.join(" ")]);

test("marks are pieces that are not shown, and what stands between two of them has a style", () => {
  assert.deepEqual(styles("a *b* c"), [["a ", ""], ["*", "unseen"], ["b", "em"], ["*", "unseen"], [" c", ""]]);
  assert.deepEqual(styles("**b**"), [["**", "unseen"], ["b", "strong"], ["**", "unseen"]]);
  assert.deepEqual(styles("# T"), [["# ", "unseen"], ["T", ""]]);
  assert.deepEqual(styles("[a](b(c)d) e"), [["[", "unseen"], ["a", ""], ["](b(c)d)", "unseen"], [" e", ""]]);
  assert.deepEqual(styles("![a](b)"), [["![", "unseen"], ["a", ""], ["](b)", "unseen"]]);
  assert.deepEqual(styles("\\*a"), [["\\", "unseen"], ["*a", ""]]);
});

test("emphasis within emphasis, and within code none", () => {
  assert.deepEqual(styles("**a _b_ c**").find(([part]) => part === "b"), ["b", "em strong"]);
  assert.deepEqual(styles("`a *b* c`"), [["`", "unseen"], ["a *b* c", "code"], ["`", "unseen"]]);
  assert.deepEqual(styles("*a `b* c`").map(([, names]) => names), ["", "unseen", "code", "unseen"]);
});

test("what is no mark stays", () => {
  for (const text of ["2 * 3 * 4", "snake_case_name", "a_b", "[a] (b)", "[a](b c)", "[a](b", "#tag", "* item", "``"]) {
    assert.deepEqual(styles(text), [[text, ""]], text);
  }
});

test("a text that is no Markdown has what is marked, and no marks", () => {
  assert.deepEqual(pieces("a *b* c", { spans: [[2, 5, "mark"]] }), [
    { text: "a ", styles: [] },
    { text: "*b*", styles: ["mark"] },
    { text: " c", styles: [] },
  ]);
});

test("nothing is left out, whatever the text", () => {
  const letters = ["*", "**", "_", "`", "[", "](", ")", "\\", "#", " ", "\n", "a", "b c", "\u{1f1e6}"];
  let seed = 7;
  for (let round = 0; round < 3_000; round += 1) {
    let text = "";
    for (let n = 0; n < 14; n += 1) text += letters[(seed = (seed * 48_271) % 2_147_483_647) % letters.length];
    const made = pieces(text, { spans: [[1, Math.min(4, text.length), "mark"]], markdown: true });
    assert.equal(made.map((piece) => piece.text).join(""), text);
  }
});

test("time is linear in the length of the text", () => {
  for (const piece of ["*a ", "**a _b ", "`a`*b* ", "[a](b", "[a](", "(", "`", "# ", "\\", "_", "[", "!", "a*", "*a* "]) {
    const text = piece.repeat(100_000 / piece.length);
    const began = process.cpuUsage(); // so that nothing else on the machine counts
    pieces(text, { markdown: true });
    assert.ok(process.cpuUsage(began).user < 3_000_000, piece);
  }
});
