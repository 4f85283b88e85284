import { COLOURS, MARKS, OUTCOMES, PATHS, type Look } from "./looks";
import type { Colour, Outcome } from "./types";

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
