import { execa } from 'execa';

/** The processes of a VS Code server in which extensions run. */
export async function extensionHostsOf(server: number): Promise<number[]> {
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const all = stdout.split('\n').map((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), args };
  });
  const hosts = all.filter(({ parent, args }) => parent === server && args.includes('--type=extensionHost'));
  return hosts.map(({ pid }) => pid);
}
