/**
 * Values in the specification's names, as people write them in files: a number, a constant, a macro of values, and
 * alternatives with `|`. `PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)`, `PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_EXPORT`, `0x45`.
 */
import * as constants from './constants.ts';

/** What is wrong with the text. */
export class ExpressionError extends Error {}

type Macro = (...args: number[]) => unknown;

const NAMED: Readonly<Record<string, unknown>> = constants;
const TOKEN = /\s*(0x[0-9a-f]+|\d+|PSA_\w+|[(),|])/iy;

const tokens = (text: string): string[] => {
  const found: string[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const [whole = '', token] = TOKEN.exec(text) ?? [];
    if (token === undefined)
      throw new ExpressionError(
        `"${text.slice(at).trim()}" is no number and no PSA_ name, as in PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)`,
      );
    found.push(token);
    at += whole.length;
  }
  return found;
};

class Parser {
  readonly #tokens: string[];

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  whole(): number {
    const value = this.#alternatives();
    const [rest] = this.#tokens;
    if (rest !== undefined) throw new ExpressionError(`"${rest}" is not expected here`);
    return value;
  }

  #alternatives(): number {
    let value = this.#term();
    while (this.#skip('|')) value = (value | this.#term()) >>> 0;
    return value;
  }

  #skip(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #term(): number {
    const token = this.#tokens.shift();
    if (token === undefined) throw new ExpressionError('a value is missing');
    if (/^\d/.test(token)) return Number(token);
    const named = NAMED[token];
    if (typeof named === 'number') return named;
    if (typeof named === 'function' && token.startsWith('PSA_')) return this.#call(token, named as Macro);
    throw new ExpressionError(`no constant ${token}`);
  }

  #call(name: string, macro: Macro): number {
    if (!this.#skip('(')) throw new ExpressionError(`${name} needs ${macro.length} values in parentheses`);
    const args: number[] = [];
    do args.push(this.#alternatives());
    while (this.#skip(','));
    if (!this.#skip(')')) throw new ExpressionError(`the parenthesis of ${name} is not closed`);
    if (args.length !== macro.length)
      throw new ExpressionError(`${name} takes ${macro.length} values, not ${args.length}`);
    const value = macro(...args);
    if (typeof value !== 'number') throw new ExpressionError(`${name} is a question, no value`);
    return value;
  }
}

/** Throws ExpressionError. */
export const evaluate = (text: string): number => new Parser(text).whole();
