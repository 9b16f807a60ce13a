/** Output with secrets in it, the same at every call: what stands at an offset of a stream is known to both who writes and who checks. */
export function testOutput(stream: 'out' | 'err', length: number): Uint8Array {
  const lines: string[] = [];
  for (let i = 0, size = 0; size < length; i++) {
    const kind = (i * 7 + (stream === 'err' ? 3 : 0)) % 5;
    const word = [
      'a plain line',
      'login with sesame-open now',
      `token abcdef.${String(i).padStart(16, '0')}`,
      'sesame-opensesame-open',
      'ü'.repeat(i % 40),
    ][kind];
    const line = `${stream} ${i} ${word}\n`;
    lines.push(line);
    size += Buffer.byteLength(line);
  }
  return Buffer.from(lines.join('')).subarray(0, length);
}

export const knownSecret = 'sesame-open';
