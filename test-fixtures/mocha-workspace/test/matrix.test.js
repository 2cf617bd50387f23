const assert = require('node:assert/strict');
const { add, identity, trace, transpose } = require('../lib/matrix');

describe('matrix', () => {
  context('transpose', () => {
    for (const [matrix, expected] of [
      [[[1, 2]], [[1], [2]]],
      [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 3],
          [2, 4],
        ],
      ],
    ]) {
      it(`turns ${JSON.stringify(matrix)}`, () => assert.deepEqual(transpose(matrix), expected));
    }
  });

  it('adds', () => {
    assert.deepEqual(add([[1, 2]], [[10, 20]]), [[11, 22]]);
  });

  it('has a unit', (done) => {
    setImmediate(() => {
      assert.deepEqual(identity(2), [
        [1, 0],
        [0, 1],
      ]);
      done();
    });
  });

  it.skip('is not decided', () => assert.deepEqual(add([], [[]]), []));

  it('has a trace, on a good day', () => {
    assert.equal(
      trace([
        [1, 2],
        [3, 4],
      ]),
      5,
    );
    assert.ok(Math.random() < 0.05);
  });

  it('is slow', async function () {
    this.slow(10);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(identity(1), [[1]]);
  });
});
