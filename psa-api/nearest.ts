/** The word somebody may have meant. */

/** Edits (insert, remove, replace, each of one letter) between two words. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

export const nearest = (word: string, words: readonly string[]): string | undefined => {
  const ranked = words.map((candidate) => ({ candidate, edits: distance(word, candidate) }));
  const best = ranked.sort((x, y) => x.edits - y.edits)[0];
  return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3))
    ? best.candidate
    : undefined;
};

/** `; did you mean …?`, or nothing where no word is near. */
export const didYouMean = (word: string, words: readonly string[]): string => {
  const found = nearest(word, words);
  return found === undefined ? '' : `; did you mean ${found}?`;
};
