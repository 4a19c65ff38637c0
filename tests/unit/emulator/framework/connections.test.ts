/** Which service a handle of psa_connect stands for. */
import { describe, expect, it } from 'vitest';
import { SERVICES, sharedHandle, uniqueHandles } from '../../../../emulator/framework/connections.ts';

const { crypto, storage, attestation } = SERVICES;

describe('one handle for all', () => {
  it('is -1, and 0 for a service that is not there', () => {
    const table = sharedHandle(20);
    expect(table.open(crypto)).toBe(-1);
    expect(table.open(0)).toBe(0);
    expect(table.open(1)).toBe(0);
    expect(table.open(6)).toBe(0);
  });

  it('goes nowhere before a connection and after its end, and no other handle goes anywhere', () => {
    const table = sharedHandle(20);
    expect(table.serviceOf(-1)).toBe(undefined);
    table.open(crypto);
    expect(table.serviceOf(-1)).toBe(crypto);
    expect(table.serviceOf(0)).toBe(undefined);
    expect(table.serviceOf(1)).toBe(undefined);
    table.close(-1);
    expect(table.serviceOf(-1)).toBe(undefined);
  });

  it('goes to the service that was connected first, until that is closed', () => {
    const table = sharedHandle(20);
    table.open(storage);
    table.open(crypto);
    expect(table.serviceOf(-1)).toBe(storage);
    table.close(-1);
    expect(table.serviceOf(-1)).toBe(crypto);
  });

  it('does not stop closing at the first place: what stands behind it stays', () => {
    const table = sharedHandle(20);
    table.open(storage);
    table.open(crypto);
    table.close(-1);
    table.close(-1);
    expect(table.serviceOf(-1)).toBe(crypto);
    // The next connection takes the first place again, and is found first.
    table.open(attestation);
    expect(table.serviceOf(-1)).toBe(attestation);
  });

  it('takes no second place for a service behind the first: a client that never closes does not run out', () => {
    const table = sharedHandle(20);
    for (let i = 0; i < 100; i++) expect([table.open(crypto), table.open(storage)]).toEqual([-1, -1]);
    expect(table.serviceOf(-1)).toBe(crypto);
  });

  it('is refused where the table has no free place', () => {
    const table = sharedHandle(1);
    expect(table.open(crypto)).toBe(-1);
    expect(table.open(storage)).toBe(0);
    table.close(-1);
    expect(table.open(storage)).toBe(-1);
  });

  it('is not closed by another handle', () => {
    const table = sharedHandle(20);
    table.open(crypto);
    table.close(0);
    table.close(1);
    expect(table.serviceOf(-1)).toBe(crypto);
  });
});

describe('a handle for each', () => {
  it('is positive and never the same, and an error is its status', () => {
    const table = uniqueHandles(2);
    const one = table.open(crypto);
    const two = table.open(crypto);
    expect(one).toBeGreaterThan(0);
    expect(two).toBeGreaterThan(one);
    // PSA_ERROR_CONNECTION_BUSY, PSA_ERROR_CONNECTION_REFUSED
    expect(table.open(storage)).toBe(-131);
    expect(table.open(9)).toBe(-130);
    table.close(one);
    expect(table.serviceOf(one)).toBe(undefined);
    expect(table.open(storage)).toBeGreaterThan(two);
    expect(table.serviceOf(two)).toBe(crypto);
  });
});
