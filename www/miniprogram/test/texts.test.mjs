// The tables of texts, of the mini-program and of the pages, say what Fluent says, and dates what `Intl` does.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load, shell } from "./load.mjs";

const root = join(shell, "../..");
const { Texts } = await load("texts.ts");
const { moment, day, chineseDate } = await load("../shared/time.ts");
const { readable } = await load("scanned.ts");
const LANGUAGES = ["zh-CN", "en"];
const PAGES = ["pages/wallet", "verifier/pages/gate"];
const require = createRequire(import.meta.url);

/** The tables that the build has made, by what they are of. */
const read = (path) => JSON.parse(readFileSync(join(root, "dist/www", path), "utf8"));
const TABLES = [
  ...PAGES.map((page) => [page, require(join(root, "dist/miniprogram", page, "texts.js"))]),
  ...["wallet/en", "wallet/en.more", "verifier/en"].map((file) => [file, Object.fromEntries(LANGUAGES.map((language) => [language, read(`${file.replace("en", language)}.json`)]))]),
];

/** Values for the variables of a pattern, so that each of its choices is taken. */
const SETS = [{ n: 0, more: 0 }, { n: 1, more: 1 }, { n: 2, more: 3 }, { n: 12_345, more: 1_234_567 }, { n: "36.6" }];
const WORDS = ["url", "wi-fi", "payment", "other", "venue", "credential", "delegation", "presentation", "bundle", "parent", "child", "spouse", "relative", "carer"];

test("every text is what Fluent makes of it", () => {
  for (const [page, tables] of TABLES) {
    for (const language of LANGUAGES) {
      const bundle = new FluentBundle(language, { useIsolating: false });
      bundle.addResource(new FluentResource(readFileSync(join(root, `www/shared/i18n/${language}.ftl`), "utf8")));
      const texts = new Texts(language, tables[language]);
      const names = new Set(JSON.stringify(tables[language]).match(/(?<="v":")[^"]+/g));
      for (const id of Object.keys(tables[language])) {
        for (const [at, set] of [...SETS, ...WORDS].entries()) {
          const args = Object.fromEntries([...names].map((name) => [name, typeof set === "string" ? set : (set[name] ?? set.n)]));
          const said = bundle.formatPattern(bundle.getMessage(id).value, args, []);
          assert.equal(texts.text(id, args), said, `${page}, ${language}, ${id}, ${at}`);
        }
      }
    }
  }
});

test("both languages have the same texts", () => {
  for (const [, tables] of TABLES) {
    assert.deepEqual(Object.keys(tables.en).sort(), Object.keys(tables["zh-CN"]).sort());
  }
});

test("dates are written as Intl writes them", () => {
  for (const language of LANGUAGES) {
    const locale = language === "en" ? "en-GB" : language;
    const month = language === "en" ? "short" : "long";
    const date = { year: "numeric", month, day: "numeric" };
    for (let seconds = 1_700_000_000; seconds < 1_735_000_000; seconds += 777_777) {
      const at = seconds * 1000;
      assert.equal(moment(seconds, language), new Intl.DateTimeFormat(locale, { ...date, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at));
      assert.equal(day(seconds, language), new Intl.DateTimeFormat(locale, date).format(at));
      assert.equal(chineseDate(seconds, language), new Intl.DateTimeFormat(locale, { ...date, timeZone: "Asia/Shanghai" }).format(at));
    }
    const now = Math.floor(Date.now() / 1000);
    assert.match(day(now, language), /^\d\d:\d\d$/);
  }
});

test("what is scanned becomes a text that every part can hold", () => {
  assert.equal(readable("TM1:AB"), "TM1:AB");
  assert.equal(readable("\ud800A\udc00"), "\ufffdA\ufffd");
  assert.equal(readable("a😀b"), "a😀b");
  for (const odd of [undefined, null, 7, {}, new Uint8Array(3)]) assert.equal(readable(odd), "");
  assert.equal(readable("x".repeat(1_000_000)).length, 20_000);
});

test("scripts name nothing that the platform lacks", () => {
  for (const page of PAGES) {
    const script = readFileSync(join(root, "dist/miniprogram", page, "index.js"), "utf8");
    const found = script.match(/(?<![.\w])(globalThis|TextDecoder|TextEncoder|BigInt|Intl|FinalizationRegistry|document\.|window\.|eval\(|new Function|new URL)/g) ?? [];
    assert.deepEqual([...new Set(found)], [], page);
  }
});
