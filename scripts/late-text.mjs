// What the packages that Ink measures text with make as they are loaded, and most screens never need (see fast-ink.mjs).

/** Characters that stand alone whatever is beside them, all that most screens have: ASCII, ESC, line feeds, lines, bullets, … and ↪. */
const isPlain = /^[\n\x1b -~─-╿•…↪]*$/;
let segmenter;

/** The characters of a text as `Intl.Segmenter` gives them, which is made for the first text that is not plain. */
export const lateSegmenter = {
  segment(text) {
    if (isPlain.test(text)) return segmentsOf(text);
    segmenter ??= new Intl.Segmenter();
    return segmenter.segment(text);
  },
};

/** A regular expression for `test` and `search`, made when it is first used. */
export function lateRegExp(make) {
  let made;
  const regExp = () => {
    made ??= make();
    return made;
  };
  return { test: (text) => regExp().test(text), [Symbol.search]: (text) => text.search(regExp()) };
}

function segmentsOf(input) {
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < input.length; index++) yield { segment: input[index], index, input };
    },
    containing: (index = 0) => (index < input.length ? { segment: input[index], index, input } : undefined),
  };
}
