import type { Colour, Outcome } from "./types";

/** Shapes tell colours and outcomes apart where colour is not seen. All are 24 by 24. */
const PATHS = {
  circle: "M12 1a11 11 0 1 1 0 22a11 11 0 0 1 0-22z",
  triangle: "M12 2L23 22H1z",
  octagon: "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z",
  diamond: "M12 0.5L23.5 12L12 23.5L0.5 12z",
  square: "M2 2h20v20H2z",
};
const MARKS = {
  tick: "M6.5 12.5l4 4l7.5-8.5",
  bang: "M12 9v6M12 18v.6",
  bar: "M6.5 12h11",
  cross: "M8 8l8 8M16 8l-8 8",
  question: "M9 9.5a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M12 17.4v.6",
};

type Look = [keyof typeof PATHS, keyof typeof MARKS];
const COLOURS: Record<Colour, Look> = { green: ["circle", "tick"], yellow: ["triangle", "bang"], red: ["octagon", "bar"] };
const OUTCOMES: Record<Outcome, Look> = {
  pass: ["circle", "tick"],
  restricted: ["triangle", "bang"],
  stop: ["octagon", "bar"],
  invalid: ["diamond", "cross"],
  "cannot-tell": ["square", "question"],
};

function Shape({ look: [path, mark] }: { look: Look }) {
  return (
    <svg class="shape" viewBox="0 0 24 24" aria-hidden="true">
      <path class="shape-body" d={PATHS[path]} />
      <path class="shape-mark" d={MARKS[mark]} />
    </svg>
  );
}

export const ColourShape = ({ colour }: { colour: Colour }) => <Shape look={COLOURS[colour]} />;
export const OutcomeShape = ({ outcome }: { outcome: Outcome }) => <Shape look={OUTCOMES[outcome]} />;
