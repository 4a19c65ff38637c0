/** A report as one HTML file that needs nothing else: a matrix of points and effects, and behind each cell its cases. */
import { CLASSES, type OutcomeClass } from '../outcome.ts';
import type { Report } from '../results.ts';
import { SCRIPT } from './page-script.ts';

/** From calm to alarming; not by hue alone, since the class is written beside it. */
const COLOURS: Readonly<Record<OutcomeClass, string>> = {
  'not-reached': '#c9ccd1',
  masked: '#dfeee0',
  detected: '#9fd0a6',
  'detected-late': '#cfdf8f',
  degraded: '#f3dd84',
  hang: '#f2bd7c',
  'crash-client': '#e9a27f',
  'crash-service': '#e58a7f',
  corrupt: '#dd6f78',
  security: '#c04a86',
  exploited: '#7d2e8d',
};

const STYLE = `
:root { color-scheme: light; font: 14px/1.45 system-ui, sans-serif; }
body { margin: 1.5rem; color: #1d2127; background: #fff; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
p { margin: .25rem 0 1rem; color: #4b525c; }
.filters { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin-bottom: 1rem; }
.filters label { padding: .1rem .5rem; border-radius: 1rem; cursor: pointer; white-space: nowrap; }
.filters input[type=search] { font: inherit; padding: .25rem .5rem; min-width: 18rem; }
.scroll { overflow: auto; max-height: 65vh; border: 1px solid #d5d9df; }
table { border-collapse: separate; border-spacing: 1px; }
th { font-weight: 500; text-align: left; white-space: nowrap; background: #f4f5f7; position: sticky; padding: .15rem .4rem; }
thead th { top: 0; z-index: 1; writing-mode: vertical-rl; transform: rotate(180deg); vertical-align: bottom; }
tbody th { left: 0; font-family: ui-monospace, monospace; font-size: 12px; }
td { padding: 0; min-width: 1.8rem; }
td button { all: unset; box-sizing: border-box; width: 100%; min-width: 1.8rem; padding: .15rem .3rem; text-align: center; cursor: pointer; font-size: 12px; }
td button:hover, td button:focus-visible { outline: 2px solid #1d2127; outline-offset: -2px; }
#cases article { border: 1px solid #d5d9df; border-left-width: .5rem; margin: .75rem 0; padding: .5rem .75rem; }
#cases h2 { font: 600 13px ui-monospace, monospace; margin: 0 0 .25rem; overflow-wrap: anywhere; }
pre { margin: .4rem 0; padding: .4rem .6rem; background: #f4f5f7; overflow: auto; font-size: 12px; }
.minus { color: #9b1c31; } .plus { color: #116329; }
${CLASSES.map((kind) => `.c-${kind} { background: ${COLOURS[kind]}; border-color: ${COLOURS[kind]}; }`).join('\n')}
.c-security button, .c-exploited, .c-exploited button, label.c-security { color: #fff; }
#cases article { background: #fff; color: inherit; }
${CLASSES.map((kind) => `#cases article.c-${kind} { border-left-color: ${COLOURS[kind]}; }`).join('\n')}
`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replaceAll(/[&<>]/g, (letter) => ENTITIES[letter] ?? letter);

/** JSON within a script element: nothing in it may look like the element's end. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

export const page = ({ summary, results }: Report): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(summary.name)}: fault campaign</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(summary.name)}</h1>
<p id="summary"></p>
<div class="filters" id="filters"><input type="search" id="text" placeholder="point, effect, finding" aria-label="Text"></div>
<div class="scroll"><table id="matrix"></table></div>
<section id="cases" aria-live="polite"></section>
<script type="application/json" id="data">${embedded({ classes: CLASSES, summary, results })}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
