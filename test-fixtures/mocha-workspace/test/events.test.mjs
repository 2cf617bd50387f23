import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events, next, save } from '../lib/events.mjs';

describe('events', () => {
  let events;
  beforeEach(() => {
    events = new Events();
  });

  it('reach their listeners', () => {
    const heard = [];
    events.on('a', (value) => heard.push(value));
    assert.equal(events.emit('a', Date.now()), 1);
    assert.equal(events.emit('b', 1), 0);
    assert.deepEqual(heard, [1000]);
  });

  it('are not heard after removal', () => {
    const remove = events.on('a', () => assert.fail());
    remove();
    assert.equal(events.emit('a'), 0);
  });

  it('can be waited for', async () => {
    const waiting = next(events, 'a');
    events.emit('a', 7);
    events.emit('a', 8);
    assert.equal(await waiting, 7);
  });

  it('are written down', async () => {
    events.on('b', () => {});
    events.on('a', () => {});
    const file = join(await mkdtemp(join(tmpdir(), 'events-')), 'names');
    await save(events, file);
    assert.equal(await readFile(file, 'utf8'), 'a\nb');
  });
});
