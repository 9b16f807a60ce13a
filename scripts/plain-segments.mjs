// Takes the place of `Intl.Segmenter` in the packages that Ink measures text with (see fast-ink.mjs).

/** Characters that stand alone whatever is beside them, all that most screens have: ASCII, ESC, line feeds, lines, bullets, … and ↪. */
const isPlain = /^[\n\x1b -~─-╿•…↪]*$/;
let segmenter;

/** The characters of a text as `Intl.Segmenter` gives them, which is made only for a text that needs it: that takes as long as a frame. */
export const plainSegments = {
  segment(text) {
    if (isPlain.test(text)) return segmentsOf(text);
    segmenter ??= new Intl.Segmenter();
    return segmenter.segment(text);
  },
};

function segmentsOf(input) {
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < input.length; index++) yield { segment: input[index], index, input };
    },
    containing: (index = 0) => (index < input.length ? { segment: input[index], index, input } : undefined),
  };
}
