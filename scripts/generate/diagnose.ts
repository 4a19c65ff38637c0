/** docs/diagnose.md: what h5sm diagnose finds, rule by rule. */
import type { Rule } from '../../emulator/diagnose/finding.ts';
import { RULES } from '../../emulator/diagnose/rules.ts';

const WIDTH = 120;

/** Sentences in lines of the page's width. */
const wrapped = (text: string): string => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
};

/** Stars of `psa_*_finish` are no emphasis. */
const plain = (text: string): string => text.replaceAll('*', '\\*');

const section = ({ name, title, explanation, fix }: Rule): string =>
  `### ${name}\n\n${wrapped(`**${plain(title)}.** ${plain(explanation)}`)}\n\n${wrapped(`Mend: ${plain(fix)}`)}\n`;

const list = RULES.map(({ name, title }) => `| [${name}](#${name}) | ${plain(title)} |`).join('\n');

export const diagnosePage =
  (): string => `<!-- Generated from emulator/diagnose by \`npm run generate\`. Do not edit. -->

# Diagnosis

A program that uses PSA wrongly seldom fails where the mistake is: a dropped status, a copied handle or a nonce built
wrong shows as \`bad_record_mac\` at the peer. The device has seen every call, so it can tell.

\`\`\`console
$ h5sm exec --trace calls.ndjson -- ./firmware-tests
$ h5sm diagnose calls.ndjson
$ h5sm exec --hints -- ./firmware-tests
\`\`\`

\`h5sm diagnose\` reads a trace; \`--json\` prints the findings for programs. Exit codes: 0 nothing found, 1 something
found, 2 wrong use or no trace. With \`--hints\`, \`exec\` and \`start\` say on stderr what they find as soon as it shows,
each finding once.

A finding has what happened, the calls that show it by their numbers in the trace, why it matters and the mend. It is
**certain** where nothing else makes these calls, **likely** where they are allowed and hardly ever meant. Causes come
first. Failures that follow from a finding are counted with it and not told again, and what is left over at the end of a
connection is told only where nothing else was found on it: mend what was found, and run again.

A finding is not always a mistake of the program: a test that makes a wrong call on purpose, or a program that tries what
the device can do, gets one too.

## What is found

| rule | what |
| --- | --- |
${list}

${RULES.map(section).join('\n')}
## What a trace cannot show

- What a program computes without the device. A transcript hash in software of which no copy was made leaves no trace
  at all: hash calls that are missing altogether are the only sign.
- What a program does with an output after a success. That it looks at a status shows only in the calls that follow.
- Contents, unless the trace was made with \`--reveal-insecure\`. Lengths and digests are enough for all rules; that a
  nonce begins with its length is then likely instead of certain, and for CCM, where 13 bytes are a length like any
  other, not seen.
- Which object a handle came from. Where the device gives handles out again, calls through a stale copy that reach
  another operation succeed; they show when that operation's owner comes to its end.
`;
