import type { Random } from './random.ts';

const split = (names: string): readonly string[] => names.split(' ');

/** Kinds of parameter: the names that people give them and the type they are declared with. */
export const parameterKinds: Readonly<Record<string, { readonly names: readonly string[]; readonly type: string }>> = {
  ns: { names: split('numbers values nums list items xs arr data numbers values nums array scores prices input series samples ns amounts points'), type: 'number[]' },
  ss: { names: split('words strings items names list values texts lines parts arr strs tags array labels input tokens titles entries'), type: 'string[]' },
  bs: { names: split('flags values bools list items arr results checks switches'), type: 'boolean[]' },
  xs: { names: split('items list array values arr xs elements input data entries collection things all'), type: 'T[]' },
  ys: { names: split('others second right ys other rest more extra b'), type: 'T[]' },
  s: { names: split('text str s input value word string text str phrase sentence line source content name title t raw message'), type: 'string' },
  c: { names: split('char letter ch c character symbol needle target'), type: 'string' },
  sub: { names: split('part sub needle target search piece pattern fragment other query term'), type: 'string' },
  sep: { names: split('separator sep delimiter glue joiner divider by delim'), type: 'string' },
  n: { names: split('n value num x number amount n value num input val a i v'), type: 'number' },
  k: { names: split('n count k size amount times num limit total length max howMany'), type: 'number' },
  len: { names: split('max length maxLength limit size n width maxLen len'), type: 'number' },
  lim: { names: split('limit threshold min max bound minimum cutoff level value n x least most'), type: 'number' },
  idx: { names: split('index i position idx at n pos'), type: 'number' },
  step: { names: split('step by increment delta size stride'), type: 'number' },
  d: { names: split('date day d when value date time moment input'), type: 'Date' },
  b: { names: split('flag value on enabled active b condition state'), type: 'boolean' },
  x: { names: split('value item x element target needle entry thing v'), type: 'T' },
  key: { names: split('key name prop field property k'), type: 'string' },
  o: { names: split('record counts scores obj object map values prices data totals dict stock input'), type: 'Record<string, number>' },
  os: { names: split('record params obj object map labels values data dict options fields input'), type: 'Record<string, string>' },
  ot: { names: split('record obj object map source data input values dict'), type: 'Record<string, T>' },
  m: { names: split('matrix grid rows table m board cells values'), type: 'number[][]' },
  g: { names: split('grid matrix rows table lists nested groups arrays items'), type: 'T[][]' },
  set: { names: split('set values items s group all first'), type: 'Set<T>' },
  map: { names: split('map counts scores lookup index m entries table'), type: 'Map<string, number>' },
  p: { names: split('predicate test fn matches condition check accept keep callback'), type: '(item: T) => boolean' },
  by: { names: split('key getKey fn by keyOf selector iteratee pick callback'), type: '(item: T) => string' },
  num: { names: split('getValue fn by selector score iteratee weight toNumber valueOf callback'), type: '(item: T) => number' },
  fn: { names: split('fn transform mapper f callback convert iteratee project'), type: '(item: T) => U' },
  ms: { names: split('ms milliseconds millis duration elapsed time'), type: 'number' },
  sec: { names: split('seconds secs s duration total totalSeconds time'), type: 'number' },
  min: { names: split('minutes mins total duration time totalMinutes'), type: 'number' },
  year: { names: split('year y value yr n'), type: 'number' },
  month: { names: split('month m monthNumber n'), type: 'number' },
  price: { names: split('price amount cost total value subtotal sum'), type: 'number' },
  cents: { names: split('cents amount pennies price total value'), type: 'number' },
  pct: { names: split('percent rate percentage pct discount tax'), type: 'number' },
  r: { names: split('radius r size'), type: 'number' },
  pt: { names: split('point p position origin location'), type: '{ x: number; y: number }' },
  path: { names: split('path file filename filePath p fileName input'), type: 'string' },
  url: { names: split('url link address href input u'), type: 'string' },
  email: { names: split('email address value input mail'), type: 'string' },
  u: { names: split('value input x data thing candidate v'), type: 'unknown' },
};

