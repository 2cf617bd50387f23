import type { Check, Family } from './family.ts';
import { anyNames, drawName, localNames, localPairs, pairNames, parameterKinds, parameterPairs } from './names.ts';
import type { Random } from './random.ts';
import { expand } from './wording.ts';

/** One exercise as a file has it. `text` = head (doc comment and signature up to `{`) + body + `}` and a newline. */
export interface Instance {
  readonly name: string;
  readonly text: string;
  /** Offset in `text` right after the `{` that opens the body; -1 for an arrow function without braces. */
  readonly bodyStart: number;
  /** Offset of the `}` that closes the body; -1 likewise. */
  readonly bodyEnd: number;
  readonly checks: readonly Check[];
}

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly fallback: string | undefined;
}

/** Draws one exercise of a family. The same state of `random` gives the same text. */
export function drawInstance(family: Family, random: Random): Instance {
  const plain = random.chance(0.12);
  const taken = new Set<string>();
  const name = drawFunctionName(family, random);
  taken.add(name);
  const parameters = drawParameters(family.parameters, taken, random);
  const withNames = (text: string): string => text.replace(/\$(\d)/g, (_, at: string) => parameters[Number(at)]!.name);
  const doc = drawDoc(family, name, parameters, plain, random);
  const body = drawBody(withNames(random.pick(family.bodies)).replaceAll('NAME', name), plain, taken, random);
  return assemble({ family, name, parameters, doc, body, plain }, random);
}

