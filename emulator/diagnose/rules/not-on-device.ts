import { algorithmParts } from '../../../psa-api/algorithm-names.ts';
import * as algorithms from '../../../psa-api/algorithms.ts';
import {
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_RSA,
} from '../../../psa-api/constants.ts';
import { keyTypeName } from '../../../psa-api/key-type-names.ts';
import { PSA_ERROR_NOT_SUPPORTED } from '../../../psa-api/status.ts';
import type { Fact } from '../../profiles/fact.ts';
import type { Facts, Profile } from '../../profiles/profile.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { BoundedMap } from '../bounded.ts';
import { lengthOf } from '../fields.ts';
import type { Hit, Place, Rule, Watch } from '../finding.ts';
import type { Seen } from '../lives.ts';
import { algorithm, answered, fact } from '../words.ts';
import type { World } from '../world.ts';

type List = readonly Fact<string>[];
type ListName = 'algorithms' | 'keyTypes' | 'aesBits' | 'rsaBits' | 'eccBits' | 'absentFunctions';

/** undefined: the profile has them all. */
const listOf = (facts: Facts, name: ListName): List | undefined => {
  const list: List | Fact<null> = facts[name] as List | Fact<null>;
  return 'value' in list ? undefined : list;
};

interface Lack {
  readonly subject: string;
  readonly what: string;
  readonly details: readonly string[];
}

/** A list by its sources: `read: the demonstration: PSA_ALG_GCM, PSA_ALG_CCM`. */
const bySource = (list: List): string[] => {
  const groups = new Map<string, string[]>();
  for (const { value, source, confidence } of list) {
    const place = `${confidence}: ${source}`;
    groups.set(place, [...(groups.get(place) ?? []), value]);
  }
  return [...groups].map(([place, values]) => `it has ${values.join(', ')} (${place})`);
};

const lackOfFunction = ({ event, row }: Seen, { facts, name }: Profile): Lack | undefined => {
  const absent = facts.absentFunctions;
  const list = 'value' in absent ? [] : absent;
  const found = list.find(({ value }) => value === event.function);
  if (found === undefined) return undefined;
  const { family } = event;
  const siblings = list.filter(({ source }) => source === found.source).length;
  return {
    // The functions of a family are there or absent together.
    subject: family ?? row.name,
    what: `profile ${name} has no ${event.function}`,
    details: [
      `${found.confidence}: ${found.source}`,
      ...(siblings > 1 ? [`the same holds for ${siblings - 1} more functions`] : []),
    ],
  };
};

/** The category of an algorithm's name: hash, MAC, cipher and so on (10.1). */
const categoryOf = (name: string): number => {
  const value: unknown = Reflect.get(algorithms, name);
  const alg: unknown = typeof value === 'function' ? value(algorithms.PSA_ALG_NONE) : value;
  return typeof alg === 'number' ? (alg >>> 24) & 0x7f : 0;
};

const ofTheKind = (list: List, name: string): List =>
  list.filter(({ value }) => categoryOf(value) === categoryOf(name));

const lackOfAlgorithm = ({ alg }: TraceEvent, { facts, name }: Profile): Lack | undefined => {
  const list = listOf(facts, 'algorithms');
  if (alg === undefined || alg === 0 || list === undefined) return undefined;
  const missing = algorithmParts(alg).find((part) => !list.some(({ value }) => value === part));
  if (missing === undefined) return undefined;
  const of = missing === algorithm(alg) ? '' : ` of ${algorithm(alg)}`;
  return {
    subject: missing,
    what: `profile ${name} has no ${missing}${of}`,
    details: bySource(ofTheKind(list, missing)),
  };
};

const sizeList = (type: number): ListName | undefined => {
  if (type === PSA_KEY_TYPE_AES) return 'aesBits';
  if (PSA_KEY_TYPE_IS_RSA(type)) return 'rsaBits';
  const onCurve = PSA_KEY_TYPE_IS_ECC(type) && PSA_KEY_TYPE_ECC_GET_FAMILY(type) === PSA_ECC_FAMILY_SECP_R1;
  return onCurve ? 'eccBits' : undefined;
};

/** The size of a key to be made, where attributes or data tell it. */
const bitsOf = (event: TraceEvent, type: number): number => {
  const stated = event.keyBits ?? 0;
  return stated !== 0 || type !== PSA_KEY_TYPE_AES ? stated : lengthOf(event, 'data') * 8;
};

