/** Returns the answer. */
function answer() {
  return 40 + 2;
}

module.exports = { answer };
