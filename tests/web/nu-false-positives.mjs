// Messages of the Nu HTML checker that are wrong, each with the reason. All other messages are failures.

const unknown = (property) => new RegExp(`^CSS: “${property}”: Property “${property}” doesn't exist`);

export const FALSE_POSITIVES = [
  // CSS Anchor Positioning is newer than the checker's list of properties; the style sheet uses it within @supports.
  { message: unknown('position-area') },
  { message: unknown('position-try-fallbacks') },
  // So are animations driven by scrolling, which the style sheet uses within @supports, too.
  { message: unknown('animation-timeline') },
];
