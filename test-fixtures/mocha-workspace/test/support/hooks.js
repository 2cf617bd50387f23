exports.mochaHooks = {
  beforeEach() {
    this.now = Date.now;
    Date.now = () => 1000;
  },
  afterEach() {
    Date.now = this.now;
  },
};