const lackOfKey = (event: TraceEvent, { facts, name }: Profile): Lack | undefined => {
  const { keyType: type } = event;
  if (type === undefined || type === 0) return undefined;
  const types = listOf(facts, 'keyTypes');
  const typeName = keyTypeName(type);
  if (types !== undefined && !types.some(({ value }) => value === typeName))
    return {
      subject: typeName,
      what: `profile ${name} has no keys of type ${typeName}`,
      details: bySource(types),
    };
  const place = sizeList(type);
  const sizes = place === undefined ? undefined : listOf(facts, place);
  const bits = bitsOf(event, type);
  if (sizes === undefined || bits === 0 || sizes.some(({ value }) => value === String(bits)))
    return undefined;
  return {
    subject: `${typeName} ${bits}`,
    what: `profile ${name} has no ${typeName} of ${bits} bits`,
    details: sizes.map((one) => `it has ${fact(one)}`),
  };
};

const unknown = ({ event }: Seen, name: string): Lack => ({
  subject: `${event.function} ${event.alg}`,
  what: `${event.alg === undefined ? event.function : algorithm(event.alg)} is not there, nor in h5sm as a whole as far as profile ${name} tells`,
  details: [],
});

const hitOf = (seen: Seen, { profile, profileName }: World): Hit | undefined => {
  const { event, evidence, cause } = seen;
  if (event.status !== PSA_ERROR_NOT_SUPPORTED || cause !== undefined) return undefined;
  const lack =
    (profile === undefined
      ? undefined
      : (lackOfFunction(seen, profile) ?? lackOfAlgorithm(event, profile) ?? lackOfKey(event, profile))) ??
    unknown(seen, profileName);
  return {
    certainty: 'certain',
    what: `${answered(evidence)}: ${lack.what}.`,
    evidence: [evidence],
    details: lack.details,
    subject: lack.subject,
  };
};

const MOST_CONNECTIONS = 4096;

/** A setup that the device has not, of which it is not known yet whether the program takes no for an answer. */
interface Question {
  readonly family: string;
  readonly alg: number | undefined;
  readonly place: Place;
  readonly hit: Hit;
  settled: boolean;
}

/** The program goes another way: by a function of the family that does the same in one call. */
const isWayAround = ({ event }: Seen, { family, alg }: Question): boolean =>
  event.family === undefined && event.function.startsWith(`psa_${family}_`) && event.alg === alg;

export const notOnDevice: Rule = {
  name: 'not-on-device',
  title: 'Not on this device',
  explanation:
    'The function, algorithm, key type or key size is not there: the device of the profile does not have it, or h5sm ' +
    'itself does not. The profile says for each value where it comes from and how much it is worth. A program that ' +
    'asks for an operation in parts, and after the refusal does the same in one call, is not told.',
  fix:
    'Choose something the device has (h5sm capabilities lists it), do this part in software, or run with a profile ' +
    'that has it: --profile psa-full, or a profile file of your own where you know the device better.',
  look: (): Watch => {
    const questions = new BoundedMap<number, Question>(MOST_CONNECTIONS);
    return {
      call: (seen, world) => {
        const { event, role } = seen;
        const { client, connection, family, alg } = event;
        const asked = questions.get(connection);
        const hit = hitOf(seen, world);
        if (hit === undefined) {
          if (asked !== undefined && isWayAround(seen, asked)) asked.settled = true;
          return undefined;
        }
        if (asked !== undefined && asked.family === family) {
          if (role === 'setup' || role === 'abort') return undefined;
          asked.settled = true;
          return asked.hit;
        }
        if (asked !== undefined || role !== 'setup' || family !== hit.subject) return hit;
        questions.set(connection, { family, alg, place: { client, connection }, hit, settled: false });
        return undefined;
      },
      mark: ({ event, connection }) => {
        if (event !== 'disconnect' || connection === undefined) return undefined;
        const asked = questions.get(connection);
        questions.delete(connection);
        return asked?.settled === false ? asked.hit : undefined;
      },
      end: () => {
        const open = [...questions.values()].filter(({ settled }) => !settled);
        questions.clear();
        return open;
      },
    };
  },
};
