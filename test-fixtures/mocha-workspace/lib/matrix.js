/** Rows become columns. */
exports.transpose = function transpose(matrix) {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
};

/** Adds two matrices of the same shape. */
function add(a, b) {
  return a.map((row, r) => row.map((value, c) => value + b[r][c]));
}

/** The unit matrix of a size. */
const identity = (size) => {
  return Array.from({ length: size }, (_, r) => Array.from({ length: size }, (_, c) => (r === c ? 1 : 0)));
};

/** The sum of the diagonal. */
function trace(matrix) {
  let sum = 0;
  for (let i = 0; i < matrix.length; i++) sum += matrix[i][i];
  return sum;
}

module.exports = { ...exports, add, identity, trace };
