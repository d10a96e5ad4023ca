// A stretch of days in the words of the filter language.

/** A filter with `since` and `until` instead of those that it had. */
export function withSpan(q: string, since: string, until: string): string {
  const rest = q.split(/\s+/).filter((t) => t !== '' && !/^-?(since|until|from|date|on|when|during)[:<>=]/.test(t));
  if (since) rest.push(`since:${since}`);
  if (until) rest.push(`until:${until}`);
  return rest.join(' ');
}

/** A day as YYYY-MM-DD, in UTC as the server counts. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
