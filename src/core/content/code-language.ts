/** The languages of a block of code, as Notion takes them, and what pages call them. */
import type { LanguageRequest } from '@notionhq/client/build/src/api-endpoints/common.js';

/** `LanguageRequest` of the SDK, whole; any other name is refused with the whole request. */
export const CODE_LANGUAGES = [
  ...['abap', 'abc', 'agda', 'arduino', 'ascii art', 'assembly', 'bash', 'basic', 'bnf', 'c', 'c#'],
  ...['c++', 'clojure', 'coffeescript', 'coq', 'css', 'dart', 'dhall', 'diff', 'docker', 'ebnf', 'elixir'],
  ...['elm', 'erlang', 'f#', 'flow', 'fortran', 'gherkin', 'glsl', 'go', 'graphql', 'groovy', 'haskell'],
  ...['hcl', 'html', 'idris', 'java', 'javascript', 'json', 'julia', 'kotlin', 'latex', 'less', 'lisp'],
  ...['livescript', 'llvm ir', 'lua', 'makefile', 'markdown', 'markup', 'matlab', 'mathematica', 'mermaid'],
  ...['nix', 'notion formula', 'objective-c', 'ocaml', 'pascal', 'perl', 'php', 'plain text', 'powershell'],
  ...['prolog', 'protobuf', 'purescript', 'python', 'r', 'racket', 'reason', 'ruby', 'rust', 'sass', 'scala'],
  ...['scheme', 'scss', 'shell', 'smalltalk', 'solidity', 'sql', 'swift', 'toml', 'typescript', 'vb.net'],
  ...['verilog', 'vhdl', 'visual basic', 'webassembly', 'xml', 'yaml', 'java/c/c++/c#'],
] as const satisfies readonly LanguageRequest[];

export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

/** Names that pages use, in lower case. */
const ALIASES: Partial<Record<CodeLanguage, string>> = {
  javascript: 'js jsx mjs cjs node',
  typescript: 'ts tsx mts cts',
  python: 'py python3 py3 pycon',
  ruby: 'rb',
  rust: 'rs',
  shell: 'sh zsh console shell-session shellsession terminal',
  powershell: 'ps1 pwsh',
  yaml: 'yml',
  markdown: 'md mdx',
  'c#': 'cs csharp',
  'f#': 'fs fsharp',
  'c++': 'cpp cc cxx hpp',
  c: 'h',
  go: 'golang',
  kotlin: 'kt kts',
  haskell: 'hs',
  ocaml: 'ml',
  elixir: 'ex exs',
  erlang: 'erl',
  perl: 'pl',
  julia: 'jl',
  clojure: 'clj cljs edn',
  graphql: 'gql',
  protobuf: 'proto',
  makefile: 'make mk',
  hcl: 'tf terraform',
  docker: 'dockerfile containerfile',
  'objective-c': 'objc objectivec',
  latex: 'tex',
  assembly: 'asm nasm',
  webassembly: 'wasm wat',
  xml: 'svg rss plist',
  html: 'htm xhtml vue svelte jinja erb',
  json: 'jsonc json5 jsonl',
  diff: 'patch',
  solidity: 'sol',
  scheme: 'scm',
  lisp: 'el elisp cl',
  racket: 'rkt',
  sql: 'postgres postgresql psql mysql sqlite tsql plsql',
  toml: 'ini cfg conf properties',
};

const BY_NAME = new Map<string, CodeLanguage>(CODE_LANGUAGES.map((name) => [name, name]));
for (const [language, names = ''] of Object.entries(ALIASES))
  for (const name of names.split(' ')) BY_NAME.set(name, language as CodeLanguage);

/** Notion's name for what a page calls a language; `plain text` where there is none. */
export const codeLanguage = (name: string): CodeLanguage =>
  BY_NAME.get(name.trim().toLowerCase()) ?? 'plain text';
