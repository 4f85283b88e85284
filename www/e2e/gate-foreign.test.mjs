// Passes of other systems at a gate, with the server killed: whose they are, only the document tells.
import assert from "node:assert/strict";
import { test } from "./fixtures.mjs";
import { issuers } from "./foreign.mjs";
import { answered, assertQuiet, hold, next, opened, picture } from "./gates.mjs";
import { authority, serve, shot } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });

for (const locale of ["zh-CN", "en"]) {
  test(`EU, SMART in several codes, NZ, ${locale}`, async ({ t }) => {
    const data = authority(t);
    const foreign = issuers(data);
    const server = await serve(t, data);
    const short = locale.slice(0, 2);
    const gate = await opened(t, server.origin, locale);
    const { page, say } = gate;
    await server.stop();
    const bound = [say("reason-foreign-not-bound"), say("remedy-foreign-not-bound")];
    const look = async (text) => {
      await page.locator("input[type=file]").setInputFiles({ name: "code.png", mimeType: "image/png", buffer: await picture(page, text) });
    };

    await hold(gate, foreign.eu());
    await answered(gate, "restricted", bound, {
      beside: ["Gabriele Musterfrau", "1998-02-26", "2026-05-01", "2/2", say("verdict-format-eu-dcc"), say("kind-vaccination")], name: `foreign-eu-${short}`,
    });
    await hold(gate);
    await next(gate);
    await look(foreign.nz());
    await answered(gate, "restricted", bound, { beside: ["Jack Sparrow", "1960-04-16", say("verdict-format-nzcp")], name: `foreign-nz-${short}` });
    await next(gate);

    // A card in three codes, in any order: how far it is, is said while the rest is awaited.
    const [first, second, third] = foreign.smart(3);
    const gathered = (have, of) => page.locator(".notice[role=status]", { hasText: say("reason-more-parts", { have, of }) }).waitFor();
    await look(second);
    await gathered("1", "3");
    await shot(page, `foreign-parts-${short}`);
    await look(first);
    await gathered("2", "3");
    await look(third);
    await answered(gate, "restricted", bound, { beside: ["John B. Anyperson", "1951-01-20", say("verdict-format-smart")], name: `foreign-smart-${short}` });
    await next(gate);

    // The next person's card comes before all codes of the last one were read.
    const others = foreign.smart(2, "Otherperson");
    await look(first);
    await gathered("1", "3");
    await look(others[0]);
    await answered(gate, "invalid", [say("reason-parts-mixed"), say("remedy-parts-mixed")], { absent: ["person"], name: `foreign-mixed-${short}` });
    await next(gate);
    await look(others[1]);
    await answered(gate, "restricted", bound, { beside: ["John B. Otherperson"] });
    await next(gate);

    // One sign of the signature in another's place.
    const forged = foreign.smart()[0].replace(/..(?=.{40}$)/, (sign) => (sign === "52" ? "53" : "52"));
    await look(forged);
    const verdict = await answered(gate, "invalid", [say("reason-bad-signature"), say("remedy-bad-signature")], { absent: ["person"] });
    assert.equal(await verdict.locator(".shown").count(), 0);
    assertQuiet(server.origin, gate);
  });
}
