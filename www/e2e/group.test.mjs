// People who walk together, at a gate's camera: codes in turn, one answer for all and one for each, who is missing, who does not belong.
import assert from "node:assert/strict";
import { holder, paste, told } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { SAME_CODE_MS, answered, assertQuiet, hold, next, opened } from "./gates.mjs";
import { sound } from "./looks.mjs";
import { authority, serve, shot } from "./support.mjs";

test.describe.configure({ timeout: 180_000 });

const COLOURS = ["green", "green", "green", "yellow"];

for (const locale of ["zh-CN", "en"]) {
  test(`a family at the camera, ${locale}`, async ({ t }) => {
    const data = authority(t);
    const server = await serve(t, data);
    const short = locale.slice(0, 2);
    const people = COLOURS.map((colour) => holder(t, data, { colour }));
    const walk = (id, members) => members.map((person, index) => person.present("--group", `${id}/${index + 1}/${members.length}/乙${index + 2}*`));
    const family = walk("0001020304050607", people);
    const friends = walk("08090a0b0c0d0e0f", people.slice(0, 3));
    const stranger = holder(t, data).present();
    const gate = await opened(t, server.origin, locale);
    const { page, say } = gate;
    await server.stop();

    await hold(gate, ...family);
    const began = performance.now();
    const verdict = await answered(gate, "restricted", [say("reason-colour-yellow")], { beside: [say("group-have", { have: 4, of: 4 })] });
    t.diagnostic(`four codes in turn, from the camera's start to the answer: ${Math.round(performance.now() - began)} ms`);
    assert.equal(await verdict.locator(".members li").count(), 4);
    assert.equal(await verdict.locator(".members li.restricted").count(), 1);
    await sound(page, `group ${locale}`);
    await shot(page, `group-answer-${short}`);
    await hold(gate);
    await next(gate);

    // Two of three: who is missing is named, a stranger is not mixed in, and no whole group is no pass.
    await page.clock.fastForward(SAME_CODE_MS);
    for (const code of friends.slice(0, 2)) await paste(page, code);
    await page.locator(".gathering", { hasText: say("group-have", { have: 2, of: 3 }) }).filter({ hasText: "乙3*" }).waitFor();
    await sound(page, `gathering ${locale}`);
    await shot(page, `group-gathering-${short}`);
    await paste(page, stranger);
    await page.locator("main.verdict.cannot-tell").waitFor();
    await told(page, ".answer", "group-mixed");
    await next(gate);
    await page.getByRole("button", { name: say("group-close") }).click();
    const rest = await answered(gate, "cannot-tell", [say("reason-group-incomplete", { have: 2, of: 3 })], { beside: [say("group-not-read"), "乙3*"] });
    assert.equal(await rest.locator(".members li.pass").count(), 2);
    await shot(page, `group-incomplete-${short}`);
    await next(gate);
    assert.equal(await page.locator(".gathering").count(), 0);
    await paste(page, stranger);
    await page.locator("main.verdict.pass").waitFor();
    assertQuiet(server.origin, gate);
  });
}
