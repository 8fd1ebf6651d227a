/**
 * Properties that the global object has by itself: the union over Node 18 to 26, with and without the flags that add some (`--expose-gc`,
 * `--harmony`, `--experimental-…`), and in a REPL, where built-in modules are properties, too. Derived by
 * `node -p "Object.getOwnPropertyNames(globalThis).join(' ')"` in each of them.
 */
export const GLOBAL_NAMES: ReadonlySet<string> = new Set(
  `
AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array
BigUint64Array Blob Boolean BroadcastChannel Buffer ByteLengthQueuingStrategy CloseEvent CompressionStream
CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DataView Date DecompressionStream DisposableStack Error
ErrorEvent EvalError Event EventSource EventTarget File FinalizationRegistry Float16Array Float32Array Float64Array
FormData Function Headers Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math MessageChannel
MessageEvent MessagePort NaN Navigator Number Object Performance PerformanceEntry PerformanceMark PerformanceMeasure
PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming Promise Proxy QuotaExceededError RangeError
ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
ReadableStreamDefaultController ReadableStreamDefaultReader ReferenceError Reflect RegExp Request Response Set
SharedArrayBuffer Storage String SubtleCrypto SuppressedError Symbol SyntaxError Temporal TextDecoder
TextDecoderStream TextEncoder TextEncoderStream TransformStream TransformStreamDefaultController TypeError URIError
URL URLPattern URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet
WebAssembly WebSocket WritableStream WritableStreamDefaultController WritableStreamDefaultWriter __dirname __filename
assert async_hooks atob btoa buffer child_process clearImmediate clearInterval clearTimeout cluster console constants
crypto decodeURI decodeURIComponent dgram diagnostics_channel dns domain encodeURI encodeURIComponent escape eval
events exports fetch fs gc global globalThis http http2 https inspector isFinite isNaN localStorage module navigator
net node:ffi node:sea node:sqlite node:test os parseFloat parseInt path perf_hooks performance process punycode
querystring queueMicrotask readline repl require sessionStorage setImmediate setInterval setTimeout stream
string_decoder structuredClone sys timers tls trace_events tty undefined unescape url util v8 vm wasi worker_threads
zlib
`
    .trim()
    .split(/\s+/),
);
