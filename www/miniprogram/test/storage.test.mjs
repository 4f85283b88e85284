// WeChat's storage: its limits, its faults, and what a kill leaves.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./load.mjs";

const MOST_A_KEY = 700_000;
const MOST_IN_ALL = 7_100_000;
let kept;
let fault;
let dieAt;

const answering = (name, work) => (options) => {
  if (fault?.[name] === "throws") throw new Error("not now");
  const result = fault?.[name] ?? work(options);
  if (result === "dead") return;
  setTimeout(() => (typeof result === "string" ? options.fail({ errMsg: `${name}:fail ${result}` }) : options.success({ errMsg: `${name}:ok`, ...result })));
};
const used = () => [...kept.values()].reduce((sum, value) => sum + value.length, 0);

globalThis.wx = {
  setStorage: answering("setStorage", ({ key, data, encrypt }) => {
    assert.equal(encrypt, true);
    if (dieAt === 0) return "dead";
    dieAt -= 1;
    if (data.length > MOST_A_KEY) return "data exceed max size";
    if (used() + data.length > MOST_IN_ALL) return "exceed storage max size";
    kept.set(key, data);
    return {};
  }),
  getStorage: answering("getStorage", ({ key, encrypt }) => {
    assert.equal(encrypt, true);
    return kept.has(key) ? { data: kept.get(key) } : "data not found";
  }),
  removeStorage: answering("removeStorage", ({ key }) => (kept.delete(key), {})),
  getStorageInfo: answering("getStorageInfo", () => ({ keys: [...kept.keys()], currentSize: Math.ceil(used() / 1024), limitSize: 10_240 })),
};
const { storage, sweep } = await load("wx/storage.ts");

beforeEach(() => {
  kept = new Map();
  fault = undefined;
  dieAt = Infinity;
});

const long = (letter, length = 1_500_000) => letter.repeat(length);

test("values come back as they were; a long one lies in parts", async () => {
  await storage.set("a/state.0", "1.abc");
  await storage.set("a/list", long("x"));
  assert.equal(await storage.get("a/state.0"), "1.abc");
  assert.equal(await storage.get("a/list"), long("x"));
  assert.equal(await storage.get("a/none"), undefined);
  assert.deepEqual((await storage.keys()).sort(), ["a/list", "a/state.0"]);
  assert.ok([...kept.values()].every((value) => value.length <= MOST_A_KEY));
});

test("what takes a long value's place leaves nothing of it", async () => {
  await storage.set("a/list", long("x"));
  await storage.set("a/list", long("y"));
  assert.equal(kept.size, 4);
  await storage.set("a/list", "short");
  assert.deepEqual([...kept.keys()], ["tongma/a/list"]);
  await storage.set("a/list", long("z"));
  await storage.remove("a/list");
  assert.equal(kept.size, 0);
});

test("what is too much is refused as full, and what was there stays", async () => {
  await storage.set("a/state", "1.abc");
  await assert.rejects(storage.set("a/list", long("x", 7_000_000)), { reason: "storage-full" });
  await storage.set("a/big", long("x", 6_000_000));
  await assert.rejects(storage.set("a/list", long("y", 1_200_000)), { reason: "storage-full" });
  assert.equal(await storage.get("a/state"), "1.abc");
  assert.equal(await storage.get("a/big"), long("x", 6_000_000));
});

test("each fault of WeChat's is one of ours", async () => {
  await storage.set("a/state", "1.abc");
  for (const [said, reason] of [["exceed storage max size", "storage-full"], ["data exceed max size", "storage-full"], ["system error", "storage-refused"], ["throws", "storage-refused"]]) {
    fault = { setStorage: said };
    await assert.rejects(storage.set("a/state", "2.def"), { reason }, said);
  }
  fault = { getStorage: "decrypt error" };
  await assert.rejects(storage.get("a/state"), { reason: "storage-refused" });
  fault = { getStorageInfo: "system error" };
  await assert.rejects(storage.keys(), { reason: "storage-refused" });
  fault = { removeStorage: "system error" };
  await assert.rejects(storage.remove("a/state"), { reason: "storage-refused" });
  fault = undefined;
  assert.equal(await storage.get("a/state"), "1.abc");
});

test("killed at each write of a long value: the former one or the new one, whole, and nothing over", async () => {
  for (let at = 0; at <= 4; at += 1) {
    kept = new Map();
    dieAt = Infinity;
    await storage.set("a/list", long("x"));
    dieAt = at;
    const write = storage.set("a/list", long("y"));
    await Promise.race([write, new Promise((resolve) => setTimeout(resolve, 50))]);
    dieAt = Infinity;
    await sweep();
    assert.equal(await storage.get("a/list"), long(at < 4 ? "x" : "y"), `write ${at}`);
    assert.equal(kept.size, 4, `write ${at}`);
  }
});
