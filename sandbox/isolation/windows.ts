import { execa } from 'execa';

/**
 * What to do on Windows, whose own means confine no process as a whole: the workspace is opened in WSL 2, where the
 * extension, the trainer and bubblewrap are Linux programs. Asks `wsl.exe` once how far that is set up.
 */
export async function windowsRemedy(
  ask: (args: readonly string[]) => Promise<{ readonly failed: boolean; readonly stdout: string }> = askWsl,
): Promise<string> {
  const otherwise = 'or accept running it without isolation (--isolation none)';
  const listed = await ask(['--list', '--verbose']);
  if (listed.failed) {
    return `Model-written code is run in WSL 2, which is not set up here: run "wsl --install" in a terminal, restart, and open the folder there ("WSL: Reopen Folder in WSL"), ${otherwise}.`;
  }
  // wsl.exe prints UTF-16: `* Ubuntu    Running    2`, the default first.
  const rows = listed.stdout.replaceAll('\0', '').split(/\r?\n/);
  const main = rows.map((row) => /^\*\s+(\S+)\s+\S+\s+([12])\s*$/.exec(row)).find((row) => row !== null);
  if (!main) {
    return `Model-written code is run in WSL 2, which has no Linux yet: run "wsl --install Ubuntu" in a terminal, and open the folder there ("WSL: Reopen Folder in WSL"), ${otherwise}.`;
  }
  const [, name, version] = main;
  if (version === '1') {
    return `Model-written code is run in WSL 2, but ${name} is of version 1: run "wsl --set-version ${name} 2", and open the folder there ("WSL: Reopen Folder in WSL"), ${otherwise}.`;
  }
  const probe = await ask(['--exec', 'bwrap', '--ro-bind', '/', '/', 'true']);
  const install = probe.failed ? ` after "wsl --user root apt-get install -y bubblewrap"` : '';
  return `Model-written code is run in WSL 2: open the folder there ("WSL: Reopen Folder in WSL", ${name})${install}, ${otherwise}.`;
}

async function askWsl(args: readonly string[]): Promise<{ failed: boolean; stdout: string }> {
  const { failed, stdout } = await execa('wsl.exe', [...args], { reject: false, timeout: 20_000 });
  return { failed, stdout: String(stdout ?? '') };
}
