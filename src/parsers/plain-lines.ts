/**
 * The lines of a program's output as it meant them: without control sequences and carriage returns, without the log lines of
 * Kubernetes' programs (klog), which may stand anywhere in between.
 */
export function plainLines(output: string): readonly string[] {
  return plainText(output)
    .split('\n')
    .filter((line) => !klogLine.test(line));
}

/** An output without control sequences and carriage returns. Linear in its length. */
export function plainText(output: string): string {
  return output.replace(controlSequence, '').replaceAll('\r', '');
}

/** `W0805 12:13:14.123456    4711 checks.go:846] …`, also behind a short prefix such as `host: `. */
const klogLine = /^(\S{1,64}[:>|] {1,3})?[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d{6}\s/;
/** CSI, OSC ended by BEL or ST, and two-character sequences; each part is bounded, so that an open one costs no second scan. */
const controlSequence = /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b\n]{0,1024}(?:\x07|\x1b\\)|[ -/]{0,4}[0-Z\\^-~])/g;
