type Input = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'pause' | 'resume' | 'on' | 'off'>;

/** Reads the keyboard of a terminal that is lent until one of the keys is pressed; aborts the signal it hands over then. */
export async function untilKey<T>(
  keys: readonly string[],
  work: (signal: AbortSignal) => Promise<T>,
  input: Input = process.stdin,
): Promise<T> {
  const pressed = new AbortController();
  const onKeys = (typed: Buffer | string): void => {
    if (keys.includes(String(typed)) || [...String(typed)].some((key) => keys.includes(key) && key !== esc)) pressed.abort();
  };
  if (input.isTTY) input.setRawMode(true);
  input.on('data', onKeys).resume();
  try {
    return await work(pressed.signal);
  } finally {
    input.off('data', onKeys).pause();
    if (input.isTTY) input.setRawMode(false);
  }
}

/** Alone it is a key; before other characters it begins the name of one. */
const esc = '\x1b';
