// What V8 calls its own objects. Chromium writes more behind some of these, such as a number or an address.

/** The scope of a function or block. */
export const CONTEXT = 'system / Context';
/** The same in Chromium, with a number behind it. */
export const NUMBERED_CONTEXT = 'system / Context / scope @';
export const MODULE = 'system / SourceTextModule';
