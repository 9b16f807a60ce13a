/** What a small runbook says besides its one section. */
type Around = { readonly data?: string; readonly roles?: string; readonly phase?: string };

/** A runbook with one phase that holds `sections`. */
export function page(sections: string, { data = '', roles = 'web: { min: 1 }', phase = '' }: Around = {}): string {
  const head = `# Web servers\n\nInstalls them.\n\n\`\`\`yaml runbook\nhandrail: 1\nroles:\n  ${roles}\n${data}\n\`\`\`\n\n## Install\n\n`;
  return `${head}${phase === '' ? '' : `${fence('yaml phase', phase)}\n`}${sections}`;
}

/** A section with its fences. */
export function section(title: string, ...fences: readonly string[]): string {
  return `### ${title}\n\n${fences.join('\n')}\n`;
}

export function fence(info: string, text: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\`\n`;
}
