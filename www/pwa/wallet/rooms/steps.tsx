/** What the wallet does, in three pictures. */
export function Steps({ words: [apply, show, keep] }: { words: [string, string, string] }) {
  const steps = [[Applied, apply], [Shown, show], [Kept, keep]] as const;
  return <ol class="steps">{steps.map(([Picture, words]) => <li key={words}><Picture /><span>{words}</span></li>)}</ol>;
}

/** A form with a pen. */
function Applied() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <path d="M14 6h30v52H14z" />
      <path d="M21 18h16M21 28h16M21 38h8" />
      <path d="M56 26 38 48l-6 3 1-7 18-22z" class="filled" />
    </svg>
  );
}

/** A phone with its code before a reader. */
function Shown() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <path d="M6 6h30v52H6z" />
      <path d="M13 16h6v6h-6zM24 16h6v6h-6zM13 27h6v6h-6zM24 28h5v5h-5z" class="filled" />
      <path d="M17 48h8M44 24l12-6M44 32h14M44 40l12 6" />
    </svg>
  );
}

/** A phone with a lock. */
function Kept() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <path d="M16 4h32v56H16z" />
      <path d="M24 30h16v14H24z" class="filled" />
      <path d="M27 30v-5a5 5 0 0 1 10 0v5M28 54h8" />
    </svg>
  );
}
