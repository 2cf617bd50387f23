import { now } from '../clock';
import { Limiter } from '../limiter';

jest.mock('../clock');

describe('a limiter', () => {
  beforeEach(() => {
    jest.mocked(now).mockReturnValue(1000);
  });

  it('lets some calls pass', () => {
    const limiter = new Limiter(2, 100);
    expect([limiter.allow(), limiter.allow(), limiter.allow()]).toEqual([true, true, false]);
  });

  it('forgets old calls', () => {
    const limiter = new Limiter(1, 100);
    limiter.allow();
    jest.mocked(now).mockReturnValue(1101);
    expect(limiter.allow()).toBe(true);
  });
});
