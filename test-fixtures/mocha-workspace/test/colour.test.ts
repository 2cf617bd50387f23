import assert from 'node:assert/strict';
import { Channel, channel, parse } from '../lib/colour';

describe('colour', () => {
  it('is parsed', () => {
    assert.deepEqual(parse('#FF8000'), [255, 128, 0]);
  });

  it('is refused', () => {
    assert.throws(() => parse('#ff'), { name: 'RangeError', message: '#ff is no colour.' });
  });

  it('has channels', () => {
    assert.equal(channel('#010203', Channel.Blue), 3);
  });
});
