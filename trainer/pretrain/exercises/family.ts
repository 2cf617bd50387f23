/** Arguments and the value that a right body returns for them. */
export type Check = readonly [arguments_: readonly unknown[], expected: unknown];

/**
 * A family of exercises: one small function in all the ways that people name, describe and write it.
 *
 * Templates: `{a|b}` is a choice, `%R` a shared phrase (see wording.ts), `$0` the first parameter's name, `@x` a local
 * variable (see names.ts), and `«: number»` a type that plain JavaScript leaves out.
 */
export interface Family {
  readonly names: string;
  /** Kinds from names.ts separated by `; `, each with an optional `=default`, or `name,name: type` for a single use. */
  readonly parameters: string;
  readonly returns: string;
  readonly docs: readonly string[];
  readonly bodies: readonly string[];
  readonly checks: readonly Check[];
  /** How often the family is drawn, 1 being usual. */
  readonly weight: number;
}

/** A family, or a maker of families that differ in a constant that the doc comment names. */
export type FamilySource = Family | { readonly weight: number; readonly make: (random: import('./random.ts').Random) => Family };

/** Writes a family in one line. */
export function family(
  names: string,
  parameters: string,
  returns: string,
  docs: string | readonly string[],
  bodies: string | readonly string[],
  checks: readonly Check[],
  weight = 1,
): Family {
  return {
    names,
    parameters,
    returns,
    docs: typeof docs === 'string' ? [docs] : docs,
    bodies: typeof bodies === 'string' ? [bodies] : bodies,
    checks,
    weight,
  };
}
