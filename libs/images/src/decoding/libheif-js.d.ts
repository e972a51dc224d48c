/** What we use of libheif-js, whose own declarations are those of the raw WebAssembly. */
declare module 'libheif-js/wasm-bundle.js' {
  interface HeifImage {
    get_width(): number
    get_height(): number
    /** Decodes into `into.data`; calls back with null when it cannot. */
    display(
      into: { data: Uint8ClampedArray; width: number; height: number },
      shown: (image: { data: Uint8ClampedArray } | null) => void,
    ): void
    free(): void
  }
  const libheif: {
    readonly HeifDecoder: new () => {
      readonly decoder: { delete(): void }
      decode(bytes: Uint8Array): HeifImage[]
    }
  }
  export = libheif
}
