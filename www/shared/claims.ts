import type { Words } from "./words";

/** A test such as `negative 2026-11-20T08:00:00+08:00` in words; as it is where it has another form. */
export function testWords(test: string, texts: Words): string {
  const [result = "", time = ""] = test.split(" ");
  const word = { negative: "negative", 阴性: "negative", positive: "positive", 阳性: "positive" }[result];
  const at = Date.parse(time) / 1000;
  return word && at ? texts.text(`code-test-${word}`, { time: texts.moment(at) }) : test;
}