function drawFunctionName(family: Family, random: Random): string {
  if (random.chance(0.02)) return random.pick(['solve', 'run', 'compute', 'f', 'fn', 'apply', 'task', 'answer', 'work', 'calc']);
  const name = expand(random.pick(family.names.split(' ')), random);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function drawParameters(list: string, taken: Set<string>, random: Random): Parameter[] {
  const pairs = new Map<string, readonly [string, string]>();
  const anyhow = random.chance(0.1);
  const readonlyLists = random.chance(0.12);
  const genericLists = random.chance(0.05);
  const draw = (written: string): Parameter => {
    const [, declared, fallback] = /^(.*?)(?:=(?!>)(.*))?$/.exec(written) as unknown as [string, string, string | undefined];
    const own = /^([\w,]+): (.*)$/.exec(declared);
    const pair = parameterPairs[declared];
    const kind = parameterKinds[declared];
    let type = own ? own[2]! : (pair ?? kind)?.type;
    if (type === undefined) throw new RangeError(`Unknown kind of parameter: ${written}`);
    if (genericLists) type = type.replace(/^(\w+)\[\]$/, 'Array<$1>');
    else if (readonlyLists && /^\w+\[\](\[\])?$/.test(type)) type = `readonly ${type}`;
    if (anyhow) return { name: drawName(anyNames, taken, random), type, fallback };
    if (own) return { name: drawName(own[1]!.split(','), taken, random), type, fallback };
    if (!pair) return { name: drawName(kind!.names, taken, random), type, fallback };
    const options = pairNames[pair.pair]!.filter(([a, b]) => pairs.has(pair.pair) || !(taken.has(a) || taken.has(b)));
    const names = pairs.get(pair.pair) ?? random.pick(options);
    pairs.set(pair.pair, names);
    taken.add(names[pair.side]);
    return { name: names[pair.side], type, fallback };
  };
  return list === '' ? [] : list.split('; ').map(draw);
}

function drawDoc(family: Family, name: string, parameters: Parameter[], plain: boolean, random: Random): string {
  const style = random.next();
  if (style < 0.05) return '';
  const ticks = random.chance(0.4);
  const naming = (text: string): string =>
    text.replace(/\$(\d)/g, (_, at: string) => (ticks ? `\`${parameters[Number(at)]!.name}\`` : parameters[Number(at)]!.name));
  let sentence = naming(expand(random.pick(family.docs), random)).replace(/\.$/, '');
  sentence = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  if (random.chance(0.05)) sentence = sentence.replace(/^(Returns|Gets|Computes|Finds|Calculates|Counts|Checks|Converts|Makes|Creates) /, (verb) => `${verb.trim().replace(/s$/, '')} `);
  if (random.chance(0.07)) sentence += exampleOf(family, name, random);
  if (style < 0.12) return `// ${sentence}${random.chance(0.5) ? '.' : ''}\n`;
  if (style < 0.82) return `/** ${sentence}${random.chance(0.93) ? '.' : ''} */\n`;
  const lines = [`${sentence}.`];
  if (style > 0.93) {
    const typed = plain && random.chance(0.5);
    for (const parameter of parameters) {
      lines.push(`@param ${typed ? `{${parameter.type}} ` : ''}${parameter.name}${random.chance(0.4) ? ` The ${parameter.name}.` : ''}`);
    }
    if (random.chance(0.7)) lines.push(`@returns ${typed ? `{${family.returns}} ` : ''}The ${random.pick(['result', 'value', 'answer', 'outcome'])}.`);
  }
  return `/**\n${lines.map((line) => ` * ${line}`).join('\n')}\n */\n`;
}

function exampleOf(family: Family, name: string, random: Random): string {
  if (family.checks.length === 0) return '';
  const [given, expected] = random.pick(family.checks);
  const shown = [...given, expected].map((value) => JSON.stringify(value)?.replaceAll('"', "'").replaceAll(',', ', '));
  if (shown.some((text) => text === undefined || text.length > 30 || text === '{}') || given.some((value) => typeof value === 'function')) return '';
  const call = `${name}(${shown.slice(0, -1).join(', ')})`;
  return random.pick([`, e.g. ${call} is ${shown.at(-1)}`, `. For example, ${call} is ${shown.at(-1)}`, `: \`${call}\` gives \`${shown.at(-1)}\``, `, so ${call} returns ${shown.at(-1)}`]);
}

function drawBody(template: string, plain: boolean, taken: Set<string>, random: Random): string {
  const locals = new Map<string, string>();
  let body = template.replace(/@([a-z]+)/g, (_, role: string) => {
    if ((role === 'a' || role === 'b') && !locals.has(role)) {
      const pair = random.pick(localPairs.filter((names) => !names.some((name) => taken.has(name))));
      for (const [at, name] of pair.entries()) {
        locals.set(at === 0 ? 'a' : 'b', name);
        taken.add(name);
      }
    }
    const known = locals.get(role);
    if (known !== undefined) return known;
    const name = drawName(localNames[role] ?? [role], taken, random);
    locals.set(role, name);
    return name;
  });
  body = body.replace(/«([^»]*)»/g, plain ? '' : '$1').replaceAll('AT', '@').replaceAll('DOLLAR', '$$');
  if (!body.includes('else ') && random.chance(0.3)) body = body.replace(/^( *)((?:if|for) \(.*\)) ((?:return|continue|throw|\w[\w.[\]]* [-+*]?= |\w+\.(?:push|add|set)\().*;|\w+(?:\+\+|--);)$/gm, '$1$2 {\n$1  $3\n$1}');
  if (random.chance(0.12)) body = body.replace(/\((\w+)\) =>/g, '$1 =>');
  const single = /^return ([^;]*);$/.exec(body);
  if (single && random.chance(0.04)) {
    const result = drawName(['result', 'answer', 'output', 'out', 'value'], taken, random);
    body = `const ${result} = ${single[1]};\nreturn ${result};`;
  }
  if (random.chance(0.06) && !/["`\\]/.test(body)) body = body.replaceAll("'", '"');
  if (random.chance(0.03) && !/^\s*[[(`]/m.test(body)) body = body.replace(/;$/gm, '');
  return body;
}

interface Pieces {
  readonly family: Family;
  readonly name: string;
  readonly parameters: Parameter[];
  readonly doc: string;
  readonly body: string;
  readonly plain: boolean;
}

function assemble({ family, name, parameters, doc, body, plain }: Pieces, random: Random): Instance {
  const unit = random.chance(0.9) ? '  ' : random.chance(0.7) ? '    ' : '\t';
  const list = parameters
    .map((one) => `${one.name}${plain || (one.fallback !== undefined && /^\w+$/.test(one.type) && random.chance(0.6)) ? '' : `: ${one.type}`}${one.fallback === undefined ? '' : ` = ${one.fallback}`}`)
    .join(', ');
  const returns = plain || random.chance(0.03) ? '' : `: ${family.returns}`;
  const types = `${parameters.map((one) => one.type).join(' ')} ${family.returns}`;
  const letters = ['T', 'U', 'V'].filter((letter) => new RegExp(`\\b${letter}\\b`).test(types));
  const generics = plain || letters.length === 0 ? '' : `<${letters.join(', ')}>`;
  const exported = random.chance(0.82) ? 'export ' : '';
  const indented = body
    .split('\n')
    .map((line) => (line === '' ? '' : unit + line.replace(/^(?: {2})+/, (spaces) => unit.repeat(spaces.length / 2))))
    .join('\n');
  if (random.chance(0.1)) {
    const single = /^return ([^;]*);$/.exec(body);
    const head = `${doc}${exported}const ${name} = ${generics}(${list})${returns} =>`;
    if (single && random.chance(0.5)) {
      const value = single[1]!.startsWith('{') ? `(${single[1]})` : single[1];
      return { name, text: `${head} ${value};\n`, bodyStart: -1, bodyEnd: -1, checks: family.checks };
    }
    const bodyStart = head.length + 2;
    return { name, text: `${head} {\n${indented}\n};\n`, bodyStart, bodyEnd: bodyStart + indented.length + 2, checks: family.checks };
  }
  const head = `${doc}${exported}function ${name}${generics}(${list})${returns} {`;
  return { name, text: `${head}\n${indented}\n}\n`, bodyStart: head.length, bodyEnd: head.length + indented.length + 2, checks: family.checks };
}
