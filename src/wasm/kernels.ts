import { readFileSync } from 'node:fs';
import { instantiate } from '#kernels';

/** The AssemblyScript kernels, typed from their source. Addresses and counts are u32, sums are doubles. */
export type Kernels = Awaited<ReturnType<typeof instantiate>>;

/** Status of the scanning kernels; mirrors assembly/memory.ts. */
export const STATUS = { ok: 0, badSyntax: -1, badNumber: -2 } as const;

/** Result slots of the scanning kernels, in u32 units from the result address; mirrors assembly/memory.ts. */
export const SLOT = { position: 0, count: 2, state: 4, output: 6, pending: 8, marked: 10 } as const;

/** Scanner states; mirrors assembly/list-grammar.ts and assembly/strings.ts. */
export const SCANNER = { first: 0, value: 1, delimiter: 2, closed: 3, inside: 4 } as const;

let compiled: WebAssembly.Module | undefined;

/** The compiled kernels: once a thread, or handed over by another thread together with its machine code. */
export function compiledModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./module.wasm', import.meta.url)));
  return compiled;
}

/** Instantiates the kernels on `memory`. */
export function instantiateKernels(memory: WebAssembly.Memory, module = compiledModule()): Promise<Kernels> {
  return instantiate(module, { env: { memory } });
}
