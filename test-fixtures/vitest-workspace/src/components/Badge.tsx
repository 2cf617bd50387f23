import { initials } from '@/text';

/** How many things wait, as people write it. */
export function countLabel(count: number): string {
  return count > 99 ? '99+' : String(count);
}

/** A person's initials, with how many messages wait for them. */
export function Badge({ name, count }: { name: string; count: number }) {
  return (
    <span className="badge" title={name}>
      {initials(name)} {countLabel(count)}
    </span>
  );
}