/** Pairs of parameters that are named together: `lo`/`hi` share one draw, and so do their first and second forms. */
export const parameterPairs: Readonly<Record<string, { readonly pair: string; readonly side: 0 | 1; readonly type: string }>> = {
  lo: { pair: 'range', side: 0, type: 'number' },
  hi: { pair: 'range', side: 1, type: 'number' },
  from: { pair: 'span', side: 0, type: 'number' },
  to: { pair: 'span', side: 1, type: 'number' },
  na: { pair: 'two', side: 0, type: 'number' },
  nb: { pair: 'two', side: 1, type: 'number' },
  sa: { pair: 'two', side: 0, type: 'string' },
  sb: { pair: 'two', side: 1, type: 'string' },
  xa: { pair: 'lists', side: 0, type: 'T[]' },
  xb: { pair: 'lists', side: 1, type: 'T[]' },
  nsa: { pair: 'lists', side: 0, type: 'number[]' },
  nsb: { pair: 'lists', side: 1, type: 'number[]' },
  ssa: { pair: 'lists', side: 0, type: 'string[]' },
  ssb: { pair: 'lists', side: 1, type: 'string[]' },
  da: { pair: 'dates', side: 0, type: 'Date' },
  db: { pair: 'dates', side: 1, type: 'Date' },
  pa: { pair: 'points', side: 0, type: '{ x: number; y: number }' },
  pb: { pair: 'points', side: 1, type: '{ x: number; y: number }' },
  seta: { pair: 'lists', side: 0, type: 'Set<T>' },
  setb: { pair: 'lists', side: 1, type: 'Set<T>' },
  w: { pair: 'size', side: 0, type: 'number' },
  h: { pair: 'size', side: 1, type: 'number' },
};

export const pairNames: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  range: [['min', 'max'], ['low', 'high'], ['lower', 'upper'], ['lo', 'hi'], ['minimum', 'maximum'], ['min', 'max'], ['floor', 'ceiling'], ['least', 'most'], ['from', 'to'], ['start', 'end'], ['smallest', 'largest'], ['bottom', 'top']],
  span: [['start', 'end'], ['from', 'to'], ['first', 'last'], ['begin', 'end'], ['start', 'stop'], ['lo', 'hi'], ['a', 'b']],
  two: [['a', 'b'], ['left', 'right'], ['first', 'second'], ['x', 'y'], ['a', 'b'], ['one', 'other'], ['value', 'other'], ['lhs', 'rhs']],
  lists: [['a', 'b'], ['left', 'right'], ['first', 'second'], ['one', 'two'], ['xs', 'ys'], ['listA', 'listB'], ['items', 'others'], ['values', 'other']],
  dates: [['a', 'b'], ['start', 'end'], ['from', 'to'], ['first', 'second'], ['left', 'right'], ['begin', 'end'], ['earlier', 'later']],
  points: [['a', 'b'], ['p', 'q'], ['from', 'to'], ['start', 'end'], ['first', 'second'], ['p1', 'p2']],
  size: [['width', 'height'], ['w', 'h'], ['a', 'b'], ['length', 'width'], ['columns', 'rows']],
};

/** Names of local variables by role; a role that is not listed is itself the only name. */
export const localNames: Readonly<Record<string, readonly string[]>> = {
  n: split('n n value num x v number'),
  x: split('item item x value el element v entry'),
  w: split('word word w s text item str'),
  c: split('c char ch letter c'),
  r: split('result result out output res'),
  t: split('total sum total acc result'),
  k: split('count count total n matches'),
  i: split('i i i index idx'),
  j: split('j j k'),
  key: split('key key k name'),
  v: split('value value v val'),
  m: split('map counts result lookup groups'),
  seen: split('seen seen unique known visited set'),
  acc: split('acc sum total memo acc result'),
  best: split('best result best current found top'),
  parts: split('parts pieces words tokens'),
};

/** Names of two locals that belong together, such as a comparator's. */
export const localPairs: readonly (readonly [string, string])[] = [['a', 'b'], ['a', 'b'], ['a', 'b'], ['x', 'y'], ['left', 'right'], ['first', 'second'], ['one', 'other'], ['p', 'q']];

/** Names that fit no kind in particular: with them a function can only be right by reading its signature. */
export const anyNames: readonly string[] = split(
  'foo bar baz alpha beta gamma thing stuff object target source base extra left right inner outer first second third width height depth color user order product customer city country color weight speed price score rate level page row column cell node edge token field label prefix suffix body header footer title author book shelf box bag cart basket team player game round turn card deck piece board month week hour minute epoch ratio share factor offset margin padding border radius angle side area volume mass force energy power heat light sound song track album film scene photo image pixel byte bit word letter symbol digit integer decimal fraction quantity stock bill receipt payment account balance credit debit tax tip fee wage salary bonus grade mark student teacher lesson course lecture room seat table chair door window house street road route map trip flight train bus ticket animal plant tree leaf fruit apple banana lemon bread cheese sugar salt temperature pressure humidity reading sensor device signal wave sample batch chunk block frame layer model option setting config state status code error message note memo draft post comment reply thread topic query term match hit rank tag group unit member owner parent child sibling root branch path link anchor key lock flag mask slot pool queue stack heap buffer stream pipe file folder disk drive record entry log event alert alarm timer clock date period term span range scale step',
);

/** Draws a name that is not in `taken` yet and adds it there. */
export function drawName(names: readonly string[], taken: Set<string>, random: Random): string {
  for (let attempt = 0; attempt < 8; attempt++) {
    const name = random.pick(names);
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
  const free = names.find((name) => !taken.has(name)) ?? `${names[0]}${taken.size}`;
  taken.add(free);
  return free;
}
