/**
 * Where a value is to stand in a shell text: offsets of a bare word put there for it. A number (digits only) means itself also where
 * a shell evaluates what it is given; a plain program's name may be the name of a command.
 */
export type Spot = { readonly start: number; readonly end: number; readonly isNumber?: boolean; readonly isProgram?: boolean };

/**
 * `word`: a whole word, where a list may become several. `part`: a piece of a word, or the only word of its place: one value.
 * `refused`: a value cannot be quoted here, or would not stay a plain word although it is quoted.
 */
export type Verdict =
  | { readonly is: 'word' }
  | { readonly is: 'part' }
  | {
      readonly is: 'refused';
      readonly why: string;
      /** True where a number could stand. */
      readonly isEvaluated?: boolean;
    };

/** A stretch of the text, as a node of its tree has it. */
export type Span = { readonly pos: number; readonly end: number };

/** The spots of a text and what was found about each; spots stand in the order of the text. */
export type VerdictSheet = {
  readonly text: string;
  /** Numbers of the spots within a stretch. */
  inside(span: Span): readonly number[];
  spot(index: number): Spot;
  /** A refusal stays, whatever is found later. */
  set(index: number, verdict: Verdict): void;
  refuse(span: Span, why: string): void;
  /** As `refuse`, where a shell evaluates what stands: a number may stand there. */
  refuseEvaluated(span: Span, why: string): void;
  /** A spot about which nothing was found stands where nothing is known to be safe. */
  verdicts(): readonly Verdict[];
};

export function createVerdictSheet(text: string, spots: readonly Spot[]): VerdictSheet {
  const found: (Verdict | undefined)[] = spots.map(() => undefined);
  const sheet: VerdictSheet = {
    text,
    inside({ pos, end }) {
      let low = 0;
      for (let high = spots.length; low < high; ) {
        const middle = (low + high) >> 1;
        if ((spots[middle]?.start ?? 0) < pos) low = middle + 1;
        else high = middle;
      }
      const inside: number[] = [];
      for (let index = low; index < spots.length && (spots[index]?.end ?? 0) <= end; index++) inside.push(index);
      return inside;
    },
    spot(index) {
      const spot = spots[index];
      if (spot === undefined) throw new Error(`There is no spot ${index}.`);
      return spot;
    },
    set(index, verdict) {
      if (found[index]?.is !== 'refused') found[index] = verdict;
    },
    refuse(span, why) {
      for (const index of sheet.inside(span)) sheet.set(index, { is: 'refused', why });
    },
    refuseEvaluated(span, why) {
      for (const index of sheet.inside(span))
        sheet.set(index, sheet.spot(index).isNumber === true ? { is: 'part' } : { is: 'refused', why, isEvaluated: true });
    },
    verdicts: () => found.map((verdict) => verdict ?? { is: 'refused', why: 'it stands in a comment, or where no word of a command is' }),
  };
  return sheet;
}
