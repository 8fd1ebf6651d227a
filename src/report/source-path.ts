import { terminalText } from './terminal-text.js';

/** What a script's name may begin with as a URL; another scheme is taken for a part of a path. */
const URL_SCHEME = /^(?:https?|file|node|webpack|webpack-internal|app):/i;
const WINDOWS_PATH = /^[a-z]:[\\/]/i;

/** A script as those call it who work in the folder `root`: relative where it lies below it. URLs of files are paths. */
export function sourcePath(script: string, root: string): string {
  const path = script.startsWith('file:///') ? decoded(script.slice('file://'.length)) : script;
  const isBelow = root !== '' && path.startsWith(`${root}/`);
  return terminalText(isBelow ? path.slice(root.length + 1) : path);
}

/** The same as a reference of RFC 3986. */
export function sourceUri(script: string, root: string): string {
  const path = sourcePath(script, root);
  if (URL_SCHEME.test(path)) return encodeURI(path).replace(/%25(?=[0-9a-f]{2})/gi, '%');
  if (path.startsWith('/')) return `file://${encodedPath(path)}`;
  if (WINDOWS_PATH.test(path)) return `file:///${encodedPath(path.replaceAll('\\', '/'))}`;
  return encodedPath(path).replaceAll(':', '%3A');
}

function encodedPath(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
