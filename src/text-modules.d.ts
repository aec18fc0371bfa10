declare module '*.sql' {
  const text: string
  export default text
}

declare module '*.woff2' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module '*.wasm' {
  const code: WebAssembly.Module
  export default code
}
