// What lives in the memory of a page, of its worker and of the worker's WebAssembly module, counted exactly: the same on a busy machine as on a
// quiet one, which bytes in use are not.

/**
 * Kinds of nodes of a heap snapshot that are not the program's: compiled code and what V8 learns from running it, which come and go with the time
 * that the machine has to optimise, and made up all that the old count of bytes saw grow; what V8 hides; the browser's own objects. Nodes and
 * listeners of the document are counted by `Memory.getDOMCounters`.
 */
const NOT_COUNTED = new Set(["code", "hidden", "native", "synthetic", "object shape"]);

/**
 * Growth that is allowed, in blocks, and in bytes of each class. Measured over 2 048 codes: at most 14 more, texts that V8 makes
 * once, of 850 bytes; and of the module 0.9 KB, the list of the full parts of the log, which is meant to grow.
 */
const BLOCKS = 24;
const BYTES = 2048;
/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;
/** Pages that the module may have more: it needs one where what is free lies in pieces, and never gives it back. What stays in use is told by the blocks. */
const PAGES = 1;
/** The document is drawn anew with every code; nothing may be left of the one before. */
const DOCUMENT = 4;

/** Put before the text of a worker: keeps what `stored`, `hold` and `inUse` need. */
export const hook = `(${function () {
  const streaming = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...all) => {
    const made = await streaming(...all);
    // Nothing of the module has run yet: its allocator takes what lies behind.
    globalThis.module = { exports: made.instance.exports, first: made.instance.exports.memory.buffer.byteLength };
    return made;
  };
  // Between one write and the next the module waits for nothing else: no encryption and no transaction means that all is stored.
  globalThis.writing = 0;
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...all) {
    const transaction = begin.apply(this, all);
    globalThis.writing += 1;
    for (const end of ["complete", "abort"]) transaction.addEventListener(end, () => (globalThis.writing -= 1));
    return transaction;
  };
  const encrypt = SubtleCrypto.prototype.encrypt;
  SubtleCrypto.prototype.encrypt = function (...all) {
    globalThis.writing += 1;
    // A test may set what every write has to wait for.
    const sealed = encrypt.apply(this, all).then(async (bytes) => (await globalThis.storage, bytes));
    return sealed.finally(() => (globalThis.writing -= 1));
  };
}})();\n`;

/** Lets every write of a worker with the hook wait, until it is told to go on. */
export const hold = (worker) => worker.evaluate(() => {
  globalThis.storage = new Promise((resolve) => (globalThis.goOn = resolve));
});

export const goOn = (worker) => worker.evaluate(() => globalThis.goOn());

/** Waits until a worker with the hook has stored all that it had to. */
export const stored = (worker) => worker.evaluate(async () => {
  do await new Promise((resolve) => setTimeout(resolve)); while (globalThis.writing > 0);
});

/** What is in use of the memory of a worker's module. */
export const inUse = (worker) => worker.evaluate(chunks);

/** In the worker: goes through the chunks of the module's allocator (dlmalloc), the size of each in its head. */
function chunks() {
  const { exports: { memory }, first } = globalThis.module;
  const [words, end] = [new Uint32Array(memory.buffer), memory.buffer.byteLength];
  const used = { count: 0, bytes: 0 };
  for (let at = first, size; at < end; at += size) {
    const head = words[at / 4 + 1];
    size = head & ~7;
    if (size < 16 || at + size > end) throw new Error(`no chunk at ${at}: the module has another allocator`);
    if (head & 2) {
      used.count += 1;
      used.bytes += size;
    }
  }
  return { pages: end / 65_536, used };
}

/** Gives what measures a page and its worker, which has the hook. */
export async function inspect(page) {
  const inspector = await page.context().newCDPSession(page);
  const [worker] = page.workers();
  const inWorker = await sessionOfWorker(inspector);
  return async () => {
    await stored(worker);
    const { pages, used } = await inUse(worker);
    const classes = {
      ...(await objects("page", (method) => inspector.send(method, { reportProgress: false }), inspector)),
      ...(await objects("worker", inWorker.send, inWorker)),
      "module's blocks": used,
    };
    // The module's memory is a buffer of the worker, too; it is counted by its blocks.
    classes["worker: native system / JSArrayBufferData"].bytes -= pages * PAGE;
    await inspector.send("HeapProfiler.collectGarbage");
    const { nodes, jsEventListeners: listeners } = await inspector.send("Memory.getDOMCounters");
    return { pages, nodes, listeners, classes };
  };
}

/** The session of the page's only worker; Playwright has none, so it goes through the page's. */
async function sessionOfWorker(inspector) {
  const [answers, heard] = [new Map(), new Map()];
  let session;
  inspector.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker") session = sessionId;
  });
  inspector.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, error, method, params } = JSON.parse(message);
    if (id) answers.get(id)(error);
    else heard.get(method)?.(params);
  });
  await inspector.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const send = async (method) => {
    const id = answers.size + 1;
    const answered = new Promise((resolve) => answers.set(id, resolve));
    await inspector.send("Target.sendMessageToTarget", { sessionId: session, message: JSON.stringify({ id, method, params: { reportProgress: false } }) });
    const error = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
  };
  return { send, on: (event, work) => heard.set(event, work), off: (event) => heard.delete(event) };
}

/** How many objects of each class are alive, and their bytes. */
async function objects(place, send, session) {
  const chunks = [];
  const add = ({ chunk }) => chunks.push(chunk);
  session.on("HeapProfiler.addHeapSnapshotChunk", add);
  // Collects garbage before.
  await send("HeapProfiler.takeHeapSnapshot");
  session.off("HeapProfiler.addHeapSnapshotChunk", add);
  const { snapshot: { meta }, nodes, strings } = JSON.parse(chunks.join(""));
  const [type, name, size] = ["type", "name", "self_size"].map((field) => meta.node_fields.indexOf(field));
  const [kinds] = meta.node_types;
  const found = {};
  for (let at = 0; at < nodes.length; at += meta.node_fields.length) {
    const kind = kinds[nodes[at + type]];
    // The bytes of a buffer are the program's, though the browser holds them.
    const called = strings[nodes[at + name]];
    if (NOT_COUNTED.has(kind) && !called.includes("ArrayBufferData")) continue;
    // A string's name is its text.
    const each = (found[["object", "closure", "array", "native"].includes(kind) ? `${place}: ${kind} ${called}` : `${place}: ${kind}`] ??= { count: 0, bytes: 0 });
    each.count += 1;
    each.bytes += nodes[at + size];
  }
  if (!found[`${place}: string`]) throw new Error(`an empty snapshot of the ${place}`);
  return found;
}

/** What has grown by more than is allowed, and which classes have grown at all. */
export function leaks(before, after) {
  const found = Object.entries({ pages: PAGES, nodes: DOCUMENT, listeners: DOCUMENT })
    .filter(([kind, most]) => after[kind] - before[kind] > most)
    .map(([kind]) => `${kind}: ${before[kind]} to ${after[kind]}`);
  const grown = [];
  for (const [name, { count, bytes }] of Object.entries(after.classes)) {
    const was = before.classes[name] ?? { count: 0, bytes: 0 };
    const told = `${name}: ${was.count} to ${count}, ${was.bytes} to ${bytes} bytes`;
    if (count > was.count || bytes > was.bytes) grown.push(told);
    if (count - was.count > BLOCKS || bytes - was.bytes > BYTES) found.push(told);
  }
  return { found, grown };
}
