module.exports = {
  start() {},
  exit(code) {
    process.exit(code);
  },
};
