import { type Family, family } from '../family.ts';

/** A list of things with a field; `things` is their plural, `type` the name of their interface. */
interface Subject {
  readonly things: string;
  readonly parameter: string;
  readonly type: string;
  readonly field: string;
}

const subject = (things: string, parameter: string, type: string, field: string): Subject => ({
  things,
  parameter,
  type,
  field,
});
const cap = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const numeric: readonly Subject[] = [
  subject('{products|items|articles}', 'products,items,cart,list,goods', 'Product', 'price'),
  subject('{people|persons|users}', 'people,persons,users,members,list', 'Person', 'age'),
  subject('{players|results|entries}', 'players,results,entries,scores,team', 'Player', 'score'),
  subject('{orders|payments|invoices}', 'orders,payments,invoices,bills,list', 'Order', 'amount'),
  subject('{items|lines|goods}', 'items,lines,stock,goods,cart', 'Item', 'quantity'),
  subject('{tasks|jobs|items}', 'tasks,jobs,items,todos,list', 'Task', 'priority'),
  subject('{books|volumes}', 'books,shelf,library,list', 'Book', 'pages'),
  subject('{songs|tracks|films}', 'songs,tracks,playlist,films,album', 'Track', 'duration'),
  subject('{cities|places}', 'cities,places,towns,list', 'City', 'population'),
  subject('{employees|workers}', 'employees,staff,workers,team', 'Employee', 'salary'),
];

const textual: readonly Subject[] = [
  subject('{people|users|members}', 'people,users,members,list,persons', 'User', 'name'),
  subject('{products|items|entries}', 'products,items,entries,list', 'Product', 'category'),
  subject('{books|posts|pages}', 'books,posts,pages,articles', 'Book', 'title'),
  subject('{users|contacts|people}', 'users,contacts,people,accounts', 'Contact', 'email'),
  subject('{cities|places|addresses}', 'cities,places,addresses,list', 'Place', 'country'),
  subject('{tasks|orders|tickets}', 'tasks,orders,tickets,issues', 'Ticket', 'status'),
  subject('{events|entries|logs}', 'events,entries,logs,messages', 'LogEntry', 'type'),
  subject('{records|items|things}', 'records,items,things,rows', 'Row', 'id'),
];

const flags: readonly Subject[] = [
  subject('{tasks|todos|items|jobs}', 'tasks,todos,items,jobs,list', 'Task', 'done'),
  subject('{users|members|accounts}', 'users,members,accounts,people', 'User', 'active'),
  subject('{products|items|features}', 'products,items,features,options', 'Product', 'available'),
  subject('{messages|mails|notes}', 'messages,mails,notes,inbox', 'Message', 'read'),
  subject('{orders|bills|invoices}', 'orders,bills,invoices,list', 'Order', 'paid'),
];

interface Form {
  readonly names: string;
  readonly extra?: string;
  readonly returns: string;
  readonly docs: readonly string[];
  readonly bodies: readonly string[];
  readonly argument?: unknown;
  readonly expected: (items: readonly Record<string, never>[], field: string) => unknown;
}

type Numbered = readonly Record<string, number>[];
type Named = readonly Record<string, string>[];
const total = (items: Numbered, field: string): number => items.reduce((sum, item) => sum + item[field]!, 0);

