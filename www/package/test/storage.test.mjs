// The wallet over a storage that fails, and a program that is killed in the middle of a write.
import assert from "node:assert/strict";
import { test } from "node:test";
import { core, folder, Phone, serve, storage } from "./phones.mjs";

/** Opens a wallet anew on what is stored, and gets to a code. */
async function again(origin, kept) {
  const phone = await (await Phone.at(origin, storage(kept))).open(await core("wallet"));
  const opened = phone.views.map(({ notices }) => notices).flat();
  const screen = await phone.code();
  await phone.machine.stop();
  return { screen, opened };
}

/** How many writes an application takes. */
async function writes(origin) {
  const held = storage();
  const phone = await (await Phone.at(origin, held)).open(await core("wallet"));
  await phone.code();
  await phone.machine.stop();
  return held.writes;
}

for (const fault of ["killed", "killed-after", "torn"]) {
  test(`${fault} at any write, the wallet goes on from what is stored`, async (t) => {
    const { origin } = await serve(t, folder(t));
    const all = await writes(origin);
    assert.ok(all >= 5, `${all} writes`);
    for (let at = 0; at < all; at += 1) {
      const held = storage(new Map(), (write) => (write === at ? fault : undefined));
      const phone = await Phone.at(origin, held);
      // Where it is killed while it opens, opening never ends.
      await Promise.race([phone.open(await core("wallet")).then(() => phone.code()), dead(held)]).catch(() => undefined);
      assert.ok(held.dead, `write ${at}`);
      const { screen, opened } = await again(origin, held.kept);
      assert.equal(screen.colour, "green");
      assert.deepEqual(opened.filter(({ code }) => code === "storage-damaged"), [], `write ${at}`);
    }
  });
}

const dead = async (held) => {
  while (!held.dead) await new Promise((done) => setTimeout(done, 2));
};

for (const fault of ["full", "refused"]) {
  test(`storage ${fault} at any write is told or made up for`, async (t) => {
    const { origin } = await serve(t, folder(t));
    const all = await writes(origin);
    for (let at = 0; at < all; at += 1) {
      const held = storage(new Map(), (write) => (write === at ? fault : undefined));
      const phone = await (await Phone.at(origin, held)).open(await core("wallet"));
      await phone.until(({ screen }) => screen.type !== "starting");
      if (phone.screen.type === "apply") phone.apply();
      // A fault in between may stop the application; then the person is told, and tries again.
      for (let tries = 0; tries < 3 && phone.screen.type !== "code"; tries += 1) {
        await phone.until(({ screen }) => screen.type !== "applying" || screen.waitingFor, "an end or a problem");
        if (phone.screen.type === "applying") phone.send("retry-asked");
        if (phone.screen.type === "apply") phone.apply();
        if (phone.screen.type === "blocked") break;
      }
      await phone.machine.stop();
      assert.equal((await again(origin, held.kept)).screen.colour, "green", `write ${at}`);
    }
  });
}

test("a storage that is full from the start keeps nothing half, and says so", async (t) => {
  const { origin } = await serve(t, folder(t));
  const held = storage(new Map(), () => "full");
  const phone = await (await Phone.at(origin, held)).open(await core("wallet"));
  await phone.until(({ screen, notices }) => screen.type !== "starting" && JSON.stringify([screen, notices]).includes("storage-full"), "the fault");
  assert.equal(held.kept.size, 0);
  await phone.machine.stop();
});

test("what was changed in the storage is found out", async (t) => {
  const { origin } = await serve(t, folder(t));
  const held = storage();
  const phone = await (await Phone.at(origin, held)).open(await core("wallet"));
  await phone.code();
  await phone.machine.stop();
  const names = [...held.kept.keys()];
  const changed = new Map(held.kept);
  for (const name of names.filter((name) => /\/state\./.test(name))) changed.set(name, changed.get(name).replace(/.$/, (last) => (last === "A" ? "B" : "A")));
  const reopened = await (await Phone.at(origin, storage(changed))).open(await core("wallet"));
  assert.ok(JSON.stringify(reopened.views).includes("storage-damaged"));
  assert.ok(changed.has("tongma-wallet/damaged"));
  await reopened.machine.stop();
  // Neither names, numbers nor keys are in the clear.
  const all = JSON.stringify([...held.kept]);
  const plain = [...held.kept.values()].map((value) => Buffer.from(value.slice(value.lastIndexOf(".") + 1), "base64url").toString("latin1")).join("");
  for (const secret of ["11010519491231002X", "13800138000"]) assert.ok(!all.includes(secret) && !plain.includes(secret), secret);
});

