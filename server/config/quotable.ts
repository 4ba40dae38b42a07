/** What the user wrote, as a message may quote it: on one line, short, and without what may be a login. */
export function quotable(written: string): string {
  const visible = written.replace(/[\0-\x1f\x7f-\x9f]/g, '\ufffd').replace(/^([a-z]+:\/\/)?[^@]*@/, '$1…@');
  return visible.length > 60 ? `${visible.slice(0, 59)}…` : visible;
}
