/** Texts begun to be typed, by what each is for. */
export type Drafts = Readonly<Record<string, string>>;

/** With another text; an empty one is forgotten. */
export function withDraft(drafts: Drafts, of: string, text: string): Drafts {
  const others = Object.fromEntries(Object.entries(drafts).filter(([each]) => each !== of));
  return text === '' ? others : { ...others, [of]: text };
}