test("randomness that stays away for a while holds events up, and loses none", async (t) => {
  const { origin } = await serve(t, folder(t));
  const phone = await Phone.at(origin, storage());
  const { random } = phone.platform;
  let away = false;
  phone.platform.random = async (length) => {
    if (away) throw new Error("fail");
    return random(length);
  };
  await phone.open(await core("wallet"));
  away = true;
  // More events than there are seeds at hand.
  for (let letter = 0; letter < 80; letter += 1) phone.send({ "field-changed": { field: "address", value: "x".repeat(letter) } });
  assert.ok(phone.screen.address.value.length < 79);
  away = false;
  await phone.until(({ screen }) => screen.address?.value.length === 79, "the last letter");
  assert.equal((await phone.code()).colour, "green");
  await phone.machine.stop();
});

test("a wipe that is cut off is ended at the next opening", async (t) => {
  const { origin } = await serve(t, folder(t));
  for (const fault of [undefined, "killed", "killed-after"]) {
    const kept = new Map();
    let wiping = false;
    const held = storage(kept, () => (wiping ? fault : undefined));
    const phone = await (await Phone.at(origin, held)).open(await core("wallet"));
    await phone.code();
    phone.send({ room: { entered: { room: "data" } } });
    phone.send({ room: { data: "wipe-asked" } });
    await phone.until(({ screen }) => screen.room?.data?.wiping, "the question");
    // Whatever was to be written before is.
    await new Promise((done) => setTimeout(done, 50));
    wiping = true;
    phone.send({ room: { data: "wipe-confirmed" } });
    if (fault) {
      await dead(held);
      const { screen } = await (await Phone.at(origin, storage(kept))).open(await core("wallet")).then((phone) => phone.view);
      // Killed before the first write of it: nothing was wiped. After that: everything is.
      assert.equal(screen.type, fault === "killed" ? "code" : "apply");
    } else {
      await phone.until(({ screen }) => screen.type === "apply", "a new beginning");
      await phone.machine.stop();
    }
  }
});

test("a platform that does not answer refuses, after a while", async (t) => {
  const { origin } = await serve(t, folder(t));
  // Its seconds pass quickly.
  const later = (seconds, work) => {
    const timer = setTimeout(work, seconds * 10);
    return () => clearTimeout(timer);
  };
  const never = () => new Promise(() => undefined);
  await assert.rejects((await Phone.at(origin, storage(), { later, random: never })).open(await core("wallet")), { code: "no-secure-random" });
  for (const name of ["get", "set"]) {
    const phone = await (await Phone.at(origin, { ...storage(), [name]: never }, { later })).open(await core("wallet"));
    assert.match(JSON.stringify(phone.view), /storage-refused/, name);
    await phone.machine.stop();
  }
  const phone = await (await Phone.at(origin, storage(), { later, fetch: never })).open(await core("wallet"));
  phone.apply();
  await phone.until(({ screen }) => screen.waitingFor?.code === "offline", "that there is no network");
  await phone.machine.stop();
});

test("a storage like a mini-program's, with its limits, has room for wallet and gate", async (t) => {
  const { origin } = await serve(t, folder(t));
  const kept = new Map();
  const limited = storage(kept, (_, key, value) => {
    const all = [...kept].reduce((sum, [name, held]) => sum + (name === key ? 0 : held.length), value.length);
    return value.length > 700_000 || all > 7_100_000 ? "full" : undefined;
  });
  const wallet = await (await Phone.at(origin, limited)).open(await core("wallet"));
  await wallet.code();
  const gate = await (await Phone.at(origin, limited)).open(await core("verifier"), "verifier");
  await gate.until(({ bundle, status }) => bundle.state === "fresh" && status.state === "fresh", "trust data");
  await Promise.all([wallet.machine.stop(), gate.machine.stop()]);
  const again = await (await Phone.at(origin, limited, { fetch: async () => { throw new Error("offline"); } })).open(await core("verifier"), "verifier");
  await again.until(({ bundle, status }) => bundle.state === "fresh" && status.state === "fresh", "what was kept");
  await again.machine.stop();
});
