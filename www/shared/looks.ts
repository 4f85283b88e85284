import type { Colour, Outcome, Sign } from "./types";

/** Shapes tell colours and outcomes apart where colour is not seen. All are 24 by 24. */
export const PATHS = {
  circle: "M12 1a11 11 0 1 1 0 22a11 11 0 0 1 0-22z",
  triangle: "M12 2L23 22H1z",
  octagon: "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z",
  diamond: "M12 0.5L23.5 12L12 23.5L0.5 12z",
  square: "M2 2h20v20H2z",
};
export const MARKS = {
  tick: "M6.5 12.5l4 4l7.5-8.5",
  bang: "M12 9v6M12 18v.6",
  bar: "M6.5 12h11",
  cross: "M8 8l8 8M16 8l-8 8",
  question: "M9 9.5a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M12 17.4v.6",
};

export type Look = [keyof typeof PATHS, keyof typeof MARKS];
export const COLOURS: Record<Colour, Look> = { green: ["circle", "tick"], yellow: ["triangle", "bang"], red: ["octagon", "bar"] };
export const OUTCOMES: Record<Outcome, Look> = {
  pass: ["circle", "tick"],
  restricted: ["triangle", "bang"],
  stop: ["octagon", "bar"],
  invalid: ["diamond", "cross"],
  "cannot-tell": ["square", "question"],
};

/** Signs that people are told apart by: shapes, for who sees no colours. All are 24 by 24. */
export const SIGNS: Record<Sign, string> = {
  disc: "M12 2a10 10 0 1 1 0 20a10 10 0 0 1 0-20z",
  square: "M3 3h18v18H3z",
  triangle: "M12 2L23 22H1z",
  star: "M12 1l3.2 7.3l7.8.8l-5.9 5.2l1.7 7.7l-6.8-4l-6.8 4l1.7-7.7L1 9.1l7.8-.8z",
  heart: "M12 22C4 16 1 12 1 8a6 6 0 0 1 11-3a6 6 0 0 1 11 3c0 4-3 8-11 14z",
  moon: "M15 1a11 11 0 1 0 8 15a9 9 0 0 1-8-15z",
  drop: "M12 1c5 7 7 10 7 14a7 7 0 0 1-14 0c0-4 2-7 7-14z",
  house: "M12 1L1 11h3v12h6v-7h4v7h6V11h3z",
};

export const SIGN_NAMES = Object.keys(SIGNS) as Sign[];