const numericForms: readonly Form[] = [
  {
    names: '{total|sum|sumOf|combined}FIELD {total|sum}{|Of}FIELDs',
    returns: 'number',
    docs: [
      '%R the {total|sum of the|combined} FIELDs? of {all|the} THINGS',
      'Adds up the FIELDs? of {all|the} THINGS',
    ],
    bodies: [
      'return $0.reduce((@t, @item) => @t + @item.FIELD, 0);',
      'let @t = 0;\nfor (const @item of $0) {\n  @t += @item.FIELD;\n}\nreturn @t;',
      'return $0.map((@item) => @item.FIELD).reduce((@a, @b) => @a + @b, 0);',
    ],
    expected: (items, field) => total(items, field),
  },
  {
    names: '{average|mean}FIELD',
    returns: 'number',
    docs: [
      '%R the {average|mean} FIELD of {all|the} THINGS, or 0 {without any|if there are none|for an empty list}',
    ],
    bodies: [
      'if ($0.length === 0) return 0;\nreturn $0.reduce((@t, @item) => @t + @item.FIELD, 0) / $0.length;',
    ],
    expected: (items, field) => (items.length === 0 ? 0 : total(items, field) / items.length),
  },
  {
    names: '{max|highest|largest}FIELD',
    returns: 'number',
    docs: ['%R the {highest|largest|greatest} FIELD {of|among} {all|the} THINGS'],
    bodies: ['return Math.max(...$0.map((@item) => @item.FIELD));'],
    expected: (items, field) => Math.max(...(items as Numbered).map((item) => item[field]!)),
  },
  {
    names: '{with|by}{Highest|Largest|Max}FIELD {highest|max|top}By{FIELD|FIELD}',
    returns: 'TYPE | undefined',
    docs: ['%R the one {of|among} the THINGS with the {highest|largest|greatest} FIELD{, or undefined|}'],
    bodies: [
      'let @best = $0[0];\nfor (const @item of $0) {\n  if (@best === undefined || @item.FIELD > @best.FIELD) @best = @item;\n}\nreturn @best;',
      'if ($0.length === 0) return undefined;\nreturn $0.reduce((@a, @b) => (@b.FIELD > @a.FIELD ? @b : @a));',
      'return [...$0].sort((@a, @b) => @b.FIELD - @a.FIELD)[0];',
    ],
    expected: (items, field) => [...(items as Numbered)].sort((a, b) => b[field]! - a[field]!)[0],
  },
  {
    names: '{with|by}{Lowest|Smallest|Min}FIELD {lowest|min}By{FIELD|FIELD}',
    returns: 'TYPE | undefined',
    docs: ['%R the one {of|among} the THINGS with the {lowest|smallest|least} FIELD{, or undefined|}'],
    bodies: [
      'if ($0.length === 0) return undefined;\nreturn $0.reduce((@a, @b) => (@b.FIELD < @a.FIELD ? @b : @a));',
      'return [...$0].sort((@a, @b) => @a.FIELD - @b.FIELD)[0];',
    ],
    expected: (items, field) => [...(items as Numbered)].sort((a, b) => a[field]! - b[field]!)[0],
  },
  {
    names: '{sort|order|sorted}By{|Ascending}FIELD',
    returns: 'TYPE[]',
    docs: [
      'Sorts {the |}THINGS by {their |}FIELD{, lowest first|, smallest first|, ascending|}%copy',
      '%R the THINGS {ordered|sorted} by {their |}FIELD{, lowest first|}',
    ],
    bodies: [
      'return [...$0].sort((@a, @b) => @a.FIELD - @b.FIELD);',
      'return $0.slice().sort((@a, @b) => @a.FIELD - @b.FIELD);',
    ],
    expected: (items, field) => [...(items as Numbered)].sort((a, b) => a[field]! - b[field]!),
  },
  {
    names: '{sort|order|rank}{By|}FIELD{Descending|Desc|}',
    returns: 'TYPE[]',
    docs: [
      'Sorts {the |}THINGS by {their |}FIELD, {highest|largest} first%copy',
      '%R the THINGS {ordered|sorted} by {their |}FIELD in descending order',
    ],
    bodies: ['return [...$0].sort((@a, @b) => @b.FIELD - @a.FIELD);'],
    expected: (items, field) => [...(items as Numbered)].sort((a, b) => b[field]! - a[field]!),
  },
  {
    names: '{with|by}FIELD{Above|Over} {above|over}FIELD',
    extra: 'lim',
    argument: 2,
    returns: 'TYPE[]',
    docs: [
      '%R the THINGS {whose FIELD is above|with a FIELD above|whose FIELD exceeds|with a FIELD over} $1',
    ],
    bodies: ['return $0.filter((@item) => @item.FIELD > $1);'],
    expected: (items, field) => (items as Numbered).filter((item) => item[field]! > 2),
  },
  {
    names: '{with|by}FIELD{AtLeast|From} min{imum|}FIELD',
    extra: 'lim',
    argument: 2,
    returns: 'TYPE[]',
    docs: ['%R the THINGS {whose FIELD is|with a FIELD of} at least $1'],
    bodies: ['return $0.filter((@item) => @item.FIELD >= $1);'],
    expected: (items, field) => (items as Numbered).filter((item) => item[field]! >= 2),
  },
];

