/**
 * Turns what a host prints into lines that are safe to draw: no control sequence, no character without a width of its own,
 * carriage returns, backspaces and "erase line" resolved as a terminal would. Sequences cut by a chunk's end are remembered.
 */
export type Cleaner = {
  /** Takes the next bytes (UTF-8) and returns the lines that they complete, without line ends. */
  push(bytes: Uint8Array): readonly string[];
  /** The last line as it stands now, not yet ended by a line feed. */
  current(): string;
  /** Returns the last line if anything stands in it, and begins anew. */
  end(): readonly string[];
};

/** Longest line shown, in characters; the rest is left out with a mark. The log on disk keeps everything. */
const longestLine = 4096;
/** Longest control sequence believed; behind it the text goes on (ECMA-48 names no limit, so a terminal's is taken). */
const longestSequence = 4096;
const tabWidth = 8;
const mostMarks = 3;

/** Nothing but printable ASCII and line feeds: most output, and needs no second look. */
const plainAscii = /^[\x20-\x7e\n]*$/;
/** Format, unassigned and private characters, and the modifiers on whose width terminals disagree. */
const dropped = /\p{C}|\p{Variation_Selector}|\p{Emoji_Modifier}|\u{20e3}|[\u{115f}\u{1160}\u{3164}\u{ffa0}]/u;
const mark = /\p{M}/u;

export function createCleaner(): Cleaner {
  const decoder = new TextDecoder('utf-8');
  let line = createLine();
  let state: 'ground' | 'escape' | 'control' | 'string' | 'string-escape' = 'ground';
  let sequence = '';
  let length = 0;

  /** One character of a control sequence; returns true where the character is text again. */
  function inSequence(char: string): boolean {
    const code = char.charCodeAt(0);
    length += 1;
    if (code === 0x18 || code === 0x1a || length > longestSequence) {
      state = 'ground';
      return length > longestSequence;
    }
    if (state === 'escape') {
      if (char === '[') state = 'control';
      else if (']PX^_'.includes(char)) state = 'string';
      else if (code === 0x1b || (code >= 0x20 && code <= 0x2f)) return false;
      else state = 'ground';
    } else if (state === 'control') {
      if (code === 0x1b) begin('escape');
      else if (code >= 0x40 && code <= 0x7e) {
        state = 'ground';
        if (char === 'K') line.erase(sequence);
        else if (char === 'G' && (sequence === '' || sequence === '1')) line.toStart();
      } else if (code === 0x0a) {
        state = 'ground';
        return true;
      } else sequence += char;
    } else if (state === 'string') {
      if (code === 0x07 || code === 0x9c) state = 'ground';
      else if (code === 0x1b) state = 'string-escape';
    } else if (char === '\\') state = 'ground';
    else {
      begin('escape');
      return inSequence(char);
    }
    return false;
  }

  function begin(next: typeof state): void {
    state = next;
    sequence = '';
    length = 0;
  }

  function inText(char: string, lines: string[]): void {
    switch (char) {
      case '\n':
        lines.push(line.text());
        line = createLine();
        return;
      case '\r':
        line.toStart();
        return;
      case '\b':
        line.back();
        return;
      case '\t':
        line.tab();
        return;
      case '\x1b':
        begin('escape');
        return;
      case '\x9b':
        begin('control');
        return;
      case '\x90':
      case '\x98':
      case '\x9d':
      case '\x9e':
      case '\x9f':
        begin('string');
        return;
      default:
        line.put(char);
    }
  }

  function take(text: string): readonly string[] {
    if (state === 'ground' && line.isAtEnd() && plainAscii.test(text)) {
      const [first = '', ...rest] = text.split('\n');
      line.append(first);
      if (rest.length === 0) return [];
      const last = rest.pop() ?? '';
      const lines = [line.text(), ...rest.map(cut)];
      line = createLine();
      line.append(last);
      return lines;
    }
    const lines: string[] = [];
    for (const char of text) if (state === 'ground' || inSequence(char)) inText(char, lines);
    return lines;
  }

  return {
    push: (bytes) => take(decoder.decode(bytes, { stream: true })),
    current: () => line.text(),
    end() {
      const lines = [...take(decoder.decode())];
      const last = line.text();
      if (last !== '') lines.push(last);
      line = createLine();
      begin('ground');
      return lines;
    },
  };
}

/** The lines of a text from a host, cleaned. */
export function cleanLines(text: string | Uint8Array): readonly string[] {
  const cleaner = createCleaner();
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return [...cleaner.push(bytes), ...cleaner.end()];
}

/** One line made of a text from a host or a file, cleaned; blanks at its beginning are kept, so that a command keeps its shape. */
export function cleanLine(text: string): string {
  return cleanLines(text).join(' ');
}

function cut(text: string): string {
  return text.length <= longestLine ? text : `${text.slice(0, longestLine)}…`;
}

/** A line being written: one cell a character, as on a terminal without a right edge. */
function createLine() {
  let cells: string[] = [];
  /** Text known to be plain, not yet split into cells. */
  let plain = '';
  let cursor = 0;
  let isCut = false;

  function spread(): void {
    if (plain === '') return;
    cells = cells.concat([...plain]);
    plain = '';
    cursor = cells.length;
  }

  return {
    isAtEnd: () => plain !== '' || cursor === cells.length,
    append(text: string): void {
      const room = longestLine - cells.length - plain.length;
      if (text.length > room) isCut = true;
      plain += text.slice(0, Math.max(0, room));
    },
    put(char: string): void {
      spread();
      if (mark.test(char) && !dropped.test(char)) {
        const before = cells[cursor - 1];
        if (before !== undefined && [...before].length <= mostMarks) cells[cursor - 1] = before + char;
        return;
      }
      if (char === '\u2028' || char === '\u2029') char = ' ';
      if (dropped.test(char)) return;
      if (cursor >= longestLine) {
        isCut = true;
        return;
      }
      cells[cursor] = char;
      cursor += 1;
    },
    tab(): void {
      do this.put(' ');
      while (cursor % tabWidth !== 0 && cursor < longestLine);
    },
    toStart(): void {
      spread();
      cursor = 0;
    },
    back(): void {
      spread();
      cursor = Math.max(0, cursor - 1);
    },
    /** `ESC [ n K`: to the end (0), to the start (1), all (2). */
    erase(how: string): void {
      spread();
      if (how === '' || how === '0') cells.length = cursor;
      else if (how === '1') cells.fill(' ', 0, cursor);
      else if (how === '2') cells = new Array<string>(cursor).fill(' ');
      if (how === '' || how === '0' || how === '2') isCut = false;
    },
    text: () => (cells.join('') + plain).trimEnd() + (isCut ? '…' : ''),
  };
}
