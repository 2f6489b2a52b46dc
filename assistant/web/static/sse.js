// Server-sent events out of the body of an answer: `fetch` with a stream, as EventSource can neither POST nor send a header.

/** @typedef {import("../types.d.ts").ServerEvent} ServerEvent */

/**
 * The events of a text that comes in parts, which may end anywhere.
 * @param {AsyncIterable<string>} parts
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* events(parts) {
  let rest = "";
  for await (const came of parts) {
    const blocks = (rest + came).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) yield event;
    }
  }
}

/**
 * @param {string} block
 * @returns {ServerEvent | null} null for a comment
 */
const eventOf = (block) => {
  let event = "message";
  /** @type {string[]} */
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) event = line.slice(7);
    if (line.startsWith("data: ")) data.push(line.slice(6));
  }
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
};

/**
 * The text of a body as it comes. Without anything for `silence` milliseconds, `lost` is called, which should end it.
 * @param {ReadableStream<Uint8Array>} body
 * @param {number} silence
 * @param {() => void} lost
 * @returns {AsyncGenerator<string>}
 */
export async function* texts(body, silence, lost) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  try {
    for (;;) {
      timer = setTimeout(lost, silence);
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => {}); // it has ended already
  }
}
