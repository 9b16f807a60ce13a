/** Says when to draw what has changed by itself, so that however fast it changes the keys come first. */
export type FrameClock = {
  /** Something has changed that the operator did not do: it is drawn at the next beat. */
  changed(): void;
  /** The operator has done something; the caller draws it at once, with all that has changed until then. */
  acted(): void;
  /** Nothing is drawn any more. */
  close(): void;
};

export type FrameClockOptions = {
  /** In milliseconds, from anywhere; it never goes back. */
  now(): number;
  /** Calls once, later; returns the way to call it off. */
  schedule(ms: number, call: () => void): () => void;
  draw(): void;
};

/** Between two frames that no key has asked for: fifteen a second are enough to read by. */
export const beat: number = 1000 / 15;
/** How long after a key nothing else is drawn: the next key of a row shall find nobody at work. */
export const calm = 60;

export function openFrameClock({ now, schedule, draw }: FrameClockOptions): FrameClock {
  let drawn = Number.NEGATIVE_INFINITY;
  let key = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | null = null;
  let isClosed = false;

  const stop = (): void => {
    callOff?.();
    callOff = null;
  };
  return {
    changed() {
      if (callOff !== null || isClosed) return;
      const due = Math.max(drawn + beat, key + calm);
      callOff = schedule(Math.max(0, due - now()), () => {
        callOff = null;
        drawn = now();
        draw();
      });
    },
    acted() {
      stop();
      key = now();
      drawn = key;
    },
    close() {
      isClosed = true;
      stop();
    },
  };
}
