/** What the package has beside what it hands out. */
declare module 'defuddle/dist/defuddle.js' {
  export { default as Defuddle } from 'defuddle';
}
