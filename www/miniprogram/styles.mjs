// Shapes and signs as classes: a mini-program has no inline SVG, and what the pages draw is drawn here as well.
import { build } from "esbuild";
import { join } from "node:path";

/** Ground and mark by colour; where a colour is dark the mark is white. */
const INK = { green: ["#fff", "#0b6e3a"], yellow: ["#2b1a00", "#ffb81c"], red: ["#fff", "#b3151b"], pass: ["#fff", "#0b6e3a"], restricted: ["#2b1a00", "#ffb81c"], stop: ["#fff", "#b3151b"], invalid: ["#fff", "#3b1a4f"], "cannot-tell": ["#fff", "#38506b"] };

// Of what is encoded these need not be (RFC 2397), and the main package counts every byte.
const plain = { "%2F": "/", "%3A": ":", "%3D": "=" };
const picture = (body) => {
  const data = encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${body}</svg>`);
  return `url("data:image/svg+xml,${data.replace(/%(2F|3A|3D)/g, (code) => plain[code])}")`;
};

/** The style sheet of all shapes, from the same paths as the pages'. */
export async function styles(root) {
  const { outputFiles } = await build({ entryPoints: [join(root, "www/shared/looks.ts")], bundle: true, write: false, format: "esm" });
  const { COLOURS, MARKS, OUTCOMES, PATHS, SIGNS } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const shapes = Object.entries({ ...COLOURS, ...OUTCOMES }).map(([name, [path, mark]]) => {
    const [ground, line] = INK[name];
    return `.shape-${name} { background-image: ${picture(`<path fill="${ground}" d="${PATHS[path]}"/><path fill="none" stroke="${line}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" d="${MARKS[mark]}"/>`)}; }`;
  });
  const signs = Object.entries(SIGNS).map(([name, path]) => `.sign-${name} { background-image: ${picture(`<path fill="#14202b" d="${path}"/>`)}; }`);
  return [...shapes, ...signs, ""].join("\n");
}
