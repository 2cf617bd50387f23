const vscode = require('vscode');

const files = new Map([['/folder/plain.ts', Buffer.from('export const one = 1;\n')]]);

exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  const noWriting = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const provider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => {}),
    stat({ path }) {
      const content = files.get(path);
      if (content) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length };
      if (path === '/folder') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      throw vscode.FileSystemError.FileNotFound(path);
    },
    readDirectory: () => [['plain.ts', vscode.FileType.File]],
    readFile({ path }) {
      const content = files.get(path);
      if (!content) throw vscode.FileSystemError.FileNotFound(path);
      return content;
    },
    createDirectory: noWriting,
    writeFile: noWriting,
    delete: noWriting,
    rename: noWriting,
  };
  const options = { isReadonly: true };
  context.subscriptions.push(
    changed,
    vscode.workspace.registerFileSystemProvider('reinforce-test', provider, options),
  );
};
