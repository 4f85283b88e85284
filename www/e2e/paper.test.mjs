// Paper codes: printed as a person would print them, read off the print, and judged at a gate in both languages.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { read } from "./codes.mjs";
import { text } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { assertQuiet, setUp } from "./gates.mjs";
import { sound } from "./looks.mjs";
import { authority, browser, folder, kept, pictures, serve, shot, tongma, tried } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });

const NUMBER = "11010519491231002X";

/** A paper code of this authority, for the person with this number. */
function issue(t, data, number = NUMBER) {
  const claims = join(folder(t), "claims.json");
  writeFileSync(claims, JSON.stringify({ name: "甲乙丙", document: { kind: "id-card", number }, region: "360102" }));
  return JSON.parse(tongma("--json", "paper", "issue", "--authority", data, "--claims", claims));
}

for (const locale of ["zh-CN", "en"]) {
  test(`a paper code at a gate, ${locale}`, async ({ t }) => {
    test.setTimeout(180_000);
    const data = authority(t);
    const [green, yellow, red, lost] = ["11010519491231002X", "110105194912310038", "110105194912310046", "110105194912310054"].map((number) => issue(t, data, number));
    const status = (number, ...words) => tongma("authority", "status", data, "--document", number, "--by", "office", "--why", "test", ...words);
    status("110105194912310038", "--risk-area", "medium");
    status("110105194912310046", "--status", "close-contact");
    tongma("paper", "lost", "--authority", data, lost.serial);
    const short = locale.slice(0, 2);
    const server = await serve(t, data);
    const gate = { ...(await browser(t, { locale })), say: (id, args) => text(locale, id, args) };
    const { page, say } = gate;
    await page.goto(`${server.origin}/verifier/`);
    await page.locator(".light.fresh").nth(1).waitFor();
    await kept(page);
    await server.stop();

    /** Pastes a text; what the screen then says has all of this, and nothing of that. */
    const judge = async (issued, outcome, has, lacks, name) => {
      await page.getByRole("button", { name: say("scan-paste"), exact: true }).click();
      await page.locator("textarea").fill(issued.paper);
      await page.getByRole("button", { name: say("scan-paste-read"), exact: true }).click();
      const verdict = page.locator(`main.verdict.${outcome}`);
      await verdict.waitFor();
      const told = await verdict.textContent();
      for (const part of has) assert.ok(told.includes(part), `${told} lacks ${part}`);
      for (const part of lacks) assert.ok(!told.includes(part), `${told} has ${part}`);
      await shot(page, `paper-${name}-${short}`);
      await sound(page, name);
      await page.locator("button.next").click();
      await page.locator("main.scan").waitFor();
    };
    const person = ["甲**", "11**************2X", say("document-id-card"), green.serial, say("verdict-format-paper")];
    const again = say("verdict-seen", { time: "" }).split(/[.。]/).at(-2).trim();
    const compare = [say("reason-paper-not-bound"), say("remedy-paper-not-bound")];
    await judge(green, "restricted", [...compare, ...person, say("code-colour-green")], [again], "green");
    await judge(green, "restricted", [...compare, again], [], "seen");
    await judge(yellow, "restricted", [say("reason-colour-yellow"), say("code-colour-yellow"), say("verdict-format-paper")], [], "yellow");
    await judge(red, "stop", [say("reason-colour-red"), say("code-colour-red")], [], "red");
    await judge(lost, "invalid", [say("reason-paper-void"), say("remedy-paper-void")], ["甲", lost.serial], "void");
    // At a gate that asks for answers paper gives none, and nobody is sent away for that.
    await setUp(gate, { switches: { challenge: true } });
    await judge(green, "cannot-tell", [say("reason-paper-no-answer"), say("remedy-paper-no-answer")], ["甲"], "asked");
    assertQuiet(server.origin, gate);
  });
}

test("cards are printed on paper of their size, and read off the print", async ({ t }) => {
  const data = authority(t);
  const list = join(folder(t), "list.csv");
  const numbers = ["11010519491231002X", "110105194912310038", "110105194912310046", "110105194912310054", "110105194912310062", "110105194912310070"];
  writeFileSync(list, ["姓名,证件号码", ...numbers.map((number) => `欧阳娜娜,${number}`)].join("\r\n"));
  const { context } = await browser(t);
  for (const [layout, pages, [width, height]] of [["a4", 2, [595, 842]], ["card", 12, [243, 153]]]) {
    const out = join(folder(t), layout);
    tongma("paper", "batch", "--authority", data, "--csv", list, "--out", out, "--layout", layout);
    const page = await context.newPage();
    await page.goto(`file://${out}/cards-0001.html`);
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    if (pictures) writeFileSync(join(pictures, `paper-${layout}.pdf`), pdf, "latin1");
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, x, y]) => [Number(x), Number(y)]);
    assert.equal(boxes.length, pages, layout);
    for (const [x, y] of boxes) assert.ok(Math.abs(x - width) < 1.5 && Math.abs(y - height) < 1.5, `${x} × ${y}`);
    // What the printer gets, at 300 dots an inch.
    await page.emulateMedia({ media: "print" });
    const scaled = await context.newCDPSession(page);
    await scaled.send("Emulation.setDeviceMetricsOverride", { width: 794, height: 1123, deviceScaleFactor: 300 / 96, mobile: false });
    if (pictures) {
      await page.locator("main").first().screenshot({ path: join(pictures, `paper-${layout}.png`) });
      await page.locator(".card").first().screenshot({ path: join(pictures, `paper-card-${layout}.png`) });
    }
    const fits = await page.evaluate(() => [...document.querySelectorAll("section")].every((side) => {
      const inside = (part) => part.scrollWidth <= part.clientWidth && part.scrollHeight <= part.clientHeight;
      const box = side.getBoundingClientRect();
      const [text, foot] = [side.querySelector("p:last-of-type"), side.querySelector("footer")].map((part) => part?.getBoundingClientRect());
      return inside(side) && Math.abs(box.width - 323.5) < 1 && Math.abs(box.height - 204.1) < 1 && (!foot || text.bottom <= foot.top);
    }));
    assert.ok(fits, "nothing is cut off, and a card has the size of a card");
    const svg = page.locator("svg").first();
    const { width: side } = await svg.boundingBox();
    assert.ok(side * (65 / 73) >= (25 / 25.4) * 96, "the code itself is 25 mm wide at least");
    const paper = read(t, await page.locator(".front").first().screenshot());
    const bundle = join(data, "public/bundle.cbor");
    const told = JSON.parse(tried("verify", "--bundle", bundle, "--status", join(data, "public/status/0.cbor"), paper).out);
    assert.deepEqual([told.outcome, told.reason, told.disclosed.name], ["restricted", "paper-not-bound", "欧**"]);
    await page.close();
  }
});
