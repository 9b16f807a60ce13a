/**
 * True where this machine cannot run some tests; says which and why, for `describe.skipIf`. Where nothing may be left out
 * (`HANDRAIL_TEST_ALL`, as in CI) it throws, so that the file fails.
 */
export function isLeftOut(tests: string, reason: string | null): boolean {
  if (reason === null) return false;
  const said = `Left out here: ${tests}. Reason: ${reason}.`;
  if (process.env['HANDRAIL_TEST_ALL']) throw new Error(`${said} This run may leave nothing out.`);
  process.stderr.write(`${said}\n`);
  return true;
}
