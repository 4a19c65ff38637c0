/**
 * Cycles of the STM32H573 for what the Secure Manager does, as far as they are published. Through the Secure Manager
 * none are: what a call takes is put together from the hardware's own figures.
 */
import { chosen, type Fact, proxy, read } from '../profiles/fact.ts';

const U5 = 'RM0456 rev 6, PKA of the same family; about 20 % off';
const NOT_PUBLIC = 'not public';

/** Cycles per unit; a unit is a block, an operation or a byte, as the name says. */
export const CYCLES = {
  hertz: read(250_000_000, 'system clock of the SMAK application'),
  /** One change between the worlds, with what the framework does at it. Each call has three. */
  worldSwitch: chosen(1500, NOT_PUBLIC),
  copiedByte: chosen(2, `${NOT_PUBLIC}; each byte is copied into and out of the shared area`),

  aes128Block: read(480, 'RM0481 table 330, SAES; that the Secure Manager uses SAES is inferred'),
  aes256Block: proxy(680, 'RM0487 and RM0477, SAES'),
  hashBlock: chosen(82, `${NOT_PUBLIC}; a block of the HASH peripheral and its 16 words`),
  randomByte: chosen(40, `${NOT_PUBLIC}; words come one by one from the kernel's generator`),

  ecdsaSign256: proxy(2_740_000, `${U5}, table 523`),
  ecdsaSign384: proxy(7_180_000, `${U5}, table 523`),
  ecdsaSign521: proxy(16_700_000, `${U5}, table 523`),
  ecdsaVerify256: proxy(2_940_000, `${U5}, table 524`),
  ecdsaVerify384: proxy(7_980_000, `${U5}, table 524`),
  ecdsaVerify521: proxy(19_300_000, `${U5}, table 524`),
  pointMultiple256: proxy(3_080_000, `${U5}, table 522`),
  pointMultiple384: proxy(8_520_000, `${U5}, table 522`),
  pointMultiple521: proxy(21_100_000, `${U5}, table 522`),
  rsaPrivate2048: proxy(11_670_000, `${U5}, table 521, CRT`),
  rsaPrivate3072: proxy(36_900_000, `${U5}, table 521, CRT`),
  rsaPublic2048: proxy(690_000, `${U5}, table 521`),
  rsaPublic3072: proxy(1_130_000, `${U5}, table 521`),
  /** How many private operations a new RSA key costs: most of it is looking for primes. */
  rsaKeyTrials: chosen(60, NOT_PUBLIC),
} as const satisfies Record<string, Fact<number>>;
