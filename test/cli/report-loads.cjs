// Preloaded into a command: its last line on stderr lists the files and Node's own modules that it has loaded.
const before = new Set(process.moduleLoadList);

process.on('exit', () => {
  const builtIn = process.moduleLoadList.filter((name) => name.startsWith('NativeModule ') && !before.has(name));
  const files = Object.keys(require.cache).filter((file) => file !== __filename);
  const { writeSync } = require('node:fs');
  writeSync(2, `\n${JSON.stringify({ files, builtIn: builtIn.map((name) => name.slice('NativeModule '.length)) })}`);
});
