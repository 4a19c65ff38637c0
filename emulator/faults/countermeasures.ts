/** What a device can be given against faults; the engine carries it out. */
export { COUNTERMEASURES, type Countermeasure } from '../../engine/guarded/countermeasure.ts';