const textualForms: readonly Form[] = [
  {
    names: '{get|list|all|pluck|collect}FIELDs FIELDsOf',
    returns: 'string[]',
    docs: [
      '%R the FIELDs? of {all|the} THINGS',
      '{Lists|Collects} the FIELD of {every one|each} of the THINGS',
    ],
    bodies: ['return $0.map((@item) => @item.FIELD);', 'return $0.map(({ FIELD }) => FIELD);'],
    expected: (items, field) => (items as Named).map((item) => item[field]),
  },
  {
    names: '{unique|distinct|different}FIELDs',
    returns: 'string[]',
    docs: ['%R the {different|distinct|unique} FIELDs? of {all|the} THINGS{, each once|}'],
    bodies: ['return [...new Set($0.map((@item) => @item.FIELD))];'],
    expected: (items, field) => [...new Set((items as Named).map((item) => item[field]))],
  },
  {
    names: '{find|get|find}By{FIELD|FIELD}',
    extra: 'wanted,value,target,key,FIELD: string',
    argument: 'b',
    returns: 'TYPE | undefined',
    docs: [
      '%R the {one|first} of the THINGS {whose FIELD is|with the FIELD} $1{, or undefined|, if any|}',
      'Finds one of the THINGS by its FIELD',
    ],
    bodies: [
      'return $0.find((@item) => @item.FIELD === $1);',
      'for (const @item of $0) {\n  if (@item.FIELD === $1) return @item;\n}\nreturn undefined;',
    ],
    expected: (items, field) => (items as Named).find((item) => item[field] === 'b'),
  },
  {
    names: '{filter|with|of|by}{|By}FIELD',
    extra: 'wanted,value,target,key,FIELD: string',
    argument: 'a',
    returns: 'TYPE[]',
    docs: [
      '%R {all|the} THINGS {whose FIELD is|with the FIELD} $1',
      'Keeps {only |}the THINGS {whose FIELD is|with the FIELD} $1',
    ],
    bodies: ['return $0.filter((@item) => @item.FIELD === $1);'],
    expected: (items, field) => (items as Named).filter((item) => item[field] === 'a'),
  },
  {
    names: '{count|number}{With|Of|By}FIELD',
    extra: 'wanted,value,target,key: string',
    argument: 'a',
    returns: 'number',
    docs: ['%C THINGS {whose FIELD is|with the FIELD} $1'],
    bodies: ['return $0.filter((@item) => @item.FIELD === $1).length;'],
    expected: (items, field) => (items as Named).filter((item) => item[field] === 'a').length,
  },
  {
    names: '{group|split}By{FIELD|FIELD}',
    returns: 'Record<string, TYPE[]>',
    docs: ['Groups {the |}THINGS by {their |}FIELD', '%R the THINGS {grouped|collected} by {their |}FIELD'],
    bodies: [
      'const @groups«: Record<string, TYPE[]>» = {};\nfor (const @item of $0) {\n  (@groups[@item.FIELD] ??= []).push(@item);\n}\nreturn @groups;',
      'const @groups«: Record<string, TYPE[]>» = {};\nfor (const @item of $0) {\n  const @list = @groups[@item.FIELD] ?? [];\n  @list.push(@item);\n  @groups[@item.FIELD] = @list;\n}\nreturn @groups;',
    ],
    expected: (items, field) => ({
      a: (items as Named).filter((item) => item[field] === 'a'),
      b: (items as Named).filter((item) => item[field] === 'b'),
    }),
  },
  {
    names: '{count|tally}By{FIELD|FIELD} FIELDCounts',
    returns: 'Record<string, number>',
    docs: [
      'Counts {the |}THINGS {by|per} FIELD',
      '%R how many of the THINGS {there are for each|have each} FIELD',
    ],
    bodies: [
      'const @m«: Record<string, number>» = {};\nfor (const @item of $0) {\n  @m[@item.FIELD] = (@m[@item.FIELD] ?? 0) + 1;\n}\nreturn @m;',
    ],
    expected: () => ({ a: 2, b: 1 }),
  },
  {
    names: '{index|key|map}By{FIELD|FIELD} byFIELD',
    returns: 'Record<string, TYPE>',
    docs: ['%R a record of the THINGS by {their |}FIELD', 'Indexes {the |}THINGS by {their |}FIELD'],
    bodies: [
      'return Object.fromEntries($0.map((@item) => [@item.FIELD, @item]));',
      'const @r«: Record<string, TYPE>» = {};\nfor (const @item of $0) {\n  @r[@item.FIELD] = @item;\n}\nreturn @r;',
    ],
    expected: (items, field) => Object.fromEntries((items as Named).map((item) => [item[field], item])),
  },
  {
    names: '{sort|order}By{FIELD|FIELD}',
    returns: 'TYPE[]',
    docs: ['Sorts {the |}THINGS {alphabetically |}by {their |}FIELD%copy'],
    bodies: ['return [...$0].sort((@a, @b) => @a.FIELD.localeCompare(@b.FIELD));'],
    expected: (items, field) => [...(items as Named)].sort((a, b) => a[field]!.localeCompare(b[field]!)),
  },
  {
    names: 'join{FIELD|FIELD}s FIELDList',
    returns: 'string',
    docs: ['Joins the FIELDs? of {all|the} THINGS with commas{ and spaces|}'],
    bodies: ["return $0.map((@item) => @item.FIELD).join(', ');"],
    expected: (items, field) => (items as Named).map((item) => item[field]).join(', '),
  },
];

