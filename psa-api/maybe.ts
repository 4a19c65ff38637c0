/** Answers that are there at once, unless the arithmetic is too long to wait for. */

export type Maybe<T> = T | Promise<T>;

export const chain = <T, U>(value: Maybe<T>, next: (value: T) => Maybe<U>): Maybe<U> =>
  value instanceof Promise ? value.then(next) : next(value);
