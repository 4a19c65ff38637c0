import { expect, it } from 'vitest';
import type { CaseResult, OutcomeClass } from '../../../../emulator/campaign/outcome.ts';
import { junit } from '../../../../emulator/campaign/report/junit.ts';
import { type Summary, withinPatience } from '../../../../emulator/campaign/results.ts';

const result = (index: number, kind: OutcomeClass, trace = `${index}`): CaseResult => ({
  index,
  faults: [`api.psa_hash_compute.leave:nth=${index}->flip(0)`],
  class: kind,
  end: { kind: 'failed', why: 'a < b & "c"\u0001' },
  hits: [1],
  calls: 1,
  trace,
  findings: [],
  replay: `h5sm campaign replay c.json --fault '${index}'`,
});

const summary: Summary = {
  name: 'a <campaign>',
  path: 'c.json',
  profile: undefined,
  seed: 1,
  fingerprint: '',
  cases: 2,
  patience: undefined,
  accept: ['detected'],
  golden: { trace: '', calls: [], visits: {}, findings: [] },
};

it('is a test for each case, with class and replay, and a failure for each that is not accepted', () => {
  const xml = junit({ summary, results: [result(0, 'detected'), result(1, 'corrupt')] });
  expect(xml).toContain('<testsuite name="a &lt;campaign&gt;" tests="2" failures="1"');
  expect(xml.match(/<testcase /g)).toHaveLength(2);
  expect(xml.match(/<property name="class" value="(\w+)"\/>/g)).toEqual([
    '<property name="class" value="detected"/>',
    '<property name="class" value="corrupt"/>',
  ]);
  expect(xml).toContain(`<system-out>h5sm campaign replay c.json --fault '0'</system-out>`);
  expect(xml.match(/<failure type="(\w+)"/g)).toEqual(['<failure type="corrupt"']);
  expect(xml).toContain('ended: failed, a &lt; b &amp; &quot;c&quot;?');
});

it('ends a random campaign after so many cases without news, in the order of the cases', () => {
  const all = [
    result(0, 'masked', 'a'),
    result(1, 'masked', 'a'),
    result(2, 'corrupt', 'a'),
    result(3, 'masked', 'a'),
  ];
  const more = [...all, result(4, 'masked', 'a'), result(5, 'security', 'b')];
  expect(withinPatience(more, 2).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  expect(withinPatience(more, 3)).toHaveLength(6);
  expect(withinPatience(more, undefined)).toHaveLength(6);
});