const flagForms: readonly Form[] = [
  {
    names: '{only|get|filter|keep|find}FIELD',
    returns: 'TYPE[]',
    docs: ['%R {only |}the THINGS that are FIELD', 'Keeps {only |}the FIELD THINGS'],
    bodies: ['return $0.filter((@item) => @item.FIELD);'],
    expected: (items, field) => items.filter((item) => item[field]),
  },
  {
    names: '{not|without|remove|un}FIELD',
    returns: 'TYPE[]',
    docs: ['%R {only |}the THINGS that are not {yet |}FIELD', '{Removes|Drops} the FIELD THINGS'],
    bodies: ['return $0.filter((@item) => !@item.FIELD);'],
    expected: (items, field) => items.filter((item) => !item[field]),
  },
  {
    names: '{count|numberOf}FIELD',
    returns: 'number',
    docs: ['%C THINGS that are FIELD', '%C FIELD THINGS'],
    bodies: [
      'return $0.filter((@item) => @item.FIELD).length;',
      'let @k = 0;\nfor (const @item of $0) {\n  if (@item.FIELD) @k++;\n}\nreturn @k;',
    ],
    expected: (items, field) => items.filter((item) => item[field]).length,
  },
  {
    names: '{all|every|areAll}FIELD',
    returns: 'boolean',
    docs: ['%W {all|all the|all of the} THINGS are FIELD'],
    bodies: ['return $0.every((@item) => @item.FIELD);'],
    expected: (items, field) => items.every((item) => item[field]),
  },
  {
    names: '{any|some|hasAny}FIELD',
    returns: 'boolean',
    docs: ['%W {any|some|at least one} of the THINGS is FIELD'],
    bodies: ['return $0.some((@item) => @item.FIELD);'],
    expected: (items, field) => items.some((item) => item[field]),
  },
  {
    names: '{share|progress|fraction|percent}{Of|}FIELD',
    returns: 'number',
    docs: [
      '%R {the|which} {share|fraction} of the THINGS that are FIELD, {from 0 to 1|between 0 and 1}, 0 for {none|an empty list}'.replace(
        '{the|which}',
        'the',
      ),
    ],
    bodies: ['if ($0.length === 0) return 0;\nreturn $0.filter((@item) => @item.FIELD).length / $0.length;'],
    expected: (items, field) =>
      items.length === 0 ? 0 : items.filter((item) => item[field]).length / items.length,
  },
];

function families(
  subjects: readonly Subject[],
  forms: readonly Form[],
  values: readonly unknown[],
  fieldType: string,
): Family[] {
  return subjects.flatMap((one) =>
    forms.map((form) => {
      const items = values.map((value) => ({ [one.field]: value })) as Record<string, never>[];
      const inline = (one.field.length + form.names.length) % 3 === 0;
      const type = inline ? `{ ${one.field}: ${fieldType} }` : one.type;
      const fill = (text: string): string =>
        text
          .replaceAll('FIELDs?', `{${one.field}s|${one.field}}`)
          .replaceAll('THINGS', one.things)
          .replaceAll('TYPE', type)
          .replaceAll('FIELD', one.field);
      const named = form.names.replaceAll('FIELD', cap(one.field));
      const parameters = `${one.parameter}: ${type}[]${form.extra === undefined ? '' : `; ${fill(form.extra)}`}`;
      const arguments_ = form.extra === undefined ? [items] : [items, form.argument];
      return family(
        named,
        parameters,
        fill(form.returns),
        form.docs.map(fill),
        form.bodies.map(fill),
        [[arguments_, form.expected(items, one.field)]],
        0.12,
      );
    }),
  );
}

/** "Total price of the products", "users sorted by name", "tasks that are done": lists of records by one field. */
export const composedRecords: readonly Family[] = [
  ...families(numeric, numericForms, [3, 1, 5, 2], 'number'),
  ...families(textual, textualForms, ['b', 'a', 'a'], 'string'),
  ...families(flags, flagForms, [true, false, true], 'boolean'),
];
