// Messages of the Nu HTML checker that are wrong, each with the reason. Nothing else is let pass.

const unknown = (property) => new RegExp(`^CSS: “${property}”: Property “${property}” doesn't exist`);

export const KNOWN = [
  // CSS Anchor Positioning, which the checker's list of properties is older than; the style asks for it within @supports.
  { message: unknown('position-area') },
  { message: unknown('position-try-fallbacks') },
];
