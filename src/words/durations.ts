/** `40 s`, `3 min`, `1 h 12 min`: for people. */
export function sayDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** `just now`, `40 min ago`, `3 d ago`. */
export function sayAgo(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  if (days >= 2) return `${days} d ago`;
  return ms < 60_000 ? 'just now' : `${sayDuration(ms)} ago`;
}
